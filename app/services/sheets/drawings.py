"""The drawings of the sheets: plain shapes (SVG) that show without fetching anything."""

import re
from collections.abc import Mapping
from xml.etree import ElementTree

from app.resources import resource

LARGEST = 20_000
"""Octets of a drawing; those of the library weigh one or two thousand."""
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.svg")
_SHAPES = frozenset(
    ("svg", "g", "rect", "circle", "ellipse", "line", "path", "polyline", "polygon", "text", "tspan", "title", "desc")
)
_SVG = "{http://www.w3.org/2000/svg}"
_FORBIDDEN = re.compile(r"href|url\s*\(|^on|^style$|^class$", re.IGNORECASE)
"""Attributes that fetch, run, or need a style sheet."""


def is_name(name: str) -> bool:
    """Whether a drawing may bear this name: lower-case words joined by hyphens, never a path."""
    return _NAME.fullmatch(name) is not None


def find(name: str, carried: Mapping[str, str]) -> bytes | None:
    """The SVG of a drawing: the one that the sheet carries, else that of the library; None if there is none."""
    if name in carried:
        svg = carried[name].encode()
        return svg if is_plain(svg) else None
    path = resource("fiches", "dessins", name)
    return path.read_bytes() if is_name(name) and path.is_file() else None


def is_plain(svg: bytes) -> bool:
    """Whether a drawing is made of plain shapes only: it may come from somebody else's file."""
    if len(svg) > LARGEST or b"<!" in svg:
        return False
    try:
        root = ElementTree.fromstring(svg)
    except (ElementTree.ParseError, ValueError, LookupError):
        return False
    return root.tag == f"{_SVG}svg" and "viewBox" in root.attrib and all(map(_is_shape, root.iter()))


def _is_shape(element: "ElementTree.Element") -> bool:
    return element.tag.removeprefix(_SVG) in _SHAPES and not any(
        _FORBIDDEN.search(key) or "url(" in value.lower() for key, value in element.attrib.items()
    )
