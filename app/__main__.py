"""`python -m app`: read the command line, open the window."""

import argparse
import sys
from pathlib import Path

from app.options import Options


def main() -> int:
    """Start the program; answers its exit status."""
    parser = argparse.ArgumentParser(prog="passerelle", description="Passerelle, le carnet des conseillers numériques.")
    parser.add_argument("--data-dir", type=Path, help="dossier de données, à la place du dossier habituel")
    parser.add_argument("--server", default="", help="adresse du serveur central")
    parser.add_argument("--enrolment-code", default="", help="code d’inscription, utilisé à l’ouverture du carnet")
    parser.add_argument("--demo", action="store_true", help="ouvrir un carnet de démonstration")
    parser.add_argument("--self-test", choices=["record", "find"], help=argparse.SUPPRESS)
    parser.add_argument("--report-startup", action="store_true", help=argparse.SUPPRESS)
    options = Options(**vars(parser.parse_args()))
    if options.self_test:
        from app.self_test import run as run_self_test

        return run_self_test(options)
    from app.bootstrap import run

    return run(options)


if __name__ == "__main__":
    sys.exit(main())
