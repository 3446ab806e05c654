"""The guides to the démarches say what is needed, in good French, and own up to what they rest on."""

import re
from collections import Counter
from datetime import date
from urllib.parse import urlsplit

import pytest

from app.resources import resource
from app.services import procedure_guides, procedures
from app.services.procedure_guides import Guide
from protocol.vocabulary import ProcedureFamily

GUIDES = tuple(
    guide
    for family in ProcedureFamily
    for procedure in procedures.of_family(family)
    if (guide := procedure_guides.get(procedure.code))
)
LONGEST_STEP = 64


def _family(guide: Guide) -> ProcedureFamily:
    procedure = procedures.get(guide.code)
    assert procedure is not None, f"{guide.code} is not in the catalogue"
    return procedure.family


def _codes_in_file(family: ProcedureFamily) -> list[str]:
    return re.findall(r'^code = "(.+)"$', resource("demarches", f"{family}.toml").read_text("utf-8"), re.MULTILINE)


def _written(guide: Guide) -> list[str]:
    titles = [source.title for source in guide.sources]
    return [*guide.bring, *guide.steps, guide.site_name, guide.delay, guide.phone, guide.phone_note, *titles]


def test_every_guide_bears_a_code_of_the_catalogue_that_no_other_bears() -> None:
    written = [code for family in ProcedureFamily for code in _codes_in_file(family)]
    assert sorted(written) == sorted(one.code for one in GUIDES)


def test_every_family_is_guided_in_its_own_file() -> None:
    per_family = Counter(map(_family, GUIDES))
    assert len(GUIDES) >= 45
    assert all(per_family[family] >= 3 for family in ProcedureFamily)
    for family in ProcedureFamily:
        assert set(_codes_in_file(family)) == {one.code for one in GUIDES if _family(one) is family}


@pytest.mark.parametrize(
    "code",
    ["carte_identite", "carte_grise", "declaration_revenus", "compte_ameli", "caf_compte", "rsa", "retraite_demande"],
)
def test_what_is_asked_most_at_the_counter_is_guided(code: str) -> None:
    guide = procedure_guides.get(code)
    assert guide is not None
    assert guide.code == code


def test_a_code_without_a_guide_gives_none() -> None:
    assert procedure_guides.get("inconnue") is None


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.code)
def test_a_guide_says_what_to_bring_and_short_steps_to_tick(guide: Guide) -> None:
    assert 2 <= len(guide.bring) <= 7
    assert 3 <= len(guide.steps) <= 8
    assert len(set(guide.steps)) == len(guide.steps)
    assert max(map(len, guide.steps)) <= LONGEST_STEP
    assert bool(guide.phone) == bool(guide.phone_note)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.code)
def test_a_guide_is_dated_and_sourced_and_to_be_verified_wherever_nothing_was_read(guide: Guide) -> None:
    assert date(2026, 11, 28) <= guide.checked_on
    assert guide.sources
    assert guide.to_verify or any(source.read for source in guide.sources)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.code)
def test_addresses_are_safe_and_the_site_is_given_by_its_root(guide: Guide) -> None:
    for address in (guide.site_address, *(source.address for source in guide.sources)):
        parts = urlsplit(address)
        assert parts.scheme == "https"
        assert "." in parts.netloc
    assert urlsplit(guide.site_address).path in ("", "/")
    unread = [source.address for source in guide.sources if not source.read]
    assert all(urlsplit(address).path in ("", "/") for address in unread)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.code)
def test_guides_keep_french_typography(guide: Guide) -> None:
    for text in _written(guide):
        assert text == text.strip()
        assert "'" not in text
        assert not re.search(r"[^\u00a0][:;?!»%€]|«[^\u00a0]", text), text
