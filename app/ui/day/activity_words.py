"""What one line of the day says: each column in a few words."""

from app import labels
from app.services.rows import ActivityRow
from protocol.vocabulary import ActivityKind, Topic


def hour(row: ActivityRow) -> str:
    """When it was recorded; nothing if that was on another day."""
    return labels.hour(row.recorded_at) if row.recorded_at.date() == row.day else ""


def kind(row: ActivityRow) -> str:
    """« Accompagnement », « Atelier « Ma tablette » »."""
    if row.kind is ActivityKind.INDIVIDUAL:
        return "Accompagnement"
    return f"Atelier «\u00a0{row.who}\u00a0»" if row.who else "Atelier collectif"


def who(row: ActivityRow) -> str:
    """The person's name, or how many came."""
    if row.kind is ActivityKind.WORKSHOP:
        return labels.count(row.people, "participant")
    return row.who or "Personne anonyme"


def about(row: ActivityRow) -> str:
    """« Démarche : carte grise · E-mail »."""
    topics = [labels.label(topic) for topic in row.topics]
    if row.procedures:
        name = "Démarche" if len(row.procedures) == 1 else "Démarches"
        helped = f"{name}\u00a0: {', '.join(row.procedures)}"
        topics = [helped, *(labels.label(topic) for topic in row.topics if topic is not Topic.ADMINISTRATIVE_HELP)]
    return " · ".join(topics)


def spoken(row: ActivityRow) -> str:
    """The whole line, for those who hear it."""
    said = (hour(row), kind(row), who(row), about(row), labels.duration(row.minutes))
    return ", ".join(word for word in said if word)
