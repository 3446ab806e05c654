"""The number of an establishment (SIRET), whoever types it: fourteen figures, of which the last is a key."""

_LENGTH = 14
_LA_POSTE = "356000000"
"""Its establishments have numbers of their own making: the sum of their figures is a multiple of 5."""


def siret_of(text: str) -> str | None:
    """The fourteen figures of a SIRET written with or without spaces; None where it is none, or its key is wrong."""
    figures = "".join(text.split())
    if len(figures) != _LENGTH or not (figures.isascii() and figures.isdigit()) or not figures.strip("0"):
        return None
    if figures.startswith(_LA_POSTE) and sum(map(int, figures)) % 5 == 0:
        return figures
    doubled = [int(figure) * (2 - place % 2) for place, figure in enumerate(figures)]
    return figures if sum(sum(divmod(number, 10)) for number in doubled) % 10 == 0 else None
