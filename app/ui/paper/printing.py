"""Print a document; apart, because the printing library is only loaded when somebody prints."""

from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from app.errors import KnownError
from app.ui.dialog import lasting_window
from app.ui.paper.document import Document, LaidOut
from app.ui.paper.sheet import page_layout


def print_document(document: Document, window: QWidget, otherwise: str = "enregistrez le PDF") -> bool:
    """Ask which printer, and print; answers whether it did.

    Raises KnownError where there is no printer or it refuses; `otherwise` is what can be done without one.
    """
    if not QPrinterInfo.availablePrinterNames():
        raise KnownError(f"Cet ordinateur n’a pas d’imprimante\u00a0: {otherwise}.")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(page_layout())
    printer.setDocName(document.title)
    dialog = QPrintDialog(printer, lasting_window(window))
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, False)
    dialog.setWindowTitle(f"Imprimer\u00a0: {document.title}")
    if not dialog.exec():
        return False
    painter = QPainter()
    if not painter.begin(printer):
        raise KnownError("L’imprimante ne répond pas\u00a0: vérifiez qu’elle est allumée, puis recommencez.")
    _draw(LaidOut(document), printer, painter)
    painter.end()
    return True


def _draw(laid_out: LaidOut, printer: QPrinter, painter: QPainter) -> None:
    painter.scale(printer.resolution() / 72, printer.resolution() / 72)
    for number in range(laid_out.count):
        if number:
            printer.newPage()
        laid_out.draw(number, painter)
