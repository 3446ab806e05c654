"""Letting this computer into a notebook with one code, and getting the notebook's key without showing it to anyone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.database import Database, now_ms
from app.errors import KnownError, UserError
from app.recovery import RecoveryKey
from app.sync import arrival, joining
from app.sync.client import Transport
from app.sync.identity import as_text, from_text, identity_in, remember_server
from app.sync.joining import Asking, KeyTurnedMeanwhile
from app.sync.new_device import Applicant, code_error, new_device, with_another_box_key
from app.work import Work
from protocol import codes, sealing
from protocol.keys import UnprovedKeyError, chain, check_of
from protocol.messages import EnrolAnswer, WrappedKey
from protocol.sealing import CannotOpenError, NotebookKey

_MADE_KEY = "sync.made_key"


@dataclass(frozen=True, slots=True)
class _MadeKey:
    """The notebook's key, should this be its first computer; and that key, closed for the recovery code."""

    key: NotebookKey
    wrapped: WrappedKey


def enrol(
    database: Database,
    transport: Transport,
    server: str,
    code: str,
    recovery_public: bytes,
    recovery: RecoveryKey | None = None,
    clock: Callable[[], int] = now_ms,
) -> Asking | None:
    """Enrol this computer; may be called again with the same code after a cut.

    `recovery_public` closes the key of a new notebook; `recovery` opens that of an existing one. Without it the answer
    is an Asking: the computer waits until a member lets it in (`joining.is_let_in`). Raises UserError for a wrong
    code, Offline or NotOurServer when the server cannot be reached.
    """
    typed = codes.normalise(code)
    if typed is None:
        raise code_error("Ce code contient une faute de frappe\u00a0: il compte trois groupes de quatre signes.")
    waiting = joining.asking(database)
    if waiting is not None and waiting.code == typed and recovery is None:
        return waiting
    with database.receive() as work:
        if identity_in(work.connection) is not None:  # let in by a member a moment before
            return None
        applicant = Applicant(new_device(work, typed), transport, clock)
        made = _made_key(work, recovery_public)
    applicant, answer = (applicant, applicant.ask()) if recovery else _asked(database, applicant)
    kept = answer.keys or applicant.keep({1: made.key}, made.wrapped)
    if made.wrapped in kept:  # by this request, or by one whose answer was lost
        keys = {1: made.key}
    elif recovery is not None:
        keys = _opened_and_kept(applicant, kept, recovery)
    elif answer.keys and not answer.device_keys:
        return joining.wait(database, applicant.device, server, answer)
    else:  # another first computer was quicker by a moment
        raise KeyTurnedMeanwhile
    with database.work() as work:
        arrival.arrive(work, server, answer.notebook, keys)
        remember_server(work, answer.server_key)
    return None


def _asked(database: Database, applicant: Applicant) -> tuple[Applicant, EnrolAnswer]:
    """What the server says of the notebook, before it knows the box key and once it does: the same, or it is refused.

    That is for the sake of the short code (`joining`). A computer that was let in before a cut keeps its box key: the
    keys it was given are closed for that one.
    """
    told = applicant.knock()
    if not told.device_keys:
        with database.receive() as work:
            applicant = replace(applicant, device=with_another_box_key(work, applicant.device))
    answer = applicant.ask()
    if answer.keys != told.keys:
        raise KeyTurnedMeanwhile
    return applicant, answer


def _opened_and_kept(applicant: Applicant, told: list[WrappedKey], recovery: RecoveryKey) -> dict[int, NotebookKey]:
    """Every generation of the key; again when another computer turns it meanwhile."""
    keys = _opened(told, recovery)
    kept = applicant.keep(keys)
    return keys if kept[-1].generation == max(keys) else _opened_and_kept(applicant, kept, recovery)


def _opened(told: Sequence[WrappedKey], recovery: RecoveryKey) -> dict[int, NotebookKey]:
    try:
        *older, newest = (sealing.unwrap(one.recovery_wrap, recovery.private) for one in told)
        return chain(newest, older)
    except CannotOpenError as error:
        sentence = "Ce code de secours est celui d’un autre carnet\u00a0: cherchez la bonne feuille."
        raise UserError(sentence, {"recovery": sentence}) from error
    except UnprovedKeyError as error:
        raise KnownError(joining.NOT_THE_KEY) from error


def _made_key(work: Work, recovery_public: bytes) -> _MadeKey:
    """A key for a new notebook: the same after a cut, since the server may already have it."""
    made = work.get_state(_MADE_KEY)
    if made is None or from_text(made["recovery_key"]) != recovery_public:
        key = NotebookKey.make()
        made = {"secret": key.secret, "recovery_key": recovery_public, "wrap": sealing.wrap(key, recovery_public)}
        made = {name: as_text(value) for name, value in made.items()}
        work.set_state(_MADE_KEY, made)
    key = NotebookKey(from_text(made["secret"]))
    wrapped = WrappedKey(
        generation=key.generation,
        recovery_key=recovery_public,
        recovery_wrap=from_text(made["wrap"]),
        check=check_of(key, recovery_public),
    )
    return _MadeKey(key, wrapped)
