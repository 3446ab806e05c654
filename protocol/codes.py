"""Codes that a person types: groups of characters, the last of which catches a slip of the finger."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, so that nothing is mistaken for a digit."""
LENGTH = 12
_LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})


def make(length: int = LENGTH) -> str:
    """A new random code of 5 bits a character but the last, in groups of four."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(length - 1))
    code = body + _check_character(body)
    return "-".join(code[i : i + 4] for i in range(0, length, 4))


def normalise(typed: str, length: int = LENGTH) -> str | None:
    """The characters of a code as typed (spaces, hyphens, small letters), None when it has a mistake."""
    code = "".join(c for c in typed.upper() if c.isalnum()).translate(_LOOKALIKES)
    if len(code) != length or any(c not in ALPHABET for c in code):
        return None
    return code if _check_character(code[:-1]) == code[-1] else None


def _check_character(body: str) -> str:
    """Odd weights: any single wrong character changes the sum modulo 32."""
    return ALPHABET[sum((2 * place + 1) * ALPHABET.index(c) for place, c in enumerate(body)) % len(ALPHABET)]
