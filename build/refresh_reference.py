"""Make the communes of France small enough to travel with the program: resources/reference/.

    python3 build/refresh_reference.py               downloads the two packages with npm
    python3 build/refresh_reference.py --from DIR    reads them from DIR (folders or .tgz files left by `npm pack`)

Sources: @etalab/decoupage-administratif (communes, départements, régions, EPCI) and codes-postaux (the Post Office's
codes), both carrying open data of INSEE, DGCL and La Poste under Licence Ouverte 2.0.

Two files walk together, one line for each commune, the most populated first so that the first lines found by a search
are also the best ones; aliases (communes déléguées and associées) come last:

    searched.txt.gz    folded name <TAB> INSEE code and postal codes, with a space before every word and every code:
                       « a word starting with … » is then a plain search for " …"
    shown.txt.gz       name as written <TAB> code of the EPCI, or of the current commune for an alias
"""

import argparse
import gzip
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app.folding import fold  # noqa: E402  (the program's own folding, found through the path above)

REFERENCE = ROOT / "resources" / "reference"
DIVISIONS = "@etalab/decoupage-administratif"
POSTAL_CODES = "codes-postaux"
CURRENT = ("commune-actuelle", "arrondissement-municipal")
FORMER = ("commune-deleguee", "commune-associee")

PRODUCERS = {
    DIVISIONS: "INSEE (code officiel géographique, populations), DGCL (EPCI), La Poste",
    POSTAL_CODES: "La Poste (base officielle des codes postaux), DGFiP (FANTOIR)",
}
LICENCE = {"name": "Licence Ouverte 2.0", "url": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"}

Rows = list[dict[str, Any]]


def main() -> None:
    """Write the reference files from the two packages."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--from", dest="source", type=Path, help="folder holding the two packages")
    chosen: Path | None = arguments.parse_args().source
    with tempfile.TemporaryDirectory() as folder:
        packages = find_packages(chosen or download(Path(folder)), Path(folder))
        counts = write_files(packages[DIVISIONS], packages[POSTAL_CODES])
        write_sources(packages, counts)
    print(", ".join(f"{count} {what}" for what, count in counts.items()))


def download(folder: Path) -> Path:
    """Fetch both packages into `folder` with npm."""
    subprocess.run([find_npm(), "pack", "--silent", DIVISIONS, POSTAL_CODES], cwd=folder, check=True)
    return folder


def find_npm() -> str:
    """Where npm is; leaves with a sentence if it is nowhere."""
    return shutil.which("npm") or sys.exit("npm is needed; or give a folder that holds the packages with --from DIR")


def find_packages(source: Path, folder: Path) -> dict[str, Path]:
    """The unpacked folder of each of the two packages found under `source`."""
    for archive in sorted(source.glob("*.tgz")):
        with tarfile.open(archive) as content:
            content.extractall(folder / archive.stem, filter="data")
    descriptions = [*source.rglob("package.json"), *folder.rglob("package.json")]
    packages = {json.loads(path.read_bytes()).get("name"): path.parent for path in descriptions}
    missing = {DIVISIONS, POSTAL_CODES} - packages.keys()
    if missing:
        sys.exit(f"not found in {source}: {', '.join(sorted(missing))}")
    return {name: packages[name] for name in (DIVISIONS, POSTAL_CODES)}


def package_version(package: Path) -> str:
    """The version that a package says it is."""
    return str(json.loads((package / "package.json").read_bytes())["version"])


def write_files(divisions: Path, postal: Path) -> dict[str, int]:
    """Write the communes and the territories; gives the number of rows of each sort."""
    data = {path.stem: read_rows(path) for path in sorted((divisions / "data").glob("*.json"))}
    postal_codes = postal_codes_by_commune(data["communes"], read_rows(postal / "codes-postaux.json"))
    current = sorted(
        (row for row in data["communes"] if row["type"] in CURRENT),
        key=lambda row: (-row.get("population", 0), row["code"]),
    )
    former = list(former_communes(data["communes"]))
    epci = {member["code"]: group["code"] for group in data["epci"] for member in group["membres"]}
    searched = [searched_line(row, postal_codes[row.get("chefLieu") or row["code"]]) for row in current + former]
    shown = [f"{row['nom']}\t{epci.get(row.get('commune', row['code']), '')}" for row in current]
    shown += [f"{row['nom']}\t{row['chefLieu']}" for row in former]
    write_compressed(REFERENCE / "searched.txt.gz", searched)
    write_compressed(REFERENCE / "shown.txt.gz", shown)
    write_json(REFERENCE / "territories.json", territories(data))
    return {
        "communes": sum(row["type"] == CURRENT[0] for row in current),
        "arrondissements": sum(row["type"] == CURRENT[1] for row in current),
        "aliases": len(former),
        "departments": len(data["departements"]),
        "regions": len(data["regions"]),
        "epci": len(data["epci"]),
    }


def read_rows(path: Path) -> Rows:
    """The rows of one JSON file."""
    rows: Rows = json.loads(path.read_bytes())
    return rows


def postal_codes_by_commune(communes: Rows, deliveries: Rows) -> dict[str, list[str]]:
    """Postal codes of each current commune: those of the divisions first, then those only the Post Office lists."""
    leads_to = {row["code"]: row["chefLieu"] for row in communes if row["type"] in FORMER}
    current = {row["code"] for row in communes if row["type"] in CURRENT}
    found: dict[Any, list[str]] = defaultdict(list)
    for row in communes:
        found[row["code"]] += row.get("codesPostaux", [])
    for row in sorted(deliveries, key=lambda row: (row["codeCommune"], row["codePostal"])):
        code = row["codeCommune"]
        found[code if code in current else leads_to.get(code, code)].append(row["codePostal"])
    return defaultdict(list, {code: list(dict.fromkeys(codes)) for code, codes in found.items()})


def former_communes(communes: Rows) -> Iterator[dict[str, Any]]:
    """Communes déléguées and associées that say more than their current commune: another name or another code."""
    names = {row["code"]: row["nom"] for row in communes if row["type"] in CURRENT}
    for row in sorted(communes, key=lambda row: str(row["code"])):
        if row["type"] in FORMER and (row["code"] not in names or names[row["chefLieu"]] != row["nom"]):
            yield row


def searched_line(row: dict[str, Any], postal_codes: Iterable[str]) -> str:
    """One line of searched.txt.gz (see the top of this file)."""
    codes = " ".join([row["code"], *postal_codes])
    return f" {fold(row['nom'])}\t {codes.lower()}"


def territories(data: dict[str, Rows]) -> dict[str, Any]:
    """Names of the départements with their région, and names of the EPCI, by code."""
    regions = {row["code"]: row["nom"] for row in data["regions"]}
    return {
        "departments": {row["code"]: [row["nom"], regions[row["region"]]] for row in data["departements"]},
        "epci": {row["code"]: row["nom"] for row in sorted(data["epci"], key=lambda row: str(row["code"]))},
    }


def write_compressed(path: Path, lines: list[str]) -> None:
    """Write the same bytes for the same lines, whatever the day."""
    path.write_bytes(gzip.compress("\n".join(lines).encode(), compresslevel=9, mtime=0))


def write_json(path: Path, content: object) -> None:
    """Write JSON that a person can read and a diff can show."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_sources(packages: dict[str, Path], counts: dict[str, int]) -> None:
    """Say where the files come from."""
    known = known_dates()
    rows = []
    for name, package in packages.items():
        version = package_version(package)
        published = known.get((name, version)) or publication_date(name, version)
        rows.append({"package": name, "version": version, "published": published, "producers": PRODUCERS[name]})
    write_json(REFERENCE / "SOURCES.json", {"licence": LICENCE, "packages": rows, "rows": counts})


def known_dates() -> dict[tuple[str, str], str]:
    """The publication dates that the last refresh wrote, by package and version."""
    path = REFERENCE / "SOURCES.json"
    packages = json.loads(path.read_bytes())["packages"] if path.exists() else []
    return {(row["package"], row["version"]): row["published"] for row in packages}


def publication_date(name: str, version: str) -> str:
    """The day npm says that a version was published."""
    answer = subprocess.run([find_npm(), "view", name, "time", "--json"], check=True, capture_output=True)
    return str(json.loads(answer.stdout)[version])[:10]


if __name__ == "__main__":
    main()
