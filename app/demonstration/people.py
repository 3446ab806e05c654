"""The people of the demonstration, all invented."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from random import Random

from app import municipalities
from app.folding import fold
from app.services.commands import SaveBeneficiary
from protocol.vocabulary import Gender, SocialStatus

_COMMUNES = ("48061", "48075", "48096", "48095", "30007", "48166")
_FIRST_NAMES = tuple(
    [(name, Gender.FEMALE) for name in ("Jeanne", "Éléonore", "Marie-Thérèse", "Noëmie", "Fatima", "Yvette", "Linh")]
    + [(name, Gender.MALE) for name in ("Marcel", "Jean-Loup", "Hüseyin", "André", "Mamadou", "Gaël", "Étienne")]
)
_LAST_NAMES = (
    "Delmas", "Roux", "L’Haÿ", "Nguyễn-Lefèvre", "Bœuf", "Martinez", "Chabrol", "Diallo", "Castanier", "Pagès",
    "Deleuze", "de La Tour-Vernhet", "Atger", "Öztürk",
)  # fmt: skip
_STREETS = ("rue de la Mairie", "avenue Jean Monestier", "chemin du Causse", "place de l’Église", "quai du Tarnon")
_HABITS = (
    "", "", "", "Vient en bus, le jeudi matin.", "Accompagnée de sa petite-fille.", "Préfère qu’on l’appelle.",
    "Apprend vite, prend des notes.",
)  # fmt: skip


def person(draw: Random, today: date) -> SaveBeneficiary:
    """Somebody of the causses."""
    first_name, gender = draw.choice(_FIRST_NAMES)
    born = draw.choice((None, *range(1936, 2004)))
    commune = municipalities.get(draw.choice(_COMMUNES))
    return SaveBeneficiary(
        first_name=first_name,
        last_name=draw.choice(_LAST_NAMES),
        birth_year=born,
        phone=f"06 00 00 {draw.randint(0, 99):02d} {draw.randint(0, 99):02d}" if draw.random() < 0.6 else "",
        municipality=commune.insee_code if commune else None,
        postal_code=commune.postal_codes[0] if commune and commune.postal_codes else None,
        gender=gender,
        status=SocialStatus.RETIRED if born and today.year - born > 63 else draw.choice(list(SocialStatus)),
    )


def reachable(draw: Random, known: SaveBeneficiary) -> SaveBeneficiary:
    """An e-mail for some, an address for others, a few words on how they come."""
    words = fold(f"{known.first_name} {known.last_name}").split()
    return replace(
        known,
        email=f"{'.'.join(words)}@exemple.fr" if draw.random() < 0.35 else "",
        address=f"{draw.randint(1, 60)} {draw.choice(_STREETS)}" if draw.random() < 0.5 else "",
        notes=draw.choice(_HABITS),
    )


def written_twice() -> Iterator[SaveBeneficiary]:
    """Two people written twice, on two days."""
    yield SaveBeneficiary(first_name="Odette", last_name="Martin", birth_year=1948, phone="06 00 00 12 34")
    yield SaveBeneficiary(
        first_name="Odette", last_name="Martins", phone="06 00 00 12 34", email="odette.martin@exemple.fr"
    )
    yield SaveBeneficiary(first_name="Jean-Pierre", last_name="Müller", phone="06 00 00 56 78")
    yield SaveBeneficiary(first_name="Jean Pierre", last_name="Mueller", birth_year=1961)
