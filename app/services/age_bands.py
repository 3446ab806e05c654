"""The age band of a person at an activity (fact sheet §2.2)."""

from datetime import date

from protocol.vocabulary import AgeBand


def age_band_at(birth_year: int | None, day: date) -> AgeBand | None:
    """The age band of a person in the year of an activity (difference of years, as « La Coop » counts)."""
    if birth_year is None:
        return None
    age = day.year - birth_year
    return next(band for youngest, band in _BANDS if age >= youngest)


_BANDS = (
    (70, AgeBand.OVER_70),
    (60, AgeBand.FROM_60_TO_69),
    (40, AgeBand.FROM_40_TO_59),
    (25, AgeBand.FROM_25_TO_39),
    (18, AgeBand.FROM_18_TO_24),
    (12, AgeBand.FROM_12_TO_17),
    (-1000, AgeBand.UNDER_12),
)
