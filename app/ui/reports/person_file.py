"""The « Fiche de suivi » laid out: all that the notebook holds on a person, in large type, for that person."""

from collections.abc import Iterator
from datetime import date

from app import labels
from app.labels import NBSP
from app.services.draft_words import of_name
from app.services.person_file import FileActivity, PersonFile
from app.ui.paper.blocks import Block, Fact, Item, Text, Title, Together, stack_height
from app.ui.paper.document import Document
from app.ui.paper.lettering import Style
from app.ui.paper.sheet import HEIGHT, QUIET, WIDTH
from app.ui.reports import followed_blocks
from protocol.vocabulary import ActivityKind, PlaceKind

_BODY = Style(12.5)
_ALWAYS_WITH_YEAR = date.min


def document(file: PersonFile) -> Document:
    """The file, to be saved or printed."""
    return Document(
        title=f"Fiche de suivi {of_name(file.name)}",
        blocks=tuple(_blocks(file)),
        foot=f"Fiche de suivi {of_name(file.name)} · document personnel",
        author=file.advisor,
        subject="Informations gardées sur une personne accompagnée, établies à sa demande",
    )


def _blocks(file: PersonFile) -> Iterator[Block]:
    yield Title("Fiche de suivi", points=26, level=0, below=2)
    yield Text(file.name, Style(18), below=6)
    yield Text(_drawn_up(file), Style(12, colour=QUIET), below=4)
    yield Title("Ce que le carnet sait de vous", points=16)
    yield from (Fact(name, said, points=12.5) for name, said in _identity(file) if said)
    yield Title("Vos accompagnements", points=16)
    yield Text(_came(file), _BODY, below=4)
    for one in file.activities:
        yield from _activity(one)
    yield from followed_blocks.blocks(file.followed)
    known = (Fact(name, said, points=12.5) for name, said in _confidentiality(file) if said)
    yield Together((Title("Confidentialité", points=16), *known))
    yield from _rights(file)


def _drawn_up(file: PersonFile) -> str:
    by = " par " + ", ".join(part for part in (file.advisor, file.structure) if part) if file.advisor else ""
    return f"Établie le {labels.short_day(file.drawn_up_on)}{by}, à la demande de la personne."


def _identity(file: PersonFile) -> tuple[tuple[str, str], ...]:
    person = file.person
    return (
        ("Nom", person.last_name),
        ("Prénom", person.first_name),
        ("Année de naissance", str(person.birth_year or "")),
        ("Tranche d’âge", labels.label(person.age_band) if person.age_band else ""),
        ("Genre", labels.label(person.gender) if person.gender else ""),
        ("Téléphone", "n’en a pas" if person.no_phone else person.phone),
        ("E-mail", person.email),
        ("Adresse", person.address),
        ("Commune", " ".join(part for part in (person.postal_code or "", file.municipality) if part)),
        ("Situation", labels.label(person.status) if person.status else ""),
        ("Notes", person.notes),
    )


def _confidentiality(file: PersonFile) -> tuple[tuple[str, str], ...]:
    known = file.confidentiality
    choices = known.choices
    agreed = labels.label(choices.consent) if choices.consent else "pas demandé"
    since = f", le {labels.short_day(choices.consent_on)}" if choices.consent and choices.consent_on else ""
    return (
        ("Information", f"remise le {labels.short_day(choices.informed_on)}" if choices.informed_on else "pas remise"),
        ("Accord", f"{agreed}{since}"),
        ("Dernier contact", labels.short_day(known.last_contact)),
        ("Nom effacé", f"le {labels.short_day(known.due_on)}, sans nouveau contact d’ici là"),
    )


def _came(file: PersonFile) -> str:
    if not file.activities:
        return "Aucun accompagnement n’est enregistré."
    return f"{labels.count(len(file.activities), 'accompagnement')}, {labels.duration(file.minutes)} en tout."


def _activity(one: FileActivity) -> Iterator[Block]:
    """What is kept of one activity: on one page, unless its notes are long."""
    day = labels.day(one.day, _ALWAYS_WITH_YEAR)
    title = Title(f"{day[0].upper()}{day[1:]} · {_kind(one)}", points=13, level=2, above=12, below=3)
    blocks = (title, *(Fact(name, said, points=12) for name, said in _facts(one) if said))
    if stack_height(blocks, WIDTH) < HEIGHT / 2:
        yield Together(blocks)
    else:
        yield from blocks


def _facts(one: FileActivity) -> tuple[tuple[str, str], ...]:
    return (
        ("Durée", labels.duration(one.minutes)),
        ("Lieu", _place(one)),
        ("Thématiques", ", ".join(map(labels.label, one.topics))),
        ("Démarches", ", ".join((*one.procedures, *map(labels.label, one.families)))),
        ("Matériel", ", ".join(map(labels.label, one.equipment))),
        ("Autonomie", labels.label(one.autonomy) if one.autonomy else ""),
        ("Niveau", labels.label(one.level) if one.level else ""),
        ("Orientation", _referral(one)),
        ("Étiquettes", ", ".join(one.tags)),
        ("Fiches remises", "\n".join(one.sheets)),
        ("Notes", one.notes),
    )


def _kind(one: FileActivity) -> str:
    return f"{labels.label(one.kind)} «{NBSP}{one.title}{NBSP}»" if one.title else labels.label(one.kind)


def _place(one: FileActivity) -> str:
    if one.place_kind is PlaceKind.PLACE and one.place:
        return one.place
    return ", ".join(part for part in (labels.label(one.place_kind), one.place) if part)


def _referral(one: FileActivity) -> str:
    if one.referred is None or one.kind is not ActivityKind.INDIVIDUAL:
        return ""
    if not one.referred:
        return "non"
    return labels.label(one.referral) if one.referral else "oui"


def _rights(file: PersonFile) -> Iterator[Block]:
    who = f"{file.advisor} ({file.structure})" if file.advisor and file.structure else "votre conseiller numérique"
    yield Together((Title("Pourquoi ces informations", points=16), *map(_item, _WHY)))
    yield Together(
        (
            Title("Vos droits", points=16),
            Text(f"Vous pouvez demander à {who}{NBSP}:", _BODY, below=4),
            *map(_item, _RIGHTS),
            Text(_APPEAL, _BODY),
        )
    )
    yield Together((Title("Ce qui n’est pas sur cette fiche", points=16), Text(_ABSENT, _BODY)))


def _item(said: str) -> Item:
    return Item(said, _BODY, sign="•", indent=16, below=4)


_WHY = (
    "Elles servent à vous accompagner d’une fois sur l’autre, et à compter le travail fait.",
    "Elles sont gardées chiffrées.",
    "Les rapports d’activité ne contiennent que des nombres, jamais votre nom.",
)
_RIGHTS = (
    "de corriger ces informations\u00a0;",
    "de les effacer\u00a0;",
    "de ne plus s’en servir\u00a0: l’accompagnement continue alors sans votre nom.",
)
_APPEAL = f"Si la réponse ne vous convient pas, vous pouvez écrire à la CNIL, {labels.CNIL} (cnil.fr)."
_ABSENT = "Les notes prises sur un atelier entier n’y sont pas\u00a0: elles parlent aussi d’autres personnes."
