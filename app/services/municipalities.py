"""The communes of France, as the services and the screens ask for them; `app/municipalities.py` keeps them."""

from app.municipalities import Municipality, find, get, load, of_postal_code, search

__all__ = ["Municipality", "find", "get", "load", "of_postal_code", "search"]
