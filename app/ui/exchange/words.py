"""What is said of a file that enters the notebook: what it is, what becomes of each line, what was done."""

from collections.abc import Sequence

from app.labels import count, day_at, figure
from app.services.imports.lines import FileKind
from app.services.imports.plans import Batch, Outcome, Preview, Undone

TITLE = "Importer un fichier"
KINDS = {
    FileKind.ACTIVITIES: "Liste d’accompagnements",
    FileKind.PEOPLE: "Liste de bénéficiaires",
    FileKind.CRA_V1: "Comptes rendus d’activité de 2021",
    FileKind.CRA_V2: "Comptes rendus d’activité de 2022 à 2024",
    FileKind.NOTEBOOK: "Carnet complet",
}
OUTCOMES = {
    Outcome.CREATED: ("à créer", "à créer"),
    Outcome.MATCHED: ("déjà là", "déjà là"),
    Outcome.RESTORED: ("à reprendre", "à reprendre"),
    Outcome.REFUSED: ("refusée", "refusées"),
}
"""Singular and plural: activities, people and lines are all feminine."""
WRITTEN = (Outcome.CREATED, Outcome.RESTORED)
"""What accepting the preview writes."""
_LINES = {FileKind.PEOPLE: ("personne", "personnes"), FileKind.NOTEBOOK: ("ligne", "lignes")}
_ACTIVITIES = ("activité", "activités")
_SHOWN_NAMES = 4


def wanted(preview: Preview) -> int:
    """How many lines accepting the preview writes."""
    return sum(preview.count(outcome) for outcome in WRITTEN)


def lines(kind: FileKind, number: int) -> str:
    """« 412 activités », « 12 personnes »."""
    return count(number, *_LINES.get(kind, _ACTIVITIES))


def summary(preview: Preview) -> str:
    """« 417 activités lues : 412 à créer, 3 déjà là, 2 refusées »."""
    read = "lue" if len(preview.rows) < 2 else "lues"
    counted = [(outcome, preview.count(outcome)) for outcome in Outcome]
    said = ", ".join(f"{figure(number)} {outcome_word(outcome, number)}" for outcome, number in counted if number)
    return f"{lines(preview.kind, len(preview.rows))} {read}" + (f"\u00a0: {said}" if said else "")


def outcome_word(outcome: Outcome, number: int = 1) -> str:
    """« refusée », « refusées »; before accepting, nothing is created yet: « à créer »."""
    one, many = OUTCOMES[outcome]
    return one if number < 2 else many


def additions(preview: Preview) -> tuple[str, ...]:
    """The places, tags and people that the activities bring with them, a sentence each."""
    said = []
    if preview.new_places:
        said.append(_named(preview.new_places, "nouveau lieu", "nouveaux lieux"))
    if preview.new_tags:
        said.append(_named(preview.new_tags, "nouvelle étiquette", "nouvelles étiquettes"))
    if preview.new_people:
        said.append(count(preview.new_people, "nouvelle personne", "nouvelles personnes"))
    return tuple(said)


def accept(preview: Preview, is_empty: bool) -> str:
    """« Importer 412 activités », what the button says; a notebook may bring what is no line, such as drafts."""
    if is_empty:
        return "Rien à importer"
    number = wanted(preview)
    return f"Importer {lines(preview.kind, number)}" if number else "Importer"


def imported(preview: Preview) -> str:
    """« 412 activités importées »."""
    number = wanted(preview)
    return f"{lines(preview.kind, number)} {'importée' if number < 2 else 'importées'}"


def when(batch: Batch) -> str:
    """« mardi 24 novembre à 9 h 12 · 412 éléments », « … · retiré »."""
    held = "retiré" if batch.undone else count(batch.records, "élément")
    return f"{day_at(batch.at)} · {held}"


def _named(names: Sequence[str], one: str, many: str) -> str:
    rest = len(names) - _SHOWN_NAMES
    more = f" et {count(rest, 'autre')}" if rest > 0 else ""
    return f"{count(len(names), one, many)}\u00a0: {', '.join(names[:_SHOWN_NAMES])}{more}"


def undone(undone: Undone) -> str:
    """« Import retiré. 3 personnes et 1 lieu restent : le carnet s’en sert encore. »."""
    kept = (
        (undone.people, "personne", "personnes"),
        (undone.places, "lieu", "lieux"),
        (undone.tags, "étiquette", None),
    )
    stayed = [count(number, one, many) for number, one, many in kept if number]
    if not stayed:
        return "Import retiré"
    verb = "reste" if sum(number for number, _, _ in kept) == 1 else "restent"
    return f"Import retiré. {_and(stayed)} {verb}\u00a0: le carnet s’en sert encore."


def _and(said: Sequence[str]) -> str:
    *first, last = said
    return f"{', '.join(first)} et {last}" if first else last
