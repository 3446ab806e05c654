"""The pictures of the settings and of the copies."""

from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.services import backups, tags
from app.services.backup_files import list_in
from app.services.progress import Progress
from app.ui.preferences.import_page import ImportPage
from app.ui.preferences.presenter import PreferencesPresenter
from app.ui.preferences.restore_page import RestorePage
from app.ui.widgets.rail_button import RailButton
from build.sittings.hand import Sitting
from build.sittings.recording import answer
from protocol.vocabulary import Topic

NATIONAL_FILE = Path(__file__).resolve().parent.parent.parent / "tests" / "data" / "lieux-charente-20230711.json"


def preferences(hand: Sitting) -> None:
    """The settings, the copies, the places."""
    for name in ("Jeunes", "Parents d’élèves", "Seniors"):
        tags.create(hand.desk.database, name)
    presenter = hand.workspace.presenter("preferences")
    assert isinstance(presenter, PreferencesPresenter)
    _make_copies(hand)
    hand.show("preferences", "apparence")
    index = {line.text(): line for line in presenter.view.findChildren(RailButton)}
    for word, name in (
        ("Mes lieux", "lieux"),
        ("Étiquettes", "etiquettes"),
        ("Sauvegardes", "sauvegardes"),
        ("Sécurité", "securite"),
        ("À propos", "a-propos"),
    ):
        index[word].click()
        hand.picture(name)
    _restore(hand, presenter, index["Sauvegardes"])
    presenter.places.section.add.click()
    index["Mes lieux"].click()
    hand.picture("lieu-nouveau")
    presenter.places.section.close_form()
    presenter.places.read(NATIONAL_FILE)
    hand.wait(lambda: presenter.view.findChild(ImportPage))
    hand.picture("import")
    presenter.view.close_page(presenter.view.currentWidget() or QWidget())


def _make_copies(hand: Sitting) -> None:
    """Those of the last days; the oldest lacks what was recorded since."""
    this_morning = datetime.now().replace(hour=9, minute=12)
    for days in (9, 6, 5, 4, 3, 0):
        backups.make(hand.desk.database, hand.desk.paths, Progress(), this_morning - timedelta(days=days))


def _restore(hand: Sitting, presenter: PreferencesPresenter, index: RailButton) -> None:
    section = presenter.backups.section
    section.fold.set_open(True)
    hand.rest()
    index.click()
    hand.picture("copies")
    hand.press("Ctrl+N")
    answer(hand, Topic.EMAIL)
    hand.leave_form()
    hand.workspace.go_to("preferences")
    section.restore_asked.emit(list_in(hand.desk.paths.backups)[1])
    hand.wait(lambda: presenter.view.findChild(RestorePage))
    hand.picture("restaurer")
    presenter.view.close_page(presenter.view.currentWidget() or QWidget())
    section.fold.set_open(False)
