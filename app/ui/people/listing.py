"""What the list of people is asked to show: filter, order, page."""

from dataclasses import dataclass, field, replace

from app.services.commands import PeopleFilter

PAGE = 50
"""People on a page."""


@dataclass(frozen=True, slots=True)
class PeopleListing:
    """A new filter or order goes back to the first page."""

    filter: PeopleFilter = field(default_factory=PeopleFilter)
    sort: str = "name"
    descending: bool = False
    offset: int = 0

    def filtered(self, filter_: PeopleFilter) -> "PeopleListing":
        """The same list, filtered otherwise."""
        return replace(self, filter=filter_, offset=0)

    def sorted_by(self, sort: str, descending: bool) -> "PeopleListing":
        """The same people in another order."""
        return replace(self, sort=sort, descending=descending, offset=0)

    def turned(self, step: int, total: int) -> "PeopleListing":
        """The page after (1) or before (-1), or this one at the ends."""
        offset = self.offset + step * PAGE
        return replace(self, offset=offset) if 0 <= offset < total else self

    def around(self, position: int) -> "PeopleListing":
        """The page that holds a person, from their place in the whole list."""
        return replace(self, offset=position // PAGE * PAGE)
