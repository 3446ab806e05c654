"""The identifiers that two computers make alike, so that what both record is recorded once."""

from uuid import UUID, uuid5


def presence_id(activity: UUID, beneficiary: UUID | None) -> UUID:
    """The id of a presence: the same on two computers that add the same person to the same activity."""
    return uuid5(activity, str(beneficiary) if beneficiary else "anonyme")
