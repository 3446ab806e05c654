"""One chart of a screen: its title, what it counts, the drawing or its table, and what can be done with it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.charts.files import image
from app.ui.charts.plots import Bars, Plot
from app.ui.charts.table import FiguresTable, as_text
from app.ui.charts.view import AIR, ChartView
from app.ui.widgets.info_button import IconButton, InfoButton
from app.ui.widgets.surfaces import Card, label

FileKind = Literal["png", "svg"]
_FEW = 8
"""Bars shown at first, when there are more."""


class ChartCard(Card):
    """A chart with its title, its definition, its table and its menu."""

    file_asked = Signal(object, str)
    """The plot to save, and « png » or « svg »: the screen chooses where, then calls `charts.files`."""
    copied = Signal(str)
    """A sentence: what is now on the clipboard."""

    def __init__(self, plot: Plot, definition: str = "", parent: QWidget | None = None) -> None:
        super().__init__(padding=16 - AIR, parent=parent)
        self._plot = plot
        self._caption = ""
        self._is_table = False
        self._title = label("", "subtitle", wraps=True)
        self._note = label("", "small", wraps=True)
        self.definition = label("", "muted", wraps=True)
        self._info = InfoButton(self.definition, self)
        self._more = IconButton("ellipsis", self)
        self._more.clicked.connect(self._open_menu)
        self.view = ChartView(plot, self)
        self.table: FiguresTable | None = None
        self.all_button = QPushButton(self)
        self.all_button.setProperty("role", "link")
        self.all_button.setCheckable(True)
        self.all_button.toggled.connect(lambda _: self._show())
        self.menu = self._make_menu()
        self._lay_out()
        self.set_definition(definition)
        self._show()

    @property
    def plot(self) -> Plot:
        """What the card shows, whole."""
        return self._plot

    def set_plot(self, plot: Plot) -> None:
        """Show other figures, as they were shown before: drawn or in a table, all or the first ones."""
        if plot != self._plot:  # the same figures leave the reader where they are
            self._plot = plot
            self._show()

    def set_definition(self, definition: str) -> None:
        """What is counted, and how: shown by the « i » of the card, which is hidden without it."""
        self._info.set_definition(definition)

    def set_caption(self, caption: str) -> None:
        """The filter in words, for the picture that is copied."""
        self._caption = caption

    def show_table(self, is_table: bool) -> None:
        """Show the table instead of the drawing, or the drawing again; the keyboard stays in the card."""
        had_focus = self.view.hasFocus() or (self.table is not None and self.table.hasFocus())
        if is_table and self.table is None:
            self.table = FiguresTable(self)
            self.body.insertWidget(self.body.indexOf(self.view) + 1, self.table)
            QWidget.setTabOrder(self.view, self.table)
        self._is_table = is_table
        self._show()
        if had_focus:
            (self.table if is_table and self.table else self.view).setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def is_table(self) -> bool:
        """Whether the table is shown instead of the drawing."""
        return self._is_table

    def copy_table(self) -> None:
        """Put the table on the clipboard, cells parted by tabs."""
        QGuiApplication.clipboard().setText(as_text(self._plot.table))
        self.copied.emit("Tableau copié.")

    def copy_image(self) -> None:
        """Put the picture of the chart on the clipboard."""
        QGuiApplication.clipboard().setImage(image(self._plot, self._caption))
        self.copied.emit("Image copiée.")

    def _show(self) -> None:
        plot = self._plot
        self._title.setText(plot.title)
        self._note.setText(plot.note)
        self._note.setVisible(bool(plot.note))
        self._info.set_figure(plot.title)
        self._more.setAccessibleName(f"Actions\u00a0: {plot.title}")
        self._more.setToolTip("Tableau, copie, image")
        self._show_all_button()
        self.view.set_plot(self._few())
        self.view.setVisible(not self._is_table)
        if self.table is not None:
            if self._is_table:
                self.table.show_plot(plot)
            self.table.setVisible(self._is_table)
        self._toggle.setText("Voir le graphique" if self._is_table else "Voir le tableau")

    def _show_all_button(self) -> None:
        bars = len(self._plot.data) if isinstance(self._plot, Bars) else 0
        self.all_button.setVisible(bars > _FEW and not self._is_table)
        self.all_button.setText("Voir moins" if self.all_button.isChecked() else f"Voir tout ({bars})")
        self.all_button.setAccessibleName(f"{self.all_button.text()}\u00a0: {self._plot.title}")

    def _few(self) -> Plot:
        if not isinstance(self._plot, Bars) or self.all_button.isChecked():
            return self._plot
        return replace(self._plot, data=self._plot.data[:_FEW])

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        self._toggle = menu.addAction("Voir le tableau", lambda: self.show_table(not self._is_table))
        menu.addSeparator()
        actions: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Copier le tableau", self.copy_table),
            ("Copier l’image", self.copy_image),
            ("Enregistrer en PNG…", lambda: self.file_asked.emit(self._plot, "png")),
            ("Enregistrer en SVG…", lambda: self.file_asked.emit(self._plot, "svg")),
        )
        for text, call in actions:
            menu.addAction(text, call)
        return menu

    def _open_menu(self) -> None:
        corner = self._more.mapToGlobal(QPoint(self._more.width(), self._more.height()))
        self.menu.popup(corner - QPoint(self.menu.sizeHint().width(), 0))
        self.menu.setActiveAction(self._toggle)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.px(4))
        head.addWidget(self._title, 1)
        for button in (self._info, self._more):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setContentsMargins(theme.px(AIR), 0, theme.px(AIR), 0)
        words.addLayout(head)
        words.addWidget(self._note)
        words.addWidget(self.definition)
        self.body.addLayout(words)
        self.body.addWidget(self.view)
        self.body.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)
