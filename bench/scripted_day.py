"""A working day played unseen: twelve activities entered with the connection cut, then sent when it comes back.

    python -m bench.scripted_day DATA_DIR SERVER_URL CODE SCREENSHOTS_DIR

It is what `bootstrap.py run` does where there is no screen: it says what it did and where the pictures are.
"""

import sys
from pathlib import Path

from app.bootstrap import Program, make_application
from app.options import Options
from app.paths import data_folder
from app.self_test import Hand
from app.services import places
from app.services.commands import SavePlace
from app.sync.light import LightState
from app.sync.standing import standing
from app.ui.sync_lane import SyncLane
from bench.advisor import DAY, Advisor
from bench.link import CuttableLink, cuttable


def main(data_dir: Path, server_url: str, code: str, screenshots_dir: Path) -> int:
    """Play the day; answers 0 when the server has everything."""
    screenshots_dir.mkdir(parents=True, exist_ok=True)
    with cuttable(server_url) as link:
        options = Options(data_dir, link.url, code, unattended=True)
        program = Program(make_application(), data_folder(data_dir), options)
        day = _Day(program, link, screenshots_dir)
        program.start()
        try:
            day.play()
        finally:
            program.close_notebook()
    print(f"Les captures d’écran sont dans {screenshots_dir}", flush=True)
    return 0


class _Day:
    """The steps of the day, each told in a line."""

    def __init__(self, program: Program, link: CuttableLink, screenshots: Path) -> None:
        self._program, self._link, self._screenshots = program, link, screenshots
        self._hand = Hand()

    def play(self) -> None:
        """From the opening of the notebook to the last activity received by the server."""
        self._hand.wait(lambda: self._program.workspace)
        self._hand.wait(lambda: self._state() is LightState.UP_TO_DATE)
        self._say("Le carnet est ouvert, cet ordinateur est inscrit auprès du serveur.")
        self._enter_the_day()
        self._send()

    def _enter_the_day(self) -> None:
        desk = self._program.desk
        assert desk is not None
        places.save(desk.database, SavePlace(name="Médiathèque de Florac", municipality="48061", postal_code="48400"))
        self._link.cut()
        self._say("La connexion est coupée.")
        advisor = Advisor(self._program, self._hand)
        for number, visit in enumerate(DAY, start=1):
            advisor.fill(visit)
            if number in (1, 4):
                self._picture("atelier" if visit.is_workshop else "accompagnement")
            advisor.save()
            self._say(f"Enregistré\u00a0: {visit.title or ', '.join(visit.people) or 'personne anonyme'}")
        self._hand.wait(lambda: self._state() is LightState.OFFLINE)
        self._show("day", "ma-journee")
        self._say(f"Voyant\u00a0: {self._lane.light.text}")

    def _send(self) -> None:
        self._link.restore()
        self._say("La connexion revient.")
        self._lane.ask_now()
        self._hand.wait(lambda: self._state() is LightState.UP_TO_DATE)
        self._show("activities", "activites")
        self._show("synchronisation", "synchronisation")
        assert self._program.desk is not None
        left = standing(self._program.desk.database).waiting
        self._say(f"Voyant\u00a0: {self._lane.light.text}. Il reste {left} à envoyer.")

    @property
    def _lane(self) -> SyncLane:
        assert self._program.desk is not None
        assert self._program.desk.sync is not None
        return self._program.desk.sync

    def _state(self) -> LightState:
        return self._lane.light.state

    def _show(self, screen: str, name: str) -> None:
        assert self._program.workspace is not None
        self._program.workspace.go_to(screen)
        self._picture(name)

    def _picture(self, name: str) -> None:
        self._hand.rest()
        self._program.window.grab().save(str(self._screenshots / f"{name}.png"))

    @staticmethod
    def _say(line: str) -> None:
        print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], Path(sys.argv[4])))
