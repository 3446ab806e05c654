"""The places of the demonstration."""

from collections.abc import Iterator

from app import municipalities
from app.services.commands import SavePlace


def all_places() -> Iterator[SavePlace]:
    """Three places of an itinerant advisor."""
    for name, insee in (
        ("Médiathèque de Florac", "48061"),
        ("Mairie d’Ispagnac", "48075"),
        ("France Services de Meyrueis", "48096"),
    ):
        commune = municipalities.get(insee)
        postal_code = commune.postal_codes[0] if commune else None
        yield SavePlace(name=name, municipality=insee, postal_code=postal_code)
