"""`python -m app`: read the command line, open the window."""

import argparse
import builtins
import gc
import importlib
import sys
from pathlib import Path

from app.options import Options


def main() -> int:
    """Start the program; answers its exit status.

    No rubbish is collected while a thousand modules are imported, where there is none (50 ms): app/start.py resumes.
    """
    gc.disable()
    parser = argparse.ArgumentParser(prog="passerelle", description="Passerelle, le carnet des conseillers numériques.")
    parser.add_argument("--data-dir", type=Path, help="dossier de données, à la place du dossier habituel")
    parser.add_argument("--server", default="", help="adresse du serveur central")
    parser.add_argument("--enrolment-code", default="", help="code d’inscription, utilisé à l’ouverture du carnet")
    parser.add_argument("--demo", action="store_true", help="ouvrir un carnet de démonstration")
    parser.add_argument("--self-test", choices=["record", "find"], help=argparse.SUPPRESS)
    parser.add_argument("--report-startup", action="store_true", help=argparse.SUPPRESS)
    asked = vars(parser.parse_args())
    self_test, report_startup = asked.pop("self_test"), asked.pop("report_startup")
    options = Options(**asked, unattended=bool(self_test or report_startup))
    import_qt()
    if self_test:
        from app.self_test import run as run_self_test

        return run_self_test(options, self_test)
    from app.start import run

    return run(options, report_startup)


def import_qt() -> None:
    """Import Qt, then give Python its own `import` back.

    PySide6 replaces it by one that reads and keeps the source of every module imported later, to rename Qt's
    methods on demand (`from __feature__ import …`), which we never do: 17 MB and 100 ms with SQLAlchemy and requests.
    """
    plain = builtins.__import__
    importlib.import_module("PySide6.QtWidgets")
    builtins.__import__ = plain


if __name__ == "__main__":
    sys.exit(main())
