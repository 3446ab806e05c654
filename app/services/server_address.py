"""The address of the central server, as typed by a person."""

from urllib.parse import urlsplit

from app.errors import UserError

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_BAD = "Cette adresse ne semble pas complète\u00a0: elle ressemble à https://passerelle.exemple.fr."
_NOT_SAFE = "Cette adresse n’est pas protégée\u00a0: elle doit commencer par https://."


def server_address(typed: str) -> str:
    """The address to call, https where nothing is said; raises UserError for one that is not safe or not whole."""
    address = typed.strip()
    if "://" not in address:
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise _fault(_BAD) from None
    if not host or any(sign.isspace() for sign in address) or parts.scheme not in ("http", "https"):
        raise _fault(_BAD)
    if parts.scheme == "http" and host not in _LOOPBACK:
        raise _fault(_NOT_SAFE)
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"


def _fault(sentence: str) -> UserError:
    return UserError(sentence, {"server": sentence})
