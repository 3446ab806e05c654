"""Which place and which tags a file speaks of: those of the notebook with the same name, or new ones."""

from collections.abc import Set
from uuid import UUID

from sqlalchemy import Connection, select

from app.folding import fold
from app.models import Place, Tag
from app.models.place import place
from app.models.tag import tag
from app.services.imports.lines import PlaceSaid


class KnownPlaces:
    """The places of the notebook by name and commune, then those of the file too."""

    def __init__(self, connection: Connection, gone: Set[UUID]) -> None:
        self._by_name: dict[str, list[tuple[str | None, UUID]]] = {}
        self._met: dict[PlaceSaid, UUID] = {}
        self.created: dict[UUID, Place] = {}
        self.restored: set[UUID] = set()
        self.deleted: set[UUID] = set()
        shown = place.c.id, place.c.name, place.c.municipality, place.c.deleted
        for row in connection.execute(select(*shown).order_by(place.c.deleted, place.c.number)):
            if not row.deleted or row.id in gone:
                self._by_name.setdefault(fold(row.name or ""), []).append((row.municipality, row.id))
            if row.deleted:
                self.deleted.add(row.id)

    def of(self, said: PlaceSaid) -> UUID:
        """The place that is meant; one whose commune is not told is the only one of that name, if there is only one."""
        if said not in self._met:
            self._met[said] = self._find(said)
        return self._met[said]

    def _find(self, said: PlaceSaid) -> UUID:
        named = self._by_name.setdefault(fold(said.name), [])
        fitting = [id_ for commune, id_ in named if commune == said.municipality]
        if not fitting and said.municipality is None and len(named) == 1:
            fitting = [named[0][1]]
        if not fitting:
            created = Place(
                name=said.name.strip(),
                address=said.address.strip() or None,
                municipality=said.municipality,
                postal_code=said.postal_code,
            )
            self.created[created.id] = created
            named.append((created.municipality, created.id))
            return created.id
        if fitting[0] in self.deleted:
            self.restored.add(fitting[0])
        return fitting[0]


class KnownTags:
    """The tags of the notebook by name, then those of the file too."""

    def __init__(self, connection: Connection, gone: Set[UUID]) -> None:
        self._by_name: dict[str, UUID] = {}
        self.created: dict[UUID, Tag] = {}
        self.restored: set[UUID] = set()
        self.deleted: set[UUID] = set()
        for row in connection.execute(
            select(tag.c.id, tag.c.name, tag.c.deleted).order_by(tag.c.deleted, tag.c.number)
        ):
            if not row.deleted or row.id in gone:
                self._by_name.setdefault(fold(row.name or ""), row.id)
            if row.deleted:
                self.deleted.add(row.id)

    def of(self, name: str) -> UUID:
        """The tag that is meant."""
        found = self._by_name.get(fold(name))
        if found is None:
            created = Tag(name=" ".join(name.split()))
            self.created[created.id] = created
            found = self._by_name[fold(name)] = created.id
        elif found in self.deleted:
            self.restored.add(found)
        return found
