"""Print the recovery sheet; apart, because the printing library is only loaded when somebody prints."""

from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from app.errors import KnownError
from app.ui.gate.recovery_sheet import RecoverySheet, draw, page_layout


def print_sheet(sheet: RecoverySheet, window: QWidget) -> None:
    """Ask which printer, and print; raises KnownError where there is no printer or it refuses."""
    if not QPrinterInfo.availablePrinterNames():
        raise KnownError(
            "Cet ordinateur n’a pas d’imprimante\u00a0: recopiez le code à la main, ou enregistrez le PDF."
        )
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(page_layout())
    dialog = QPrintDialog(printer, window)
    dialog.setWindowTitle("Imprimer la feuille de secours")
    if not dialog.exec():
        return
    painter = QPainter()
    if not painter.begin(printer):
        raise KnownError("L’imprimante ne répond pas\u00a0: vérifiez qu’elle est allumée, puis recommencez.")
    draw(sheet, painter, printer.resolution())
    painter.end()
