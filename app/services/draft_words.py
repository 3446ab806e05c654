"""What a draft says of itself: whose it is, when it was begun, and what is still missing before it can be saved."""

from datetime import date, datetime, timedelta

from app import labels
from app.errors import UserError
from app.folding import fold
from app.services.activity_rules import check, tidy
from app.services.commands import RecordActivity
from app.services.rows import DraftRow
from protocol.vocabulary import ActivityKind

_MISSING = {
    "participants": "participants",
    "anonymous": "participants",
    "topics": "thème",
    "procedures": "démarche",
    "minutes": "durée",
    "place": "lieu",
    "municipality": "commune",
    "day": "date",
    "far_date": "date",
    "equipment": "matériel",
    "title": "titre",
    "notes": "notes",
}
"""The fields at fault, in the order in which people speak of them."""


def missing(form: RecordActivity, today: date, typed_who: str = "") -> tuple[str, ...]:
    """What must still be said before a form can be saved, in words: « thème », « durée »."""
    try:
        check(tidy(form), today)
        faults: set[str] = set()
    except UserError as error:
        faults = set(error.fields)
    words = [word for field, word in _MISSING.items() if field in faults]
    if typed_who and not form.participants and form.kind is ActivityKind.INDIVIDUAL:
        words.insert(0, "personne")
    return tuple(dict.fromkeys(words))


def sentence(draft: DraftRow, now: datetime) -> str:
    """« Brouillon de 10 h 40 — accompagnement de Delmas Jeanne, thème et durée à préciser »."""
    words = missing(draft.form, now.date(), draft.typed_who)
    end = f"{_joined(words)} à préciser" if words else "prêt à enregistrer"
    return f"Brouillon {_begun(draft.started_at, now)} — {_subject(draft)}, {end}"


def _begun(moment: datetime, now: datetime) -> str:
    hour = labels.hour(moment)
    if moment.date() == now.date():
        return f"de {hour}"
    if moment.date() == now.date() - timedelta(days=1):
        return f"d’hier, {hour}"
    return f"du {labels.day(moment.date(), now.date())}, {hour}"


def _subject(draft: DraftRow) -> str:
    form = draft.form
    if form.kind is ActivityKind.WORKSHOP:
        subject = f"atelier «\u00a0{form.title.strip()}\u00a0»" if form.title.strip() else "atelier"
    elif form.participants and draft.who:
        subject = f"accompagnement {of_name(draft.who)}"
    elif draft.typed_who:
        subject = f"accompagnement de «\u00a0{draft.typed_who}\u00a0»"
    else:
        subject = "accompagnement d’une personne anonyme"
    return f"{subject} (modification)" if form.id else subject


def of_name(name: str) -> str:
    """« de Delmas », « d’Aubert »."""
    return f"d’{name}" if fold(name)[:1] in {"a", "e", "i", "o", "u"} else f"de {name}"


def _joined(words: tuple[str, ...]) -> str:
    return " et ".join(filter(None, (", ".join(words[:-1]), words[-1])))
