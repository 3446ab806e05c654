"""The identifiers that two computers make alike, so that what both record is recorded once."""

from uuid import UUID, uuid5

from protocol.vocabulary import RecordKind


def presence_id(activity: UUID, beneficiary: UUID | None) -> UUID:
    """The id of a presence: the same on two computers that add the same person to the same activity."""
    return uuid5(activity, str(beneficiary) if beneficiary else "anonyme")


def first_named_id(activity: UUID, kind: RecordKind, rank: int) -> UUID:
    """The id of a person, place or tag that a file makes known, by the first activity that speaks of it.

    The same on two computers that take in the same file; not made from any name, which the server could guess.
    """
    return uuid5(activity, f"{kind}:{rank}")
