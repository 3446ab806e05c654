"""The page « Remettre un courrier »: French, calm, without script, and without anything of anyone in it."""

import base64
import re
from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from protocol.courier import RECEIPT_MAGIC
from server.courier.service import HandedIn

_PAGES = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined)
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_OUR_NAME = re.compile(r"passerelle-courrier-[\d-]+")
_NOT_ALLOWED = (
    "L’ordinateur d’où vient ce courrier n’est plus autorisé à envoyer. "
    "Que la personne qui s’en sert en parle à son coordinateur\u00a0: rien n’est perdu chez elle."
)
_TOO_OLD = "Ce serveur doit d’abord être mis à jour. Gardez ce courrier, et remettez-le dans quelques jours."
_SENTENCES = {
    "nothing_chosen": "Choisissez d’abord le fichier du courrier, sur la clé.",
    "not_a_courier": (
        "Ce fichier n’est pas un courrier pour ce serveur, ou il est abîmé. "
        "Vérifiez son nom\u00a0: il finit par .pcourrier. Au besoin, demandez-en un autre."
    ),
    "too_large": "Ce fichier est trop gros pour être un courrier. Vérifiez son nom\u00a0: il finit par .pcourrier.",
    "revoked": _NOT_ALLOWED,
    "unknown_device": _NOT_ALLOWED,
    "bad_signature": _NOT_ALLOWED,
    "pending": "L’ordinateur d’où vient ce courrier n’est pas encore admis dans son carnet.",
    "schema_too_new": _TOO_OLD,
    "protocol_too_new": _TOO_OLD,
    "busy": "Beaucoup de monde s’adresse au serveur en ce moment. Recommencez dans une minute.",
    "unavailable": "Le serveur ne peut pas répondre pour l’instant. Recommencez dans quelques minutes.",
}
_OTHERWISE = "Ce courrier n’a pas pu être pris. Demandez-en un autre à la personne qui vous l’a confié."


def form(fault: str = "", status: int = 200) -> HTMLResponse:
    """The page where a file is chosen; `fault` is the code of what was wrong with the last one."""
    sentence = _SENTENCES.get(fault, _OTHERWISE) if fault else ""
    return _page("form.html", status, fault=sentence)


def received(name: str, handed: HandedIn) -> HTMLResponse:
    """The page that gives the receipt, to be brought back on the stick."""
    known = _OUR_NAME.match(name)
    return _page(
        "received.html",
        receipt=base64.b64encode(handed.receipt).decode(),
        name=f"{known[0] if known else RECEIPT_MAGIC.decode().strip()}.precu",
        is_to_renew=handed.is_to_renew,
    )


def _page(template: str, status: int = 200, **said: object) -> HTMLResponse:
    return HTMLResponse(_PAGES.get_template(template).render(**said), status, _HEADERS)
