"""Joins the settings with the notebook and this computer; every choice is kept at once."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from app import settings as kept_settings
from app.errors import AppError
from app.services import access
from app.settings import Settings
from app.ui.desk import Desk
from app.ui.exchange.importing import ImportPresenter
from app.ui.preferences.about_section import AboutSection
from app.ui.preferences.appearance import AppearanceSection
from app.ui.preferences.backups_presenter import BackupsPresenter
from app.ui.preferences.employers_presenter import EmployersPresenter
from app.ui.preferences.places_presenter import PlacesPresenter
from app.ui.preferences.security_section import SecuritySection
from app.ui.preferences.tags_presenter import TagsPresenter
from app.ui.preferences.view import PreferencesView
from app.ui.privacy import section as privacy_section
from app.ui.privacy.section_presenter import PrivacySectionPresenter
from app.ui.tasks import Task
from app.vault import Vault
from protocol.vocabulary import RecordKind

_SHOWN_KINDS = frozenset(
    kind.value
    for kind in (
        RecordKind.PLACE,
        RecordKind.ORGANISATION,
        RecordKind.TAG,
        RecordKind.ACTIVITY,
        RecordKind.BENEFICIARY,
    )
)


class PreferencesPresenter(QObject):
    """The screen « Réglages »."""

    def __init__(self, desk: Desk) -> None:
        view = PreferencesView()
        super().__init__(view)
        self._desk = desk
        self.view = view
        self.appearance = AppearanceSection()
        self.places = PlacesPresenter(desk, self.view)
        self.employers = EmployersPresenter(desk, self)
        self.tags = TagsPresenter(desk, self)
        self.data = ImportPresenter(desk, self.view)
        self.privacy = PrivacySectionPresenter(desk, self)
        self.backups = BackupsPresenter(desk, self.view)
        self.security = SecuritySection(str(desk.paths.root))
        self.about = AboutSection()
        for title, icon, section in (
            ("Apparence", "sun", self.appearance),
            ("Mes lieux", "map-pin", self.places.section),
            ("Mon employeur", "building-2", self.employers.section),
            ("Étiquettes", "tag", self.tags.section),
            ("Vos données", "arrow-up-down", self.data.section),
            (privacy_section.TITLE, "user-x", self.privacy.section),
            ("Sauvegardes", "save", self.backups.section),
            ("Sécurité", "lock", self.security),
            ("À propos", "info", self.about),
        ):
            self.view.add_section(title, icon, section)
        self._listen()

    def shown(self) -> None:
        """Show everything as it is now."""
        self._desk.attempt(self._show_settings)
        self._show_lists()
        self.backups.refresh()

    def show_privacy(self) -> None:
        """Bring who is about to become anonymous to the top."""
        self.view.go_to(self.privacy.section)

    def _listen(self) -> None:
        security = self.security
        self.appearance.changed.connect(lambda: self._keep(self.appearance.applied_to))
        security.changed.connect(lambda: self._keep(security.applied_to))
        security.choice_asked.connect(self._ask_choice)
        security.chosen.connect(self._choose)
        security.renamed.connect(self._rename)
        security.lock_asked.connect(self._desk.lock_asked)
        security.folder_asked.connect(self._open_folder)
        self._desk.bus.committed.connect(self._committed)

    def _show_settings(self) -> None:
        settings = kept_settings.load(self._desk.paths.settings)
        self.appearance.set_value(settings)
        self.security.set_value(settings, "store" in self._slots.kinds, access.advisor_name(self._desk.database))

    def _keep(self, applied_to: Callable[[Settings], Settings]) -> None:
        path = self._desk.paths.settings
        changed = applied_to(kept_settings.load(path))
        if self._desk.attempt(lambda: kept_settings.save(path, changed)):
            self._desk.settings_changed.emit(changed)

    def _rename(self, name: str) -> None:
        """Keep a corrected name; an empty one is told, and the old one comes back."""
        before = access.advisor_name(self._desk.database)
        if name.strip() == before:
            return
        if self._desk.attempt(lambda: access.rename_advisor(self._desk.database, name)):
            self._desk.said.emit("Nom corrigé", None)
        else:
            self.security.name.setText(before)

    def _ask_choice(self) -> None:
        is_by_store = "store" in self._slots.kinds

        def found(has_store: bool) -> None:
            self.security.open_choice(has_store).choose(store=not is_by_store)

        task = Task(access.store_works)
        task.done.connect(found)
        task.start()

    def _choose(self, passphrase: str | None) -> None:
        desk = self._desk

        def call() -> None:
            if passphrase is None:
                access.choose_store(desk.paths, desk.database)
            else:
                access.choose_passphrase(desk.paths, desk.database, passphrase)

        task = Task(call)
        task.done.connect(lambda _: self._chosen())
        task.failed.connect(self._refused)
        task.start()

    def _chosen(self) -> None:
        self.security.close_choice()
        self._show_settings()
        self._desk.said.emit("C’est fait\u00a0: le carnet s’ouvrira ainsi la prochaine fois.", None)

    def _refused(self, error: AppError) -> None:
        self.security.show_error(str(error))

    def _committed(self, kinds: frozenset[str]) -> None:
        """Follow what changes while the screen is in front; it is read anew each time it comes back."""
        if kinds & _SHOWN_KINDS and self.view.isVisible():
            self._show_lists()

    def _show_lists(self) -> None:
        for each in (self.places, self.employers, self.tags, self.data, self.privacy):
            each.refresh()

    @property
    def _slots(self) -> Vault:
        return Vault(self._desk.paths.slots)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._desk.paths.root)))
