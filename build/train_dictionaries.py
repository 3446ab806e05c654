"""Trains the two dictionaries that devices and server share, on synthetic messages only.

    python -m build.train_dictionaries

A dictionary is part of the protocol: once released it never changes, a better one gets another name. The sentences
below are made of common turns of phrase of digital mediation; nothing in them was ever written about anyone.
"""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import zstandard

from protocol.columns import to_columns
from protocol.ids import presence_id
from protocol.messages import Operation, Piece, Row, SealedChanges, SyncAnswer, SyncRequest
from protocol.vocabulary import (
    ActivityKind,
    AgeBand,
    Autonomy,
    Equipment,
    Gender,
    PlaceKind,
    ProcedureFamily,
    ReferralTarget,
    SocialStatus,
    Topic,
    WorkshopLevel,
)

TARGET = Path(__file__).parent.parent / "protocol" / "dictionaries"
WIRE_BYTES, SEALED_BYTES = 6 * 1024, 10 * 1024
SAMPLES = 4000
_MS = 1_790_000_000_000

WHO = ("Elle", "Il", "La personne", "Le monsieur", "La dame", "Mme", "M.", "Le couple", "La famille", "Le groupe")
DID = (
    "a créé son compte",
    "a réussi à se connecter",
    "a envoyé un mail",
    "a retrouvé son mot de passe",
    "a pris rendez-vous",
    "a déposé son dossier",
    "a téléchargé son attestation",
    "a rempli le formulaire",
    "a appris à",
    "a besoin de revoir",
    "souhaite revenir pour",
    "a installé l’application",
    "a imprimé le document",
    "a transféré ses photos",
    "a joint une pièce jointe",
    "ne sait pas encore",
    "commence à savoir",
    "n’a pas réussi à",
    "a fait la demande de",
    "a consulté son compte",
    "a mis à jour",
    "a bien compris comment",
    "a peur de se tromper",
    "doit apporter",
    "a reçu un courrier de",
    "attend la réponse de",
    "a été orientée vers",
    "reviendra avec",
)
WHAT = (
    "son espace personnel",
    "la CAF",
    "France Travail",
    "sa déclaration de revenus",
    "le site des impôts",
    "son téléphone portable",
    "sa tablette",
    "son ordinateur",
    "sa boîte mail",
    "la carte grise",
    "la carte d’identité",
    "le passeport",
    "le permis de conduire",
    "son dossier de retraite",
    "Ameli",
    "Doctolib",
    "FranceConnect",
    "son compte bancaire",
    "un justificatif de domicile",
    "une photo d’identité",
    "l’adresse mail",
    "le mot de passe",
    "le code reçu par SMS",
    "une visioconférence avec ses petits-enfants",
    "les réseaux sociaux",
    "un CV",
    "une lettre de motivation",
    "la clé USB",
    "l’imprimante",
    "le wifi",
    "Internet",
    "un logement social",
    "l’aide au logement",
    "le RSA",
    "la prime d’activité",
    "son titre de séjour",
    "les pièces jointes",
    "les arnaques en ligne",
    "le navigateur",
    "le moteur de recherche",
    "le traitement de texte",
)
THEN = (
    "Prochain rendez-vous jeudi.",
    "À revoir la semaine prochaine.",
    "Très motivée.",
    "Encore hésitant avec la souris.",
    "Reste à envoyer les justificatifs.",
    "Autonome sur cette partie.",
    "Fiche remise.",
    "Revenir avec le courrier.",
    "Besoin d’un accompagnement régulier.",
    "Numéro de dossier noté sur la feuille.",
    "Dossier en attente.",
    "Ne pas oublier la pièce d’identité.",
    "Première visite à la médiathèque.",
    "Orienté vers la mairie.",
    "Inscrit à l’atelier de mardi.",
    "Parle peu français.",
    "Vient avec sa fille.",
    "Sans connexion à la maison.",
)
WORDS = (Path(__file__).parent / "common_words.txt").read_text(encoding="utf-8").split()
JOINTS = (" et ", ", puis ", " mais ", " pour ", " avec ", " sur ", " car ")
SYLLABLES = ("ma", "ri", "jean", "lou", "fa", "ti", "du", "bois", "ber", "nar", "le", "roy", "mou", "lin", "ga", "ce")


def main() -> None:
    """Write both dictionaries."""
    TARGET.mkdir(exist_ok=True)
    draw = Random(2026)
    sealed = [_dense(_sealed(draw)) for _ in range(SAMPLES)]
    _train("sealed", sealed, SEALED_BYTES)
    _train("wire", list(_messages(Random(48))), WIRE_BYTES)


def _train(name: str, samples: list[bytes], size: int) -> None:
    made = zstandard.train_dictionary(size, [*samples], level=19)
    (TARGET / f"{name}.zdict").write_bytes(made.as_bytes())


def _dense(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _sealed(draw: Random) -> dict[str, Any]:
    notes = _sentences(draw)
    shapes: list[dict[str, Any]] = [
        {"notes": notes},
        {"notes": notes},
        {"notes": notes, "procedure_note": draw.choice(WHAT)},
        {
            "notes": notes,
            "procedures": [f"{draw.choice(['carte', 'demande', 'rendez-vous'])}-{draw.choice(SYLLABLES)}"],
        },
        {"notes": notes, "title": f"Atelier {draw.choice(WHAT)}"},
        {"title": f"Découvrir {draw.choice(WHAT)}"},
        {"birth_year": draw.randint(1930, 2010), "first_name": _name(draw), "last_name": _name(draw)}
        | ({"phone": f"+336{draw.randint(10**7, 10**8 - 1)}"} if draw.random() < 0.6 else {"no_phone": True})
        | ({"email": f"{_name(draw).lower()}@orange.fr"} if draw.random() < 0.3 else {}),
        {"phone": f"+337{draw.randint(10**7, 10**8 - 1)}", "notes": notes},
    ]
    return draw.choice(shapes)


def _sentences(draw: Random) -> str:
    if draw.random() < 0.5:
        said = " ".join(draw.choice(WORDS) for _ in range(draw.randint(9, 18)))
        return f"{said[0].upper()}{said[1:]}{draw.choice(('.', '.', ''))}"
    first = f"{draw.choice(WHO)} {draw.choice(DID)} {draw.choice(WHAT)}"
    if draw.random() < 0.5:
        first += f"{draw.choice(JOINTS)}{draw.choice(WHAT)}"
    return f"{first}. {draw.choice(THEN)}" if draw.random() < 0.7 else f"{first}."


def _name(draw: Random) -> str:
    return "".join(draw.choice(SYLLABLES) for _ in range(draw.randint(2, 3))).capitalize()


def _messages(draw: Random) -> Iterator[bytes]:
    for _ in range(600):
        operations = list(_operations(draw, draw.choice((1, 2, 4, 8, 12))))
        request = SyncRequest(
            p=2, schema=2, epoch=_id(draw), prev=(draw.randint(1, 9000), _id(draw)), cols=to_columns(operations),
            cur=(_id(draw), draw.randint(1, 5000), None), want=65536,
        )  # fmt: skip
        yield request.model_dump_json(exclude_defaults=True, by_alias=True).encode()
        yield _answer(draw, operations).model_dump_json(exclude_defaults=True, by_alias=True).encode()


def _operations(draw: Random, count: int) -> Iterator[Operation]:
    seq, now, base = draw.randint(1, 5000), _MS + draw.randint(0, 10**10), draw.randint(0, 4000)
    place = _id(draw, now - 10**9)
    day = date(2026, 1, 1) + timedelta(days=draw.randint(0, 360))
    for _ in range(count):
        now += draw.randint(60_000, 3_000_000)
        record = _id(draw, now - draw.randint(0, 2000))
        yield Operation(
            s=seq, u=_id(draw, now), kind="activity", id=record, h=(now, 0), b=base,
            f=_activity(draw, day, place, now), x=SealedChanges(names=["notes"], piece=draw.randbytes(80)),
        )  # fmt: skip
        person = _id(draw, now - 10**10) if draw.random() < 0.8 else None
        yield Operation(
            s=seq + 1, u=_id(draw, now), kind="attendance", id=presence_id(record, person), h=(now, 1), b=base,
            f=_presence(draw, record, person, now),
        )  # fmt: skip
        seq += 2


def _activity(draw: Random, day: date, place: UUID, now: int) -> dict[str, Any]:
    topics = draw.sample([one.value for one in Topic], draw.choice((1, 1, 2)))
    fields: dict[str, Any] = {
        "created_at": now, "day": day.isoformat(), "minutes": draw.choice((15, 30, 45, 60, 90, 120)),
        "kind": draw.choice([one.value for one in ActivityKind]), "topics": {"+": sorted(topics), "-": []},
    }  # fmt: skip
    fields |= draw.choice(
        (
            {"place_kind": PlaceKind.PLACE.value, "place": str(place)},
            {"place_kind": PlaceKind.PLACE.value, "place": str(place)},
            {"place_kind": PlaceKind.HOME.value, "municipality": "48061", "postal_code": "48400"},
            {"place_kind": PlaceKind.OTHER.value, "municipality": "13055", "postal_code": "13001"},
            {"place_kind": PlaceKind.REMOTE.value},
        )
    )
    if draw.random() < 0.6:
        fields["equipment"] = {"+": [draw.choice([one.value for one in Equipment])], "-": []}
    if draw.random() < 0.5:
        fields["autonomy"] = draw.choice([one.value for one in Autonomy])
    if draw.random() < 0.3:
        fields["families"] = {"+": [draw.choice([one.value for one in ProcedureFamily])], "-": []}
    if draw.random() < 0.3:
        fields |= {"referred": True, "referral": draw.choice([one.value for one in ReferralTarget])}
    if draw.random() < 0.1:
        fields |= {"level": draw.choice([one.value for one in WorkshopLevel]), "anonymous": {"total": 6, "gender": {}}}
    return fields


def _presence(draw: Random, activity: UUID, person: UUID | None, now: int) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "activity": str(activity), "created_at": now, "age_band": draw.choice([one.value for one in AgeBand]),
        "gender": draw.choice([one.value for one in Gender]),
        "status": draw.choice([one.value for one in SocialStatus]),
    }  # fmt: skip
    if person:
        fields["beneficiary"] = str(person)
    if draw.random() < 0.6:
        fields |= {"municipality": "48061", "postal_code": "48400"}
    return fields


def _answer(draw: Random, operations: list[Operation]) -> SyncAnswer:
    rows = [
        Row(
            kind=one.kind, id=one.id, v=draw.randint(1, 5000), h=one.h, by=_id(draw),
            f={**_whole(one.f), "deleted": False},
            x=[Piece(u=one.u, h=one.h, names=one.x.names, piece=one.x.piece)] if one.x else [],
        )
        for one in operations
    ]  # fmt: skip
    incarnation = _id(draw)
    return SyncAnswer(
        p=2, n=draw.randbytes(12), t=_MS, inc=incarnation, ack=(draw.randint(1, 9000), _id(draw)), durable=5,
        rows=rows if draw.random() < 0.7 else [], cur=(incarnation, draw.randint(1, 5000), None), took=9, left=120,
        more=draw.random() < 0.3,
    )  # fmt: skip


def _whole(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value["+"] if isinstance(value, dict) and "+" in value else value for name, value in fields.items()}


def _id(draw: Random, ms: int | None = None) -> UUID:
    head = draw.getrandbits(48) if ms is None else ms
    return UUID(int=head << 80 | 0x7 << 76 | draw.getrandbits(12) << 64 | 0b10 << 62 | draw.getrandbits(62))


if __name__ == "__main__":
    main()
