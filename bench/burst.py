"""Four thousand devices that push a day each at the same moment, and what one push costs in SQL.

The server is the real one on its own PostgreSQL; the devices are another process, which connects, sends and waits as
they would. A device that is told to wait, or gets no answer, comes back when the real schedule says so.
"""

import atexit
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.burst_devices import Fleet, enlist, kept
from bench.burst_report import Burst, report
from bench.burst_server import serving
from bench.report import Report
from bench.sql_turns import cost_of_a_push

DEVICES, DEVICES_QUICK = 4000, 300
DAYS = 12
"""Days really recorded; the devices share them, as the server cannot tell."""
PATIENCE_S = 900


def measure(quick: bool) -> Report:
    """The burst, then one push looked at closely."""
    data = Path(tempfile.mkdtemp(prefix="passerelle-burst-"))
    atexit.register(shutil.rmtree, data, ignore_errors=True)  # once our PostgreSQL has stopped, at exit too
    with serving(data) as server:
        fleet = enlist(server, DEVICES_QUICK if quick else DEVICES, DAYS, data)
        burst = _send(fleet, server.url)
        found = kept(server, fleet)
    cost = cost_of_a_push(data)
    return report(burst, found, cost)


def _send(fleet: Fleet, url: str) -> Burst:
    command = [sys.executable, "-m", "bench.burst_load", str(fleet.file), url]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, timeout=PATIENCE_S)
    return Burst(**json.loads(done.stdout))
