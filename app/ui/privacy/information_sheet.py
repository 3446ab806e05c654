"""The information sheet laid out: one page in easy French and large type, for the person.

What it must say: RGPD, article 13; how: CNIL, « Informer les personnes », and the rules of easy French (FALC): one idea
in a sentence, common words.
"""

from collections.abc import Iterator

from app import labels
from app.services.privacy.information import Information
from app.ui.paper.blocks import Beside, Block, Frame, Item, Rule, Text, Title
from app.ui.paper.document import Document
from app.ui.paper.fitting import fitted
from app.ui.paper.lettering import Style
from app.ui.paper.sheet import QUIET

_LETTERS = (13.5, 13.0, 12.5, 12.0)
"""Points: on one page, however long the names are."""


def document(sheet: Information) -> Document:
    """The sheet, to be saved or printed."""
    return fitted(lambda points: _document(sheet, points), _LETTERS)


def _document(sheet: Information, points: float) -> Document:
    return Document(
        title=f"Vos informations et vos droits{f' – {sheet.person}' if sheet.person else ''}",
        blocks=tuple(_blocks(sheet, Style(points))),
        foot=f"Feuille d’information du {labels.short_day(sheet.day)}" if sheet.person else "Feuille d’information",
        author=sheet.advisor,
        subject="Ce qui est gardé sur les personnes accompagnées, pourquoi, combien de temps, et leurs droits",
    )


def _blocks(sheet: Information, body: Style) -> Iterator[Block]:
    yield Title("Vos informations et vos droits", points=25, level=0, below=2)
    yield Text(_for_whom(sheet), Style(min(body.points, 13), colour=QUIET), below=8)
    yield Rule(below=4)
    for title, sentences in _parts(sheet):
        yield _title(title, body, above=4)
        for place, one in enumerate(sentences, 1):
            yield Item(one, body, sign="•", indent=16, below=10 if place == len(sentences) else 3)
    rights = _rights(body)
    yield Frame((_title("Vous avez le droit de", body, above=0), Beside(rights[:2], rights[2:], below=0)),
                padding=12, below=8)  # fmt: skip
    yield _title("Comment faire\u00a0?", body, above=6)
    yield Text(_how(sheet), body, below=4)
    yield Text(_appeal(), Style(body.points - 2, colour=QUIET), below=0)


def _title(text: str, body: Style, above: float) -> Title:
    return Title(text, points=body.points + 2, above=above, below=3)


def _for_whom(sheet: Information) -> str:
    by = ", ".join(part for part in (sheet.advisor, sheet.structure, sheet.town) if part)
    return "\n".join(part for part in (f"Pour {sheet.person}" if sheet.person else "", by) if part)


def _parts(sheet: Information) -> tuple[tuple[str, tuple[str, ...]], ...]:
    employer = (f"Il travaille pour\u00a0: {sheet.structure}.",) if sheet.structure else ()
    return (
        ("Qui garde vos informations\u00a0?", (
            f"Votre conseiller numérique{f', {sheet.advisor}' if sheet.advisor else ''}.",
            *employer,
        )),
        ("Qu’est-ce qui est noté\u00a0?", (
            "Votre nom, et de quoi vous joindre si vous le voulez.",
            "Ce que nous avons fait ensemble, et quand.",
            "Jamais vos mots de passe. Jamais vos maladies.",
        )),
        ("Pourquoi\u00a0?", (
            "Pour vous aider d’une fois sur l’autre. C’est une mission de service public.",
            "Pour compter le travail fait. Dans ces comptes, il n’y a pas de nom.",
        )),
        ("Combien de temps\u00a0? Qui les voit\u00a0?", (
            "Un an après votre dernière venue, votre nom est effacé. Ou plus tôt, si vous le demandez.",
            "Seuls votre conseiller et ses collègues les lisent. Elles sont chiffrées.",
            "Elles ne sont ni vendues, ni données.",
        )),
    )  # fmt: skip


def _rights(body: Style) -> tuple[Block, ...]:
    said = ("voir ce qui est noté sur vous", "le faire corriger", "le faire effacer", "dire non\u00a0: l’aide continue")
    return tuple(Item(one, body, sign="✓", indent=18, below=3) for one in said)


def _how(sheet: Information) -> str:
    where = f", ou écrivez à son employeur\u00a0: {sheet.structure}" if sheet.structure else ""
    return f"Dites-le à votre conseiller numérique{where}. Vous n’avez pas à dire pourquoi. C’est gratuit."


def _appeal() -> str:
    return (
        f"Vous n’êtes pas d’accord avec la réponse\u00a0? Écrivez à la CNIL, {labels.CNIL}, "
        "ou sur cnil.fr. Base légale\u00a0: mission d’intérêt public (RGPD, article 6-1 e)."
    )
