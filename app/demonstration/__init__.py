"""A notebook that holds nobody's data, for demonstrations, self-tests and benches: its passphrase is known."""

from datetime import date, datetime
from random import Random

from app.database import Database, now_ms
from app.demonstration.appointments import give_appointments
from app.demonstration.assessments import assess
from app.demonstration.cases import follow_cases
from app.demonstration.days import activities_of
from app.demonstration.hours import CLOSING, OPENING, PACE, believe, working_days
from app.demonstration.itinerary import all_places
from app.demonstration.mandates import have_mandates
from app.demonstration.people import person, reachable, written_twice
from app.demonstration.privacy import somebody_long_gone, tell_rights
from app.demonstration.sheets import write_a_sheet
from app.options import DEMONSTRATION_PASSPHRASE, Options
from app.paths import Paths
from app.services import access, activities, beneficiaries, places
from app.services.access import SetUp

WEEKS = 8
PEOPLE = 60


def prepare(paths: Paths, options: Options) -> None:
    """Make the notebook, filled with a plausible past where a demonstration was asked."""
    wish = SetUp("Démonstration", access.recovery_code(), DEMONSTRATION_PASSPHRASE)
    database = access.set_up(paths, wish)
    if options.demo:
        fill(database, date.today())
    database.close()


def fill(database: Database, today: date, weeks: int = WEEKS, people: int = PEOPLE) -> None:
    """Eight weeks of an itinerant advisor's work, the same each time for the same day."""
    draw, days = Random(48), list(working_days(today, weeks))
    believe(database, datetime.combine(days[0], OPENING))
    reach = Random(49)
    followed = [beneficiaries.save(database, reachable(reach, person(draw, today)), today) for _ in range(people)]
    known_places = [places.save(database, one) for one in all_places()]
    for day in days:
        commands = list(activities_of(draw, day, followed, known_places))
        last = min(datetime.combine(day, CLOSING), datetime.now())
        for left, command in zip(reversed(range(len(commands))), commands, strict=True):
            believe(database, last - left * PACE)
            activities.record(database, command, today)
    somebody_long_gone(database, today)
    database.now_ms = now_ms
    follow_cases(database, followed, today)
    give_appointments(database, followed, today)
    write_a_sheet(database, today)
    have_mandates(database, followed, today)
    database.now_ms = now_ms
    assess(database, followed, today)
    tell_rights(database, followed, today)
    for one in written_twice():
        beneficiaries.save(database, one, today)
