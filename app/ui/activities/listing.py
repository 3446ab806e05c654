"""What the list of activities is asked to show: filter, order, page, presentation."""

from dataclasses import dataclass, field, replace

from app.services.commands import ActivityFilter

BY_DAY, TABLE = "by_day", "table"
PAGE = 50
"""Activities on a page."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A new filter, order or presentation goes back to the first page; by day, the newest always comes first."""

    filter: ActivityFilter = field(default_factory=ActivityFilter)
    style: str = BY_DAY
    sort: str = "day"
    descending: bool = True
    offset: int = 0

    def filtered(self, filter_: ActivityFilter) -> "Listing":
        """The same list, filtered otherwise."""
        return replace(self, filter=filter_, offset=0)

    def sorted_by(self, sort: str, descending: bool) -> "Listing":
        """The same activities in another order."""
        return replace(self, sort=sort, descending=descending, offset=0)

    def styled(self, style: str) -> "Listing":
        """The same activities by day or as a table."""
        order = self if style == TABLE else self.sorted_by("day", True)
        return replace(order, style=style, offset=0)

    def turned(self, step: int, total: int) -> "Listing":
        """The page after (1) or before (-1), or this one at the ends."""
        offset = self.offset + step * PAGE
        return replace(self, offset=offset) if 0 <= offset < total else self

    def around(self, position: int) -> "Listing":
        """The page that holds an activity, from its place in the whole list."""
        return replace(self, offset=position // PAGE * PAGE)
