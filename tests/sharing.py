"""How several processes share the tests: a file is one piece of work, and what lasts longest comes first."""

from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

ONE_BY_ONE = ("tests/histories/test_histories.py", "tests/stories/test_kills.py")
"""Files whose tests last a minute each and share nothing."""
LONGEST = (
    "tests/test_packaged.py",
    *ONE_BY_ONE,
    "tests/histories/test_mutants.py",
    "tests/ui/test_silent_server.py",
    "tests/ui/test_accessibility.py",
    "tests/ui/test_recording.py",
    "tests/sync/",
    "tests/stories/",
    "tests/server/",
)
"""Files and folders that last longest, in this order: none of the processes is left alone with one at the end."""


class InPieces(LoadFileScheduling):  # type: ignore[misc]
    """A file is one piece of work, but for those whose tests each are; a process that falls does not stop the others.

    pytest-xdist 3.8 gives out again what a fallen process had already played, and one test at a time to the one that
    replaces it; a process that is given less than two tests waits for more, and the run would never end.
    """

    def remove_node(self, node: WorkerController) -> str | None:
        """Share out what a process left, but for the test that it fell on, which is told."""
        units = self.assigned_work.pop(node).items()
        left = {
            scope: rest for scope, unit in units if (rest := {test: False for test, done in unit.items() if not done})
        }
        if not left:
            return None
        scope = next(iter(left))
        fallen: str = next(iter(left[scope]))
        del left[scope][fallen]
        self.workqueue.update((scope, rest) for scope, rest in left.items() if rest)
        for other in self.nodes:
            self._reschedule(other)
        return fallen

    def _reschedule(self, node: WorkerController) -> None:
        if node not in self.registered_collections:
            return  # it replaces another, and is not ready yet
        super()._reschedule(node)
        while not node.shutting_down and self._pending_of(self.assigned_work[node]) < 2:
            super()._reschedule(node)

    def _split_scope(self, nodeid: str) -> str:
        return nodeid if nodeid.startswith(ONE_BY_ONE) else super()._split_scope(nodeid)
