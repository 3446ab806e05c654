"""Où: one of the advisor's places, at home, at a distance, or elsewhere in a commune."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import Signal

from app import labels
from app.services.commands import RecordActivity
from app.services.rows import PlaceRow
from app.ui.commune_field import Commune, CommuneField
from app.ui.recording.part import Part
from app.ui.recording.sources import Sources
from app.ui.widgets.bounded import bounded
from app.ui.widgets.chip_group import ChipGroup, Choice
from app.ui.widgets.field_row import FieldRow
from protocol.vocabulary import PlaceKind

Spot = UUID | PlaceKind
"""A place of the advisor, or a kind of place that is not one."""
ELSEWHERE = (PlaceKind.HOME, PlaceKind.REMOTE, PlaceKind.OTHER)
IN_A_COMMUNE = (PlaceKind.HOME, PlaceKind.OTHER)
PLACES_IN_SIGHT = 4


class WherePart(Part):
    """The place as chips; « À domicile » and « Autre lieu » ask the commune."""

    home_named = Signal(object)
    """The Commune of an accompaniment at home."""

    def __init__(self, sources: Sources) -> None:
        super().__init__()
        self._sources = sources
        self._places: tuple[PlaceRow, ...] = ()
        self._home: Commune | None = None
        self._spots: ChipGroup[Spot] = ChipGroup(
            required=True, visible=PLACES_IN_SIGHT + len(ELSEWHERE), others="lieux"
        )
        self._commune = CommuneField()
        self.add_row(FieldRow("Où", self._spots), "place")
        self._commune_row = self.add_row(FieldRow("Commune", bounded(self._commune)), "municipality")
        self._commune.setAccessibleName("Commune")
        self._spots.changed.connect(self._spot_changed)
        self._commune.changed.connect(self._commune_changed)

    def set_places(self, places: Sequence[PlaceRow]) -> None:
        """Offer these places, the most used first."""
        self._places = tuple(places)

    def set_home(self, home: Commune | None) -> None:
        """Where the person lives, proposed for « À domicile » while no commune is given."""
        self._home = home
        self._propose_home()

    def commune_at_home(self) -> Commune | None:
        """The commune of an accompaniment at home."""
        return self._commune.value() if self._spots.value() is PlaceKind.HOME else None

    def show_form(self, form: RecordActivity) -> None:
        spot = form.place if form.place_kind is PlaceKind.PLACE else form.place_kind
        self._spots.set_choices(self._choices(form.place), [spot] if spot else [])
        self._commune.show_commune(form.municipality, form.postal_code)
        self._follow()

    def fill(self, form: RecordActivity) -> RecordActivity:
        spot = self._spots.value()
        place = spot if isinstance(spot, UUID) else None
        return replace(
            form,
            place_kind=PlaceKind.PLACE if place else spot if isinstance(spot, PlaceKind) else None,
            place=place,
            municipality=self._commune.municipality(),
            postal_code=self._commune.postal_code(),
        )

    def _spot_changed(self) -> None:
        self._follow()
        self._propose_home()
        self.changed.emit()

    def _commune_changed(self) -> None:
        self.changed.emit()
        self._tell_home()

    def _propose_home(self) -> None:
        if self._spots.value() is not PlaceKind.HOME:
            return
        if self._home and not self._commune.value() and not self._commune.text():
            self._commune.show_commune(*self._home)
        self._tell_home()

    def _tell_home(self) -> None:
        if commune := self.commune_at_home():
            self.home_named.emit(commune)

    def _follow(self) -> None:
        self._commune_row.setVisible(self._spots.value() in IN_A_COMMUNE)

    def _choices(self, wanted: UUID | None) -> list[Choice[Spot]]:
        """The usual places, then elsewhere, then the other places; the one wanted even if it is archived."""
        places = list(self._places)
        if wanted and all(row.id != wanted for row in places):
            found = self._sources.place(wanted)
            places.append(found or PlaceRow(wanted, "Lieu retiré du carnet", "", None, "", "", True, 0))
        names = Counter(row.name for row in places)
        chips: list[Choice[Spot]] = [_choice(row, names[row.name] > 1) for row in places]
        elsewhere: list[Choice[Spot]] = [(kind, labels.PLACE_KINDS[kind], "") for kind in ELSEWHERE]
        return [*chips[:PLACES_IN_SIGHT], *elsewhere, *chips[PLACES_IN_SIGHT:]]


def _choice(row: PlaceRow, is_shared: bool) -> Choice[Spot]:
    """A place as a chip; its commune parts it from another place of the same name."""
    label = f"{row.name} · {row.municipality_name}" if is_shared and row.municipality_name else row.name
    return row.id, label, ", ".join(filter(None, (row.name, row.address, row.municipality_name)))
