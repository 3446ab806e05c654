"""What the whole protocol needs: versions of the server, computers, values that lost, rows that wait for a key."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the tables; what was sent before is read again from the start, under its versions."""
    for statement in STATEMENTS:
        op.execute(statement)


_RECORDS = ("activity", "attendance", "beneficiary", "place", "tag")
STATEMENTS = (
    *(f"ALTER TABLE {table} ADD COLUMN version INTEGER DEFAULT '0' NOT NULL" for table in _RECORDS),
    "ALTER TABLE outbox ADD COLUMN base INTEGER",
    "ALTER TABLE outbox ADD COLUMN erases BOOLEAN DEFAULT '0' NOT NULL",
    "ALTER TABLE outbox ADD COLUMN piece BLOB",
    "ALTER TABLE change ADD COLUMN author BLOB",
    """CREATE TABLE computer (
        number INTEGER NOT NULL,
        id BLOB NOT NULL,
        created_at INTEGER NOT NULL,
        deleted BOOLEAN NOT NULL,
        version INTEGER DEFAULT '0' NOT NULL,
        name TEXT,
        advisor TEXT,
        CONSTRAINT pk_computer PRIMARY KEY (number),
        CONSTRAINT uq_computer_id UNIQUE (id)
    )""",
    """CREATE TABLE lost_value (
        kind TEXT NOT NULL,
        record_id BLOB NOT NULL,
        field TEXT NOT NULL,
        op_id BLOB NOT NULL,
        author BLOB NOT NULL,
        at INTEGER NOT NULL,
        value JSON,
        settled BOOLEAN DEFAULT '0' NOT NULL,
        CONSTRAINT pk_lost_value PRIMARY KEY (record_id, field, op_id)
    )
     WITHOUT ROWID""",
    """CREATE TABLE held_row (
        record_id BLOB NOT NULL,
        kind TEXT NOT NULL,
        version INTEGER NOT NULL,
        row TEXT NOT NULL,
        CONSTRAINT pk_held_row PRIMARY KEY (record_id, kind)
    )
     WITHOUT ROWID""",
)
