"""The recovery sheet, drawn the same on paper and in a PDF: A4, large type, black on white."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QBuffer, QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from app.errors import KnownError
from app.labels import short_day
from app.ui import theme

_MARGIN = 57
_WIDTH, _HEIGHT = 595 - 2 * _MARGIN, 842 - 2 * _MARGIN
"""An A4 page and its margins (2 cm), in points, as every length here."""
_INK, _QUIET, _LINE = "#000000", "#444444", "#888888"
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_WRAPS = int(_LEFT) | int(Qt.TextFlag.TextWordWrap)

_WHY = (
    "Ce code rouvre votre carnet quand rien d’autre ne le peut\u00a0: phrase de passe oubliée, ordinateur perdu, "
    "volé ou en panne. Il sert aussi à installer le même carnet sur un autre ordinateur."
)
_RULES = (
    "Gardez cette feuille sous clé, ailleurs que dans la sacoche de l’ordinateur.",
    "Ne la photographiez pas, ne l’envoyez pas par e-mail, ne la donnez à personne.",
    "Passerelle ne garde pas ce code\u00a0: ni votre coordinateur ni le serveur ne peuvent le retrouver.",
    "Sans cette feuille et sans aucun de vos ordinateurs, les noms et les notes du carnet sont perdus "
    "(les chiffres restent).",
)
_ALPHABET = "Ni I, ni L, ni O, ni U dans ce code\u00a0: ce qui est rond est un zéro, ce qui est droit est un 1."
_HOW = (
    "Pour vous en servir\u00a0: au démarrage de Passerelle, choisissez «\u00a0J’ai perdu ma phrase de passe\u00a0» "
    "ou, sur un nouvel ordinateur, «\u00a0J’ai déjà une feuille\u00a0»."
)


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What the sheet says."""

    code: str
    name: str
    made_on: date


def save_pdf(sheet: RecoverySheet, path: Path) -> None:
    """Write the sheet as a PDF; raises KnownError if it cannot be written."""
    try:
        path.write_bytes(_pdf(sheet))
    except OSError as error:
        raise KnownError(
            f"Le fichier «\u00a0{path.name}\u00a0» ne peut pas être écrit ici\u00a0: choisissez un autre dossier."
        ) from error


def _pdf(sheet: RecoverySheet) -> bytes:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(page_layout())
    writer.setResolution(300)
    writer.setTitle("Feuille de secours Passerelle")
    writer.setCreator("Passerelle")
    painter = QPainter(writer)
    draw(sheet, painter, writer.resolution())
    painter.end()
    return bytes(buffer.data().data())


def page_layout() -> QPageLayout:
    """A4, upright, with 2 cm margins."""
    margins = QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    size, upright = QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait
    return QPageLayout(size, upright, margins, QPageLayout.Unit.Point)


def draw(sheet: RecoverySheet, painter: QPainter, dots_per_inch: int) -> None:
    """Draw the sheet on a page of this resolution, its origin at the corner of the margins."""
    painter.scale(dots_per_inch / 72, dots_per_inch / 72)
    pen = _Pen(painter)
    pen.write("Feuille de secours", 30, bold=True)
    pen.write(f"Carnet de {sheet.name} · faite le {short_day(sheet.made_on)}", 14, colour=_QUIET, after=28)
    pen.write(_WHY, 15, after=28)
    _draw_code(sheet.code, painter, pen)
    for rule in _RULES:
        pen.write_item(rule, 15)
    pen.skip(16)
    pen.write(_HOW, 15)
    pen.write_at_foot("Passerelle · carnet d’accompagnement numérique", 11)


def _draw_code(code: str, painter: QPainter, pen: "_Pen") -> None:
    """The code in a frame, four groups then three."""
    groups = code.split("-")
    painter.setPen(QPen(QColor(_LINE), 1))
    painter.drawRoundedRect(QRectF(0, pen.y, _WIDTH, 132), 8, 8)
    pen.skip(18)
    for line in (groups[:4], groups[4:]):
        pen.write("   ".join(line), 34, bold=True, centred=True, after=4)
    pen.skip(22)
    pen.write(_ALPHABET, 12, colour=_QUIET, after=22)


class _Pen:
    """Writes paragraphs one under the other; lengths in points."""

    def __init__(self, painter: QPainter) -> None:
        self._painter = painter
        self.y = 0.0

    def write(
        self,
        text: str,
        points: float,
        *,
        bold: bool = False,
        centred: bool = False,
        colour: str = _INK,
        after: float = 11,
    ) -> None:
        """Write a paragraph over the whole width."""
        align = int(Qt.AlignmentFlag.AlignHCenter) if centred else _WRAPS
        self._paragraph(text, 0, _WIDTH, _font(points, bold), align, colour)
        self.y += after

    def write_item(self, text: str, points: float) -> None:
        """Write a paragraph after a dash."""
        top = self.y
        self._paragraph("–", 0, 20, _font(points), _WRAPS, _INK)
        self.y = top
        self._paragraph(text, 20, _WIDTH - 20, _font(points), _WRAPS, _INK)
        self.y += 10

    def write_at_foot(self, text: str, points: float) -> None:
        """Write a line at the bottom of the page."""
        self.y = _HEIGHT - points * 1.4
        self._paragraph(text, 0, _WIDTH, _font(points), _WRAPS, _QUIET)

    def skip(self, length: float) -> None:
        """Leave room."""
        self.y += length

    def _paragraph(self, text: str, left: float, width: float, font: QFont, align: int, colour: str) -> None:
        self._painter.setFont(font)
        self._painter.setPen(QColor(colour))
        room = QRectF(left, self.y, width, _HEIGHT)
        self.y += self._painter.boundingRect(room, align, text).height()
        self._painter.drawText(room, align, text)


def _font(points: float, bold: bool = False) -> QFont:
    made = QFont(theme.current().family)
    made.setPixelSize(round(points))  # the painter's unit is the point
    made.setBold(bold)
    return made
