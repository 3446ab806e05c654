"""Say something aloud to those who listen to the screen, without moving their place in it."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent


def announce(source: QObject, sentence: str) -> None:
    """Have assistive technologies read a sentence out now."""
    if sentence:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(source, sentence))
