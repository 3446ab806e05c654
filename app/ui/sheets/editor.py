"""The dialog where a sheet is written: its text at the left, what is left to correct at the right."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QTextCursor
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app import labels
from app.services.sheets.checking import Fault
from app.ui import theme
from app.ui.dialog import Dialog
from app.ui.widgets.banner import Banner
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.surfaces import label
from protocol.vocabulary import ProcedureFamily, Topic

SIZE, _FAULTS, _LEAST_TEXT = (1120, 700), 250, 60
_SIDE = 14
"""Around a sentence of the list (pixels at 100 %)."""
_THEME, _DRAWING = "Ajouter un thème…", "Ajouter un dessin…"
_HELP = "Écrivez dans les guillemets et après les tirets. Une étape, une action."


class SheetEditor(Dialog):
    """Escape closes it; it refuses nothing by itself."""

    typed = Signal()
    save_asked = Signal()
    restart_asked = Signal()
    """Forget what had been begun, and take the sheet as it is kept."""

    def __init__(self, title: str, drawings: Sequence[tuple[str, str]], parent: QWidget) -> None:
        """`drawings` are those of the library: the name of the file, and what it shows."""
        super().__init__(title, SIZE, parent)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("Texte de la fiche")
        self.text.setTabChangesFocus(True)
        self.text.setToolTip(_HELP)
        self.text.setMinimumHeight(theme.px(_LEAST_TEXT))
        self.faults = QListWidget()
        self.faults.setAccessibleName("Ce qu’il reste à corriger")
        self.faults.setWordWrap(True)
        self.faults.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.faults.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.faults.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._state = label("", "strong", wraps=True)
        self.resumed = Banner("info", "Vous aviez commencé à écrire cette fiche\u00a0: voici votre texte.")
        self.restart = self.resumed.add_action("Repartir du début", self.restart_asked.emit)
        self.fault = Banner("danger", "")
        themes = [(f'"{one.value}"', labels.label(one)) for one in (*Topic, *ProcedureFamily)]
        self.theme: ChoiceBox[str] = ChoiceBox([("", _THEME), *themes])
        pictures = [(f"![{said}](dessins/{name})", said) for name, said in drawings]
        self.drawing: ChoiceBox[str] = ChoiceBox([("", _DRAWING), *pictures])
        self.cancel, self.save = QPushButton("Annuler"), QPushButton("Enregistrer")
        self._lay_out(title)
        self._listen()

    def show_text(self, text: str) -> None:
        """Show a text; emits nothing."""
        was_blocked = self.text.blockSignals(True)
        self.text.setPlainText(text)
        self.text.blockSignals(was_blocked)

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Say what is left to correct: what must be, then what would make it easier."""
        self.faults.clear()
        for fault in sorted(faults, key=lambda one: (not one.is_of_form, one.line)):
            mark = "" if fault.is_of_form else "Conseil\u00a0: "
            item = QListWidgetItem(f"Ligne {fault.line} · {mark}{fault.sentence}")
            item.setData(Qt.ItemDataRole.UserRole, fault.line)
            self.faults.addItem(item)
        self.faults.setVisible(bool(faults))
        self._fit_faults()
        self._state.setText(_state(faults))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit_faults)

    def go_to_line(self, number: int) -> None:
        """Put the cursor at the end of a line of the text."""
        block = self.text.document().findBlockByNumber(number - 1)
        cursor = QTextCursor(block if block.isValid() else self.text.document().lastBlock())
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        self.text.setTextCursor(cursor)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_fault(self, sentence: str) -> None:
        """Say why it was not kept; an empty sentence says nothing any more."""
        self.fault.set_text(sentence)
        self.fault.setVisible(bool(sentence))

    def _fit_faults(self) -> None:
        """Give each sentence the lines it needs in this width."""
        room = QRect(0, 0, self.faults.viewport().width() - theme.px(2 * _SIDE), 1 << 16)
        for item in map(self.faults.item, range(self.faults.count())):
            words = self.faults.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, item.text())
            item.setSizeHint(QSize(room.width(), words.height() + theme.px(_SIDE)))

    def _insert(self, box: ChoiceBox[str], before: str = "") -> None:
        """Write what was chosen where the cursor is."""
        chosen = box.value()
        box.set_value("")
        if chosen:
            self.text.insertPlainText(before + chosen)
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _listen(self) -> None:
        self.text.textChanged.connect(self.typed)
        self.faults.itemActivated.connect(lambda item: self.go_to_line(item.data(Qt.ItemDataRole.UserRole)))
        self.faults.itemClicked.connect(lambda item: self.go_to_line(item.data(Qt.ItemDataRole.UserRole)))
        self.theme.changed.connect(lambda: self._insert(self.theme))
        self.drawing.changed.connect(lambda: self._insert(self.drawing, "\n   "))
        self.save.clicked.connect(self.save_asked)
        self.cancel.clicked.connect(self.reject)
        self.on("Ctrl+S", self.save.click)
        self.on_enter(self.save.click)

    def _lay_out(self, title: str) -> None:
        self.theme.setAccessibleName(_THEME.rstrip("…"))
        self.drawing.setAccessibleName(_DRAWING.rstrip("…"))
        inserts = FlowLayout()
        for box in (self.theme, self.drawing):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(len(_DRAWING))
            inserts.addWidget(box)
        left, side = QVBoxLayout(), QWidget()
        side.setMinimumWidth(theme.px(_FAULTS))
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 0, 0)
        left.addLayout(inserts)
        left.addWidget(self.text, 1)
        right.addWidget(self._state)
        right.addWidget(self.faults, 100)
        right.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        row.addLayout(left, 3)
        row.addWidget(side, 2)
        column = self.column(side=20, top=20)
        column.addWidget(label(title, "title", wraps=True))
        for banner in (self.resumed, self.fault):
            banner.hide()
            column.addWidget(banner)
        column.addLayout(row, 1)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        self.save.setProperty("role", "primary")
        self.save.setToolTip("Ctrl+S")
        self.cancel.setToolTip("Échap")
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (self.cancel, self.save):
            button.setAutoDefault(False)
            row.addWidget(button)
        return row


def _state(faults: Sequence[Fault]) -> str:
    needed = sum(1 for one in faults if one.is_of_form)
    if needed:
        return labels.count(needed, "point à corriger", "points à corriger") + " avant d’enregistrer"
    if faults:
        return "Vous pouvez enregistrer. Encore plus facile à lire\u00a0:"
    return "Rien à corriger\u00a0: cette fiche est facile à lire."
