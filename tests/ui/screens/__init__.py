"""Every screen as it may be met, one module for each part of the program."""

from tests.ui.screens import (
    appointments,
    assessments,
    cases,
    figures,
    gates,
    people,
    preferences,
    recording,
    sheets,
    synchronisation,
)

SCREENS = (
    *recording.SCREENS,
    *people.SCREENS,
    *cases.SCREENS,
    *appointments.SCREENS,
    *assessments.SCREENS,
    *sheets.SCREENS,
    *figures.SCREENS,
    *synchronisation.SCREENS,
    *preferences.SCREENS,
    *gates.SCREENS,
)
