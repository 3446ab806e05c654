"""Runs one benchmark: `python -m bench NAME [--quick]`; exits with 1 when it misses a target."""

import argparse
import importlib
import sys

from bench.report import Report

BENCHES = {
    "startup": "how soon the program is on screen, then whole, and how much memory it takes",
    "local": "listing, filtering, searching and saving in a notebook of 100,000 activities",
    "statistics": "the figures of 100,000 activities beside SQL by hand; 20,000 rows to and from XLSX",
    "kills": "kills at random moments, while an advisor types and while a notebook is exchanged, and what is kept",
    "people": "searching 20,000 people as one types, and finding those who are there twice",
    "burst": "four thousand devices that push a day at the same moment, and what one push costs in SQL",
    "sync": "a day and a thousand activities sent over bad links, beside Anki, PouchDB and a bare connection",
}


def main() -> int:
    """Measures, prints the table, and ends with the figure that comes closest to its target."""
    names = "\n".join(f"  {name:10}{what}" for name, what in BENCHES.items())
    parser = argparse.ArgumentParser(
        prog="python -m bench", epilog=names, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("name", choices=BENCHES)
    parser.add_argument("--quick", action="store_true", help="fewer and smaller runs, to check the benchmark itself")
    asked = parser.parse_args()
    report: Report = importlib.import_module(f"bench.{asked.name}").measure(quick=asked.quick)
    print(report)
    return 0 if report.is_met else 1


if __name__ == "__main__":
    sys.exit(main())
