"""Draws the screens of a demonstration notebook unseen: the pictures of the README, of the guide, and of the eye.

    uv run python -m build.screenshots [--all DIR] [--only VARIANT]

Without `--all`, only the pictures of PUBLISHED are drawn, in docs/images. With it, every screen in every variant.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from playwright.sync_api import ViewportSize

from app import settings
from app.bootstrap import Program, make_application
from app.options import Options
from app.paths import Paths
from app.services.backup_files import list_in
from app.settings import Settings
from bench.link import cuttable
from build.browser import chromium
from build.run_together import server_beside
from build.sittings.day import notebook
from build.sittings.gates import first_run, lock, new_computer
from build.sittings.hand import Sitting
from build.sittings.joined import colleague

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"


@dataclass(frozen=True, slots=True)
class Variant:
    """A look and a size of window in which everything is drawn."""

    name: str
    look: Settings
    width: int = 1366
    height: int = 768


VARIANTS = (
    Variant("clair", Settings("clair")),
    Variant("sombre", Settings("sombre")),
    Variant("texte-150", Settings("clair", 150)),
    Variant("texte-200", Settings("clair", 200)),
    Variant("petite", Settings("clair"), 1000, 700),
)
PUBLISHED = {
    "clair": (
        "bienvenue", "feuille-de-secours", "premier-jour", "lieu-nouveau", "inscription", "qui", "accompagnement",
        "nouvelle-personne", "atelier", "anonyme-details", "ma-journee", "activites", "recherche", "annule",
        "beneficiaires", "parcours", "doublons", "demarche", "mandat", "diagnostic", "fiche", "confidentialite",
        "statistiques", "statistiques-themes", "rapport", "fiche-de-suivi",
        "synchronisation", "hors-connexion", "courrier", "courrier-recu",
        "ajouter-ordinateur", "en-attente", "autoriser", "ordinateurs", "verrou",
        "exporter", "importer", "donnees", "employeur", "sauvegardes", "restaurer",
        "reprendre-une-copie", "carnet-de-retour",
    ),
    "sombre": ("accompagnement",),
}  # fmt: skip
"""What README.md and docs/guide.md show."""
NOON = timedelta(hours=12)
PAGE, PAGE_SIZE = "courrier-recu", ViewportSize(width=820, height=400)


def main() -> int:
    """Draw what is asked."""
    parser = argparse.ArgumentParser(prog="screenshots.py", description="Dessine les écrans de Passerelle.")
    parser.add_argument("--all", type=Path, metavar="DIR", help="tous les écrans, dans toutes les variantes")
    parser.add_argument("--only", choices=[one.name for one in VARIANTS], help="une seule variante")
    asked = parser.parse_args()
    chosen = [one for one in VARIANTS if asked.only in (None, one.name) and (asked.all or one.name in PUBLISHED)]
    if len(chosen) > 1:  # each in a process of its own: Qt does not outlive the browser
        again = [sys.executable, "-m", "build.screenshots", *sys.argv[1:]]
        return max(abs(subprocess.run([*again, "--only", one.name], check=False).returncode) for one in chosen)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # never a real person's
    open_at_noon()
    make_application()
    with tempfile.TemporaryDirectory() as folder, server_beside(Path(folder) / "serveur") as (url, code):
        for variant in chosen:
            target = asked.all / variant.name if asked.all else IMAGES
            wanted = None if asked.all else frozenset(PUBLISHED[variant.name])
            draw(variant, Path(folder) / variant.name, url, code, (target, wanted))
    return 0


def draw(variant: Variant, folder: Path, url: str, code: str, into: tuple[Path, frozenset[str] | None]) -> None:
    """Draw every screen: a first run, a day whose connection comes late, a colleague who joins, a new computer."""
    into[0].mkdir(parents=True, exist_ok=True)
    with opened(variant, folder / "neuf", Options()) as program:
        first_run(Sitting(program, *into, variant.name))
    with cuttable(url) as link, opened(variant, folder / "carnet", Options(demo=True, unattended=True)) as program:
        hand = Sitting(program, *into, variant.name)
        notebook(hand, link, code)
        with opened(variant, folder / "collegue", Options(unattended=True)) as other:
            colleague(hand, Sitting(other, *into, variant.name), link)
        lock(hand)
    latest = list_in(Paths(folder / "carnet").backups)[0].path
    with opened(variant, folder / "nouvel-ordinateur", Options()) as program:
        new_computer(Sitting(program, *into, variant.name), latest)
    draw_page(variant, next((folder / "carnet" / "cle").glob("*.pcourrier")), url, into)
    print(f"{variant.name}\u00a0: {into[0]}", flush=True)


def draw_page(variant: Variant, courier: Path, url: str, into: tuple[Path, frozenset[str] | None]) -> None:
    """Hand in the courier of the sitting on the server's page, and draw what it answers."""
    folder, wanted = into
    scheme: Literal["dark", "light"] = "dark" if variant.look.theme == "sombre" else "light"
    file = PAGE if wanted is None else f"{PAGE}-{variant.name}"
    if wanted is None or PAGE in wanted:
        with chromium() as browser, browser.new_context(color_scheme=scheme, viewport=PAGE_SIZE) as window:
            page = window.new_page()
            page.goto(f"{url}/courrier")
            page.get_by_label("Le courrier").set_input_files(courier)
            page.get_by_role("button", name="Remettre le courrier").click()
            page.get_by_role("link", name="Enregistrer le reçu").wait_for()
            page.screenshot(path=folder / f"{file}.png")


@contextmanager
def opened(variant: Variant, folder: Path, options: Options) -> Generator[Program]:
    """The real program on a folder of its own, in the look of a variant."""
    folder.mkdir(parents=True)
    paths = Paths(folder)
    settings.save(paths.settings, variant.look)
    program = Program(make_application(), paths, options)
    program.window.resize(variant.width, variant.height)
    program.start()
    try:
        yield program
    finally:
        program.close_notebook()
        program.window.close()


def open_at_noon() -> None:
    """Choose a time zone where it is noon on a working day: an advisor's pictures show no Sunday night."""
    now = datetime.now(UTC)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    noons = [midnight + timedelta(days=days) + NOON for days in (-1, 0, 1)]
    nearest = min((abs(one - now), one - now) for one in noons if one.weekday() < 5)[1]
    minutes = max(-24 * 60, min(24 * 60, round(nearest.total_seconds() / 60)))
    west, (hours, rest) = "-" if minutes >= 0 else "+", divmod(abs(minutes), 60)
    os.environ["TZ"] = f"<Passerelle>{west}{hours:02d}:{rest:02d}"
    time.tzset()


if __name__ == "__main__":
    sys.exit(main())
