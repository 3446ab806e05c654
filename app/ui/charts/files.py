"""A chart as a picture: on the clipboard, or in a PNG or SVG file, light on white whatever the theme."""

from math import ceil
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator

from app.services.files import replacing
from app.ui.charts import ink
from app.ui.charts.framing import draw_titled, titled_height
from app.ui.charts.plots import Plot

_WIDTH, _MARGIN, _DENSITY = 860, 24, 2
"""Pixels of the design; a PNG has `_DENSITY` pixels for each of them."""


def image(plot: Plot, caption: str = "") -> QImage:
    """The chart with its title, its note and its caption (the filter, in words)."""
    size = _size(plot, caption)
    made = QImage(size * _DENSITY, QImage.Format.Format_RGB32)
    made.setDotsPerMeterX(round(96 * _DENSITY / 0.0254))
    made.setDotsPerMeterY(round(96 * _DENSITY / 0.0254))
    made.fill(QColor(ink.picture().surface))
    made.setText("Title", plot.title)
    made.setText("Description", caption)
    made.setText("Software", "Passerelle")
    painter = QPainter(made)
    painter.scale(_DENSITY, _DENSITY)
    _draw(plot, painter, size, caption)
    painter.end()
    return made


def save_png(plot: Plot, path: Path, caption: str = "") -> None:
    """Write the picture as a PNG; raises KnownError where it cannot be written."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image(plot, caption))
    _write(bytes(buffer.data().data()), path)


def save_svg(plot: Plot, path: Path, caption: str = "") -> None:
    """Write the picture as an SVG whose texts remain texts; raises KnownError where it cannot be written."""
    buffer, size = QBuffer(), _size(plot, caption)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)  # 1.1: patterns need the clips that Tiny 1.2 has not
    generator.setOutputDevice(buffer)
    generator.setResolution(96)
    generator.setSize(size)
    generator.setViewBox(QRect(0, 0, size.width(), size.height()))
    generator.setTitle(plot.title)
    generator.setDescription(caption)
    painter = QPainter(generator)
    painter.fillRect(QRect(0, 0, size.width(), size.height()), QColor(ink.picture().surface))
    _draw(plot, painter, size, caption)
    painter.end()
    _write(_with_other_families(bytes(buffer.data().data())), path)


def _with_other_families(drawing: bytes) -> bytes:
    """The SVG with families to fall back on: our own is not on every computer."""
    family = ink.picture().family
    others = f"'{family}', 'Segoe UI', Arial, sans-serif"
    return drawing.replace(f'font-family="{family}"'.encode(), f'font-family="{others}"'.encode())


def _size(plot: Plot, caption: str) -> QSize:
    height = titled_height(plot, _WIDTH - 2 * _MARGIN, ink.picture(), caption)
    return QSize(_WIDTH, ceil(height) + 2 * _MARGIN)


def _draw(plot: Plot, painter: QPainter, size: QSize, caption: str) -> None:
    room = QRectF(0, 0, size.width(), size.height()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
    draw_titled(plot, painter, room, ink.picture(), caption)


def _write(content: bytes, path: Path) -> None:
    with replacing(path) as temporary:
        temporary.write_bytes(content)
