"""Restoring a backup, and what must follow a restore before any device is served."""

from pathlib import Path
from uuid import uuid4

from alembic.util import CommandError
from sqlalchemy import URL, func, update

from server.backups import archive, tools
from server.backups.spare import refuse_if_in_use, spare_database
from server.database import address_of, connect
from server.erasures import Journal
from server.errors import Trouble
from server.models import installation
from server.settings import Settings


def restore(settings: Settings, file: Path) -> None:
    """Put a backup in the place of the database, whole and ready to serve, or change nothing and raise Trouble."""
    archive.check(file)
    url = address_of(settings)
    refuse_if_in_use(url)
    with spare_database(url) as spare:
        with tools.speaking(spare.url) as connection:
            tools.load(connection, file)
        _begin_again(spare.url, Journal(settings.journal))
        spare.take_place()


def restored(settings: Settings) -> None:
    """Make a database ready to serve that was restored by other means; raises Trouble."""
    url = address_of(settings)
    refuse_if_in_use(url)
    _begin_again(url, Journal(settings.journal))


def _begin_again(url: URL, journal: Journal) -> None:
    """The newest schema; then a new incarnation, and what was erased erased again, in one transaction."""
    database = connect(url)
    try:
        database.migrate()
        with database.transaction() as connection:
            connection.execute(update(installation).values(incarnation=uuid4(), since=func.now()))
            journal.replay(connection)
    except CommandError as error:
        raise Trouble("Cette base vient d’un serveur plus récent\u00a0: mettez celui-ci à jour d’abord.") from error
    finally:
        database.close()
