"""The report of an advisor's activity, for the employer: figures, and what the advisor writes; no name of anybody."""

from dataclasses import dataclass, replace
from datetime import date

from app.database import Database
from app.services import access, filter_words
from app.services.commands import ActivityFilter
from app.services.names_in_text import names_in
from app.services.report_drafts import ReportDraft
from app.services.small_numbers import for_outside
from app.services.statistics import pages
from app.services.statistics.figures import Statistics

MOST_LINES = 8


@dataclass(frozen=True, slots=True)
class Report:
    """What a report says, ready to be laid out."""

    draft: ReportDraft
    advisor: str
    since: date
    until: date
    filter_words: str
    """What is counted besides the period; empty when everything is."""
    drawn_up_on: date
    statistics: Statistics
    """Without the small numbers of people."""
    names: tuple[str, ...]
    """What looks like the name of somebody of the notebook in what the advisor wrote."""


def outside(filter_: ActivityFilter) -> ActivityFilter:
    """The part of a filter that a report may have: neither a person nor searched words, which may be a name."""
    return replace(filter_, beneficiary=None, text="")


def gather(database: Database, filter_: ActivityFilter, draft: ReportDraft, today: date) -> Report:
    """The report of the activities that a filter with two dates keeps."""
    filter_ = outside(filter_)
    assert filter_.since is not None
    assert filter_.until is not None
    written = "\n".join((draft.title, draft.structure, *draft.highlights))
    return Report(
        draft=draft,
        advisor=access.advisor_name(database),
        since=filter_.since,
        until=filter_.until,
        filter_words=filter_words.filter_in_words(database, filter_, today).partition(" · ")[2],
        drawn_up_on=today,
        statistics=_without_small(pages.page(database, filter_, today)),
        names=names_in(database, written),
    )


def _without_small(statistics: Statistics) -> Statistics:
    """The same page; a line of fewer than five people, or of a rare procedure, is no longer shown by itself."""
    return replace(
        statistics,
        genders=for_outside(statistics.genders),
        age_bands=for_outside(statistics.age_bands),
        statuses=for_outside(statistics.statuses),
        residences=for_outside(statistics.residences, MOST_LINES, "Autres communes"),
        procedures=for_outside(statistics.procedures, MOST_LINES, "Autres démarches"),
    )
