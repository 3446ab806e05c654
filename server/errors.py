"""Why a request is not served, by a code that clients may rely on; why an administrator's command is not done."""

from protocol.messages import Mark


class Refusal(Exception):  # noqa: N818 - it is an answer, not a fault of ours
    """A request that is answered with an error; the transaction it was in is rolled back."""

    def __init__(self, status: int, code: str, detail: str = "", ack: Mark | None = None, backoff: int = 0) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.detail = detail
        self.ack = ack
        self.backoff = backoff


class Trouble(Exception):  # noqa: N818 - the world's, not ours
    """A command of the administrator that cannot be done: a sentence says why, and what to do."""
