"""How large the next batch is, in bytes once compressed: so that a request takes about four seconds, and gets through.

It doubles while the link is good. Once a request was cut, the size that failed is a ceiling until all is well again:
half of it is tried, then a little more each time, since what is cut has to be sent again whole.
"""

from app.work import Work

FIRST, SMALLEST, LARGEST = 32 * 1024, 2 * 1024, 128 * 1024
GOOD_SECONDS, BAD_SECONDS = 4.0, 20.0
"""A full batch that takes less may be larger next time; one that takes more is halved."""
_SIZE, _CEILING = "sync.batch_bytes", "sync.batch_ceiling"


def current(work: Work) -> int:
    """The size of the next batch."""
    return int(work.get_state(_SIZE) or FIRST)


def cut(work: Work) -> bool:
    """A request did not get through: halve; false when it is as small as it gets."""
    size = current(work)
    work.set_state(_CEILING, size)
    work.set_state(_SIZE, max(SMALLEST, size // 2))
    return size > SMALLEST


def answered(work: Work, took_s: float, is_full: bool, most: int) -> None:
    """A request got through: grow if it was full and quick, shrink if it was slow; `most` is the server's limit."""
    size = current(work)
    if took_s > BAD_SECONDS:
        size //= 2
    elif took_s < GOOD_SECONDS and is_full:
        size = _grown(size, work.get_state(_CEILING))
    work.set_state(_SIZE, max(SMALLEST, min(size, LARGEST, most)))


def finished(work: Work) -> None:
    """The run is over and all is well: the next one may find another link."""
    if work.get_state(_CEILING) is not None:
        work.set_state(_CEILING, None)


def _grown(size: int, ceiling: int | None) -> int:
    return size * 2 if ceiling is None or size * 2 < ceiling else size + SMALLEST
