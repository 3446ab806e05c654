"""Which fields each kind of record carries, and which of them the server may read.

Open fields are what statistics need and no more; sealed fields name or describe a person, or were typed
freely, and leave the computer encrypted only. Source: shared/sync.md, « Names stay in the notebook ».
"""

from dataclasses import dataclass

from protocol.vocabulary import RecordKind

SCHEMA_VERSION = 4
"""Raised when a kind gains a field; an upgraded device pulls its notebook again from the start."""


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one kind of record; `sets` names the open ones that merge as additions and removals."""

    open: frozenset[str]
    sealed: frozenset[str]
    sets: frozenset[str] = frozenset()

    @property
    def names(self) -> frozenset[str]:
        """Every field, open or sealed."""
        return self.open | self.sealed


_EVERY_RECORD = {"created_at", "deleted"}
_CHOICES = {"topics", "families", "equipment", "tags", "cases", "sheets"}


def _fields(open_: set[str], sealed: set[str], sets: set[str] | None = None) -> Fields:
    return Fields(frozenset(open_ | (sets or set()) | _EVERY_RECORD), frozenset(sealed), frozenset(sets or set()))


FIELDS: dict[RecordKind, Fields] = {
    RecordKind.ACTIVITY: _fields(
        {
            "kind",
            "day",
            "minutes",
            "place_kind",
            "place",
            "municipality",
            "postal_code",
            "autonomy",
            "referred",
            "referral",
            "level",
            "anonymous",
        },
        {"title", "procedures", "procedure_note", "notes"},
        _CHOICES,
    ),
    RecordKind.ATTENDANCE: _fields(
        {"activity", "beneficiary", "age_band", "gender", "status", "municipality", "postal_code", "already"}, set()
    ),
    RecordKind.BENEFICIARY: _fields(
        {"gender", "status", "age_band", "municipality", "postal_code", "merged_into"},
        {
            "first_name",
            "last_name",
            "birth_year",
            "phone",
            "no_phone",
            "email",
            "address",
            "notes",
            "informed_on",
            "consent",
            "consent_on",
            "keep_until",
            "distinct_from",
            "merge",
        },
    ),
    RecordKind.PLACE: _fields(
        {
            "name",
            "address",
            "municipality",
            "postal_code",
            "typology",
            "siret",
            "itinerant",
            "latitude",
            "longitude",
            "source",
            "source_id",
            "archived",
        },
        set(),
    ),
    RecordKind.TAG: _fields({"archived"}, {"name", "description"}),
    RecordKind.COMPUTER: _fields(set(), {"name", "advisor"}),
    RecordKind.ORGANISATION: _fields({"name", "siret", "municipality", "postal_code", "since"}, set()),
    RecordKind.CASE: _fields(
        {"beneficiary", "family", "status"},
        {"procedure", "name", "steps", "reference", "deadline", "opened_on", "closed_on", "notes"},
        {"done"},
    ),
    RecordKind.PROCEDURE: _fields(
        {"family", "archived"}, {"name", "bring", "steps", "site", "address", "delay", "phone", "source", "checked_on"}
    ),
    RecordKind.MANDATE: _fields(
        {"beneficiary"},
        {
            "duration",
            "starts_on",
            "expires_on",
            "families",
            "revoked",
            "acts",
            "made_at",
            "signing",
            "person_signature",
            "advisor_signature",
        },
    ),
    RecordKind.MANDATE_ENTRY: _fields({"mandate"}, {"at", "act", "family", "said", "author", "previous", "digest"}),
    RecordKind.ASSESSMENT: _fields(
        {"beneficiary", "day"}, {"answers", "scores", "internet_use", "finer", "objectives", "notes"}
    ),
    RecordKind.SHEET: _fields({"archived"}, {"text"}),
    RecordKind.APPOINTMENT: _fields(
        {"beneficiary", "status", "activity"}, {"starts", "minutes", "place", "place_note", "subject", "case"}
    ),
}
"""The fields of each kind; values travel as JSON (dates and civil times ISO, ids as text, enums as their code)."""
