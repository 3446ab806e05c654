"""Letters as large as the pages allow."""

from collections.abc import Callable, Sequence

from app.ui.paper.document import Document, LaidOut


def fitted(made: Callable[[float], Document], sizes: Sequence[float]) -> Document:
    """A document in the largest letters with which it takes the fewest pages; sizes in points, the largest first."""
    drafts = [made(points) for points in sizes]
    counts = [LaidOut(one).count for one in drafts]
    return drafts[counts.index(min(counts))]
