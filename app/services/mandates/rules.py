"""What holds for every mandate: how long it lasts, what may be typed, which families it allows on a day.

Source: Aidants Connect (fact sheet programme.md §5.1); Code civil, articles 1984 to 2010.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from app.errors import UserError
from app.labels import short_day
from app.services.activity_rules import LONGEST_LINE, LONGEST_NOTES
from app.services.case_rules import one_line
from app.services.mandates.rows import MandateRow, MandateState, SignMandate
from protocol.vocabulary import MandateDuration, MandateFamily, Signing

DAYS: Mapping[MandateDuration, int] = {
    MandateDuration.DAY: 1,
    MandateDuration.MONTH: 31,
    MandateDuration.SEMESTER: 182,
    MandateDuration.YEAR: 365,
}
SOON = timedelta(days=14)
"""A mandate whose last day is this near is recalled on « Ma journée »."""
AHEAD = timedelta(days=365)
"""How far its first day may be."""
LONGEST_ACTS = 1500
"""Characters: the mandate stays on two pages."""


def expires_on(starts_on: date, duration: MandateDuration) -> date:
    """The last day on which a mandate may be used: its first day is one of the days that it lasts."""
    return starts_on + timedelta(days=DAYS[duration] - 1)


def state(starts_on: date, last: date, is_revoked: bool, today: date) -> MandateState:
    """Where a mandate has come to on a day."""
    if is_revoked:
        return MandateState.REVOKED
    if today > last:
        return MandateState.OVER
    if today < starts_on:
        return MandateState.COMING
    return MandateState.ENDING if last - today <= SOON else MandateState.ACTIVE


def refusal(row: MandateRow, family: MandateFamily | None, day: date) -> str:
    """Why a family of a mandate may not be used on a day, in a sentence; empty if it may."""
    if family is None:
        return "Choisissez la famille de la démarche."
    if family not in row.families:
        return "Cette famille n’est pas dans le mandat\u00a0: il faut un autre mandat, signé par la personne."
    if day < row.starts_on:
        return f"Ce mandat commence le {short_day(row.starts_on)}\u00a0: il ne peut pas encore servir."
    if day > row.expires_on:
        return f"Ce mandat est fini depuis le {short_day(row.expires_on)}\u00a0: la personne peut en signer un nouveau."
    taken_back = dict(row.revoked).get(family)
    if taken_back is not None:
        return f"Cette famille a été retirée du mandat le {short_day(taken_back)}\u00a0: elle ne peut plus servir."
    return ""


def tidy(command: SignMandate) -> SignMandate:
    """The command without spaces that say nothing, and without the drawings of a mandate that is signed on paper."""
    is_drawn = command.signing is Signing.SCREEN
    return replace(
        command,
        acts=command.acts.strip(),
        made_at=one_line(command.made_at),
        person_signature=command.person_signature if is_drawn else "",
        advisor_signature=command.advisor_signature if is_drawn else "",
    )


def check(command: SignMandate, today: date) -> None:
    """Raise UserError with a sentence for each field at fault."""
    faults = {**_said(command), **_dated(command, today), **_signed(command)}
    if command.beneficiary is None:
        faults["beneficiary"] = "Un mandat est donné par une personne\u00a0: ouvrez sa fiche."
    if faults:
        raise UserError(" ".join(faults.values()), faults)


def use(said: str) -> str:
    """What was done, in words; raises UserError if there are none, or too many."""
    said = said.strip()
    sentence = "Dites en quelques mots ce qui a été fait." if not said else ""
    if len(said) > LONGEST_NOTES:
        sentence = f"Ce texte est trop long\u00a0: {LONGEST_NOTES} caractères au plus."
    if sentence:
        raise UserError(sentence, {"said": sentence})
    return said


def _said(command: SignMandate) -> dict[str, str]:
    faults = {}
    if not command.families:
        faults["families"] = "Choisissez au moins une famille de démarches."
    if not command.acts:
        faults["acts"] = "Écrivez ce que la personne vous demande de faire\u00a0: le mandat ne permet rien d’autre."
    elif len(command.acts) > LONGEST_ACTS:
        faults["acts"] = f"Ce texte est trop long\u00a0: {LONGEST_ACTS} caractères au plus."
    if len(command.made_at) > LONGEST_LINE:
        faults["made_at"] = f"Ce lieu est trop long\u00a0: {LONGEST_LINE} caractères au plus."
    return faults


def _dated(command: SignMandate, today: date) -> dict[str, str]:
    if command.starts_on is None:
        return {"starts_on": "Choisissez le premier jour du mandat."}
    if expires_on(command.starts_on, command.duration) < today:
        return {"starts_on": "Avec ces dates, le mandat serait déjà fini. Vérifiez le premier jour."}
    if command.starts_on > today + AHEAD:
        return {"starts_on": "Vérifiez l’année du premier jour."}
    return {}


def _signed(command: SignMandate) -> dict[str, str]:
    if command.signing is Signing.PAPER:
        return {}
    drawn = {
        "person_signature": (command.person_signature, "Il manque la signature de la personne."),
        "advisor_signature": (command.advisor_signature, "Il manque votre signature."),
    }
    return {name: sentence for name, (text, sentence) in drawn.items() if not text}
