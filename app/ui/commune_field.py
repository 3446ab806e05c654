"""Where the advisor names a commune: by its name, its old name or its postal code."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app import municipalities
from app.municipalities import Municipality
from app.ui.widgets.suggestion_popup import Suggestion
from app.ui.widgets.type_ahead import TypeAhead

Commune = tuple[str, str | None]
"""INSEE code and postal code."""


class CommuneField(TypeAhead[Commune]):
    """A type-ahead over the communes of France, offline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_suggestions, placeholder="Commune ou code postal", leading_icon="map-pin", parent=parent)

    def municipality(self) -> str | None:
        """INSEE code of the commune picked."""
        picked = self.value()
        return picked[0] if picked else None

    def postal_code(self) -> str | None:
        """Postal code of the commune picked: the one typed, or its first."""
        picked = self.value()
        return picked[1] if picked else None

    def show_commune(self, municipality: str | None, postal_code: str | None) -> None:
        """Show a commune, or none; emits nothing."""
        if municipality is None:
            self.set_picked()
            return
        known = municipalities.get(municipality)
        self.set_picked(Suggestion((municipality, postal_code), known.name if known else municipality))


def _suggestions(typed: str) -> Sequence[Suggestion[Commune]]:
    return [_suggestion(found, typed) for found in municipalities.search(typed, limit=8)]


def _suggestion(found: Municipality, typed: str) -> Suggestion[Commune]:
    asked = next((code for code in found.postal_codes if code in typed), None)
    code = asked or next(iter(found.postal_codes), None)
    detail = " · ".join(filter(None, (code, found.department)))
    return Suggestion((found.insee_code, code), found.name, detail, "map-pin")
