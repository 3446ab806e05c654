"""What an accompaniment that was just recorded may lead to: a case to follow."""

from datetime import date

from app.database import Database
from app.services import case_lists, procedures
from app.services.commands import RecordActivity, SaveCase
from protocol.vocabulary import ActivityKind, Topic


def after(database: Database, recorded: RecordActivity, today: date) -> SaveCase | None:
    """The case that may be opened for the person helped with a procedure; None where there is none to offer.

    Only of a new accompaniment that moves no case on, and of what is not followed for them already.
    """
    is_of_one = recorded.kind is ActivityKind.INDIVIDUAL and len(recorded.participants) == 1
    if recorded.id or not is_of_one or recorded.cases or Topic.ADMINISTRATIVE_HELP not in recorded.topics:
        return None
    (person,) = recorded.participants
    open_ = [row for row in case_lists.of_person(database, person, today) if row.is_open]
    named = [found for code in sorted(recorded.procedures) if (found := procedures.get(code))]
    left = [one for one in named if one.code not in {row.procedure for row in open_}]
    if left:
        return SaveCase(beneficiary=person, procedure=left[0].code, family=left[0].family)
    family = next(iter(recorded.families), None) if len(recorded.families) == 1 else None
    if named or (open_ and family in {row.family for row in open_}):
        return None
    return SaveCase(beneficiary=person, name=recorded.procedure_note.strip(), family=family)
