"""A quiet line at the bottom that says what was done, offers to undo it or to go on, and fades."""

from PySide6.QtCore import QEvent, QObject, QPropertyAnimation, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QGraphicsOpacityEffect, QHBoxLayout, QLabel, QPushButton, QWidget

from app.ui import icons, theme
from app.ui.announce import announce

SHORT_MS, OFFER_MS, _FADE_MS = 4_000, 10_000, 250
_FROM_BOTTOM, _FROM_RIGHT = 72, 24
"""Pixels at 100 %: above the buttons of a form, and at the right, where the screens have the least to press."""


class Toast(QFrame):
    """One line over the bottom of its parent; a new message replaces the old one. It never takes the keyboard."""

    acted = Signal()
    """What it offers was pressed, or `act()` called, in time."""
    closed = Signal()
    """The line is gone, with what it offered."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setProperty("role", "raised")
        self._icon = QLabel(self)
        self._text = QLabel(self)
        self._button = QPushButton(self)
        self._button.setProperty("role", "link")
        self._button.clicked.connect(self.act)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._fade)
        self._fading = self._make_fading()
        self._lay_out()
        parent.installEventFilter(self)
        theme.changed.connect(self._place)
        self.hide()

    def show_message(
        self, text: str, *, offer: str = "", keys: str = "", icon: str = "circle-check", role: str = "success"
    ) -> None:
        """Say what was done; with an `offer` (« Annuler »), offer it for ten seconds, by a key too."""
        if self.isVisible():
            self._close()
        self._text.setText(text)
        icons.set_icon(self._icon, icon, role)
        self._button.setText("   ".join(filter(None, (offer, keys))))
        self._button.setVisible(bool(offer))
        self._button.setAccessibleName(f"{offer}\u00a0: {text}")
        self._fading.stop()
        self._opacity().setOpacity(1.0)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(OFFER_MS if offer else SHORT_MS)
        announce(self, text)

    def text(self) -> str:
        """The line shown."""
        return self._text.text()

    def can_act(self) -> bool:
        """Whether something is still offered."""
        return self.isVisible() and not self._button.isHidden()

    def act(self) -> None:
        """Do what the line offers, if it still does."""
        if self.can_act():
            self._button.hide()
            self._hide()
            self.acted.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom of the parent."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _fade(self) -> None:
        if self._button.hasFocus() or self.underMouse():
            self._timer.start(SHORT_MS)
        else:
            self._fading.start()

    def _close(self) -> None:
        self._hide()
        self.closed.emit()

    def _hide(self) -> None:
        self._timer.stop()
        self._fading.stop()
        self.hide()

    def _make_fading(self) -> QPropertyAnimation:
        effect = QGraphicsOpacityEffect(self)
        self.setGraphicsEffect(effect)
        made = QPropertyAnimation(effect, b"opacity", self)
        made.setDuration(_FADE_MS)
        made.setStartValue(1.0)
        made.setEndValue(0.0)
        made.finished.connect(self._close)
        return made

    def _opacity(self) -> QGraphicsOpacityEffect:
        effect = self.graphicsEffect()
        assert isinstance(effect, QGraphicsOpacityEffect)
        return effect

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(14), theme.px(4), theme.px(14), theme.px(4))
        row.setSpacing(theme.px(8))
        row.addWidget(self._icon)
        row.addWidget(self._text, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._button)
        self.setMinimumHeight(theme.px(44))

    def _place(self) -> None:
        parent = self._over
        self.adjustSize()
        width = min(self.sizeHint().width(), parent.width() - theme.px(32))
        self.resize(width, self.sizeHint().height())
        left = max(0, parent.width() - width - theme.px(_FROM_RIGHT))
        self.move(left, parent.height() - self.height() - theme.px(_FROM_BOTTOM))
