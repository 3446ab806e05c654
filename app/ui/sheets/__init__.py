"""The screen « Fiches »: the learner sheets, found, looked at, handed over; the advisor’s own, written."""
