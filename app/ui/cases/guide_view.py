"""What is known of a procedure: what to bring, where it is done, how long it takes, whom to call, how sure it is."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app import labels
from app.labels import NBSP
from app.services.rows import GuideRow
from app.ui import icons, theme
from app.ui.widgets.banner import Banner
from app.ui.widgets.surfaces import SectionLabel, label

NOTHING = "Rien n’est encore noté pour cette démarche. Ajoutez-la à vos modèles pour garder ce que vous savez."
VERIFY = "À vérifier sur le site officiel avant de vous y fier."


class GuideView(QWidget):
    """One section after the other; what is not known is not said."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[GuideRow | None, bool] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(6))

    def show_guide(self, guide: GuideRow | None, with_steps: bool = False) -> None:
        """Show a procedure, or nothing; `with_steps` where they are not elsewhere on the page."""
        if self._shown == (guide, with_steps):
            return
        self._shown = guide, with_steps
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for made in self._parts(guide, with_steps) if guide else ():
            self._column.addWidget(made)
        self.setVisible(guide is not None)

    def _parts(self, guide: GuideRow, with_steps: bool) -> list[QWidget]:
        if guide.is_empty:
            return [label(NOTHING, "muted", wraps=True)]
        made: list[QWidget] = [_doubt(guide)] if guide.to_verify else []
        if guide.bring:
            made += [SectionLabel("À apporter"), *(_line(f"•{NBSP}{NBSP}{one}") for one in guide.bring)]
        if with_steps and guide.steps:
            said = (f"{place}.{NBSP}{NBSP}{one}" for place, one in enumerate(guide.steps, start=1))
            made += [SectionLabel("Étapes"), *map(_line, said)]
        if guide.site or guide.address:
            made += [SectionLabel("Site officiel"), *([_line(guide.site)] if guide.site else [])]
            made += [_link(guide.address)] if guide.address else []
        if guide.delay:
            made += [SectionLabel("Délai habituel"), _line(guide.delay)]
        if guide.phone:
            note = f" ({guide.phone_note})" if guide.phone_note else ""
            made += [SectionLabel("Téléphone"), _line(guide.phone + note)]
        return [*made, _checked(guide)]


def _doubt(guide: GuideRow) -> Banner:
    known = "Aucune source n’est notée. " if not guide.sources else ""
    return Banner("warning", f"{known}{VERIFY}")


def _checked(guide: GuideRow) -> QLabel:
    """When it was read, and where."""
    when = f"Vérifié le {labels.short_day(guide.checked_on)}" if guide.checked_on and not guide.to_verify else ""
    noted = f"Noté le {labels.short_day(guide.checked_on)}" if guide.checked_on and guide.to_verify else ""
    where = f"{NBSP}; ".join(source.title for source in guide.sources)
    source = f"{'Source' if len(guide.sources) < 2 else 'Sources'}{NBSP}: {where}" if where else ""
    made = label(" · ".join(filter(None, (when or noted, source))), "small", wraps=True)
    made.setToolTip("\n".join(filter(None, (source.address for source in guide.sources))))
    made.setContentsMargins(0, theme.px(6), 0, 0)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def _line(text: str) -> QLabel:
    made = label(text, wraps=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made


def _link(address: str) -> QPushButton:
    """The address as people type it; it opens in the browser."""
    made = QPushButton(address.removeprefix("https://").removeprefix("www.").rstrip("/"))
    made.setProperty("role", "link")
    made.setProperty("fold", True)
    made.setAccessibleName(f"Ouvrir {address}")
    made.setToolTip(f"Ouvrir {address} dans le navigateur")
    icons.set_icon(made, "monitor", "primary", 16)
    made.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(address)))
    return made
