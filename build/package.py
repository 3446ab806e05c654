"""Packages the program in `dist/`: a folder that needs no Python, and on demand the .deb around it.

uv run python build/package.py [--deb]
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
PROGRAM = DIST / "passerelle"
RESOURCES = ROOT / "resources"

DEPENDS = [
    "fonts-dejavu-core",
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libgl1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxkbcommon0",
]
"""What the frozen program asks of a bare Debian; everything else is in its folder."""

DESKTOP_FILE = """[Desktop Entry]
Type=Application
Name=Passerelle
GenericName=Carnet d’accompagnement numérique
Comment=Enregistrer ses accompagnements, avec ou sans connexion
Exec=passerelle
Icon=passerelle
Categories=Office;
Terminal=false
StartupWMClass=passerelle
"""

CONTROL = """Package: passerelle
Version: {version}
Architecture: {architecture}
Maintainer: L’équipe de Passerelle <passerelle@example.org>
Installed-Size: {kilobytes}
Depends: {depends}
Recommends: gnome-keyring | kwalletmanager, libwayland-cursor0, libwayland-egl1
Section: office
Priority: optional
Description: carnet d’accompagnement numérique, avec ou sans connexion
 Passerelle sert aux conseillers numériques à enregistrer leurs accompagnements
 et leurs ateliers, même hors connexion, dans un carnet chiffré.
"""


def main() -> int:
    """Freezes the program, then wraps it in a .deb when asked to."""
    parser = argparse.ArgumentParser(description="Package Passerelle in dist/.")
    parser.add_argument("--deb", action="store_true", help="also make the .deb")
    asked = parser.parse_args()
    print(freeze())
    if asked.deb:
        print(make_deb())
    return 0


def freeze() -> Path:
    """The folder of the packaged program, made anew; raises CalledProcessError if PyInstaller fails."""
    work = DIST / "work"
    command = [sys.executable, "-m", "PyInstaller", str(ROOT / "build" / "passerelle.spec")]
    options = ["--distpath", str(DIST), "--workpath", str(work), "--noconfirm", "--log-level", "WARN"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYINSTALLER_CONFIG_DIR"] = str(DIST / "cache")
    subprocess.run([*command, *options], check=True, cwd=ROOT, env=environment)
    return PROGRAM


def make_deb() -> Path:
    """The .deb around the packaged program; raises CalledProcessError if dpkg-deb fails."""
    tree = DIST / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    _lay_out(tree)
    package = DIST / f"passerelle_{version()}_{_architecture()}.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zzstd", "-z12", "--build", str(tree), str(package)], check=True)
    shutil.rmtree(tree)
    return package


def version() -> str:
    """The version that pyproject.toml gives."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def _lay_out(tree: Path) -> None:
    shutil.copytree(PROGRAM, tree / "usr/lib/passerelle", symlinks=True)
    _link(tree / "usr/bin/passerelle", "../lib/passerelle/passerelle")
    _write(tree / "usr/share/applications/passerelle.desktop", DESKTOP_FILE)
    icons = tree / "usr/share/icons/hicolor"
    _copy(RESOURCES / "passerelle.svg", icons / "scalable/apps/passerelle.svg")
    for size in (64, 256):
        _copy(RESOURCES / f"passerelle-{size}.png", icons / f"{size}x{size}/apps/passerelle.png")
    _copy(ROOT / "LICENSE", tree / "usr/share/doc/passerelle/copyright")
    _write(tree / "DEBIAN/control", _control(tree))


def _control(tree: Path) -> str:
    size = sum(path.stat().st_size for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
    needed = [f"libc6 (>= {platform.libc_ver()[1]})", *DEPENDS]
    return CONTROL.format(
        version=version(), architecture=_architecture(), kilobytes=size // 1024, depends=", ".join(needed)
    )


def _architecture() -> str:
    return subprocess.run(["dpkg", "--print-architecture"], check=True, capture_output=True, text=True).stdout.strip()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _link(path: Path, target: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)


if __name__ == "__main__":
    sys.exit(main())
