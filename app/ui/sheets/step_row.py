"""A step of a sheet in the form: what to do, and if wanted an advice and a drawing."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QKeySequence, QPainter, QPixmap, QShortcut, QWheelEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QToolButton

from app.services.sheets import drawings
from app.services.sheets.sheet import Drawing, Step
from app.ui import icons, theme
from app.ui.sheets.rows import Row
from app.ui.sheets.sheet_blocks import DRAWING
from app.ui.widgets.choice_box import ChoiceBox

_WIDE = 45
"""Of a drawing in the list (pixels at 100 %)."""
_NONE = "Sans dessin"


class Shelf:
    """The drawings that a step may have: those of the library by what they show, then those of the sheet's own."""

    def __init__(self, known: Sequence[Drawing]) -> None:
        self._known = tuple(known)
        self._carried: dict[str, str] = {}
        self._icons: dict[str, QIcon] = {}

    def carry(self, carried: Sequence[tuple[str, str]]) -> None:
        """Add those that the text of a sheet carries."""
        self._carried = dict(carried)
        self._icons.clear()

    def choices(self, chosen: Drawing | None) -> list[tuple[Drawing | None, str]]:
        """What can be chosen; the one chosen keeps the words that its sheet says it with."""
        files = {one.file for one in self._known}
        own = [Drawing(name, name.removesuffix(".svg")) for name in self._carried if name not in files]
        others = [one for one in (*self._known, *own) if chosen is None or one.file != chosen.file]
        told = sorted([*others, *([chosen] if chosen else [])], key=lambda one: one.said)
        return [(None, _NONE), *((one, one.said or one.file) for one in told)]

    def icon(self, name: str) -> QIcon:
        """A small picture of a drawing; nothing where there is none."""
        if name not in self._icons:
            svg = drawings.find(name, self._carried)
            self._icons[name] = _picture(svg) if svg else QIcon()
        return self._icons[name]


class _DrawingBox(ChoiceBox[Drawing | None]):
    """The wheel scrolls the form; it never changes a drawing on its way."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class StepRow(Row[Step]):
    """One thing to do; Alt+C opens its advice, Alt+D its drawing."""

    def __init__(self, shelf: Shelf) -> None:
        super().__init__("Étape", "Cliquez sur…")
        self._shelf = shelf
        self.advice = self.line("Ce que l’on voit alors, ou quoi faire si c’est différent")
        self.drawing = _DrawingBox([(None, _NONE)])
        self.drawing.setIconSize(QSize(theme.px(_WIDE), theme.px(_WIDE * DRAWING[1] / DRAWING[0])))
        self.drawing.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.drawing.setMinimumContentsLength(4)
        self.drawing.changed.connect(self.typed)
        self._advice_button = self._button("lightbulb", "Un conseil (Alt+C)", self.open_advice)
        self._drawing_button = self._button("image", "Un dessin (Alt+D)", self.open_drawing)
        for part in (self.advice, self.drawing):
            self.below.addWidget(part)
            part.hide()

    def value(self) -> Step:
        return Step(self.field.text(), self.advice.text(), self.drawing.value())

    def show_value(self, value: Step) -> None:
        self.show_words(self.field, value.text)
        self.show_words(self.advice, value.note)
        self.advice.setVisible(bool(value.note))
        self._offer(value.drawing)
        self.drawing.setVisible(value.drawing is not None)

    def says_something(self) -> bool:
        return bool(super().says_something() or self.advice.text().strip() or self.drawing.value())

    def show_place(self, sign: str, name: str) -> None:
        super().show_place(sign, name)
        of = name.replace("Étape", "étape")
        self.advice.setAccessibleName(f"Conseil, {of}")
        self.drawing.setAccessibleName(f"Dessin, {of}")
        self._advice_button.setAccessibleName(f"Un conseil, {of}")
        self._drawing_button.setAccessibleName(f"Un dessin, {of}")

    def open_advice(self) -> None:
        """Write an advice under the step."""
        self.advice.show()
        self.advice.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_drawing(self) -> None:
        """Choose a drawing for the step."""
        self._offer(self.drawing.value())
        self.drawing.show()
        self.drawing.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self, chosen: Drawing | None) -> None:
        choices = self._shelf.choices(chosen)
        self.drawing.set_choices(choices)
        for place, (one, _) in enumerate(choices):
            if one:
                self.drawing.setItemIcon(place, self._shelf.icon(one.file))
        self.drawing.set_value(chosen)

    def _button(self, icon: str, tip: str, call: Callable[[], None]) -> QToolButton:
        made = QToolButton(self)
        icons.set_icon(made, icon, "muted", 16)
        made.setToolTip(tip)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.clicked.connect(call)
        self.head.insertWidget(self.head.count() - 1, made)
        keys = QKeySequence(tip.rpartition("(")[2].rstrip(")"))
        QShortcut(keys, self, made.click, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return made


def _picture(svg: bytes) -> QIcon:
    """A drawing as small as a line of a list, on white whatever the theme."""
    made = QPixmap(*DRAWING)
    made.fill(Qt.GlobalColor.white)
    painter = QPainter(made)
    QSvgRenderer(QByteArray(svg)).render(painter)
    painter.end()
    return QIcon(made)
