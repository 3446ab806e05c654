"""What a new sheet begins with: every part in its place, to be written over."""

from datetime import date

from app.resources import resource


def template(today: date) -> str:
    """The text of a sheet to write, checked today."""
    return resource("fiches", "modele.txt").read_text(encoding="utf-8").replace("{jour}", today.isoformat())
