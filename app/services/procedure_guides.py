"""Practical guides to the most frequent démarches: what to bring, the steps to tick, where and how soon."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from app.resources import resource
from protocol.vocabulary import ProcedureFamily


@dataclass(frozen=True, slots=True)
class Source:
    """A page that a guide rests on; `read` is false if it is only the official site, named without being read."""

    title: str
    address: str
    read: bool


@dataclass(frozen=True, slots=True)
class Guide:
    """What an advisor needs at hand for one procedure of the catalogue, in plain words."""

    code: str
    """The code of the procedure, as in `app.services.procedures`."""
    bring: tuple[str, ...]
    steps: tuple[str, ...]
    site_name: str
    site_address: str
    """The official site, never a paid go-between."""
    delay: str
    """The usual delay or deadline in words; empty if none makes sense."""
    phone: str
    """A public number; empty if none is known."""
    phone_note: str
    checked_on: date
    sources: tuple[Source, ...]
    to_verify: bool
    """True if no source could be read: shown as « à vérifier »."""


def get(code: str) -> Guide | None:
    """The guide to the procedure that bears this code; None if there is none yet."""
    return _guides().get(code)


@cache
def _guides() -> dict[str, Guide]:
    guides = (
        _guide(entry)
        for family in ProcedureFamily
        for entry in tomllib.loads(resource("demarches", f"{family}.toml").read_text(encoding="utf-8"))["demarche"]
    )
    return {one.code: one for one in guides}


def _guide(entry: dict[str, Any]) -> Guide:
    phone = entry.get("telephone", {})
    return Guide(
        code=entry["code"],
        bring=tuple(entry["apporter"]),
        steps=tuple(entry["etapes"]),
        site_name=entry["site"]["nom"],
        site_address=entry["site"]["adresse"],
        delay=entry["delai"],
        phone=phone.get("numero", ""),
        phone_note=phone.get("precision", ""),
        checked_on=entry["verifiee"],
        sources=tuple(Source(one["titre"], one["adresse"], one["lue"]) for one in entry["sources"]),
        to_verify=entry["a_verifier"],
    )
