"""What is printed: an A4 sheet, its type, blocks that flow from page to page, and how a document leaves the program.

PySide 6.12 makes a class ready the first time that it meets it, and falls when two threads meet it at once. Pages are
drawn in a thread while the screens paint: what both meet without naming it is made ready here, before either begins.
"""

from PySide6.QtCore import QXmlStreamReader
from PySide6.QtGui import QGradient, QTextLine

READY = QGradient, QTextLine, QXmlStreamReader
"""Met by `fillRect`, by a text layout, by a drawing."""
