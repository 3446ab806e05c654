"""The structures that employ the advisor, what was taken in from files, and an index for the figures."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add three tables, and what the figures ask of a presence to the index of its person."""
    for statement in STATEMENTS:
        op.execute(statement)


STATEMENTS = (
    """CREATE TABLE organisation (
        number INTEGER NOT NULL,
        id BLOB NOT NULL,
        created_at INTEGER NOT NULL,
        deleted BOOLEAN NOT NULL,
        version INTEGER DEFAULT '0' NOT NULL,
        name TEXT,
        siret TEXT,
        municipality TEXT,
        postal_code TEXT,
        since TEXT,
        CONSTRAINT pk_organisation PRIMARY KEY (number),
        CONSTRAINT uq_organisation_id UNIQUE (id)
    )""",
    """CREATE TABLE import_batch (
        id BLOB NOT NULL,
        at INTEGER NOT NULL,
        file TEXT NOT NULL,
        kind TEXT NOT NULL,
        undone BOOLEAN DEFAULT '0' NOT NULL,
        CONSTRAINT pk_import_batch PRIMARY KEY (id)
    )""",
    """CREATE TABLE imported (
        batch BLOB NOT NULL,
        kind TEXT NOT NULL,
        record_id BLOB NOT NULL,
        CONSTRAINT pk_imported PRIMARY KEY (batch, kind, record_id)
    )
     WITHOUT ROWID""",
    "DROP INDEX ix_attendance_beneficiary",
    """CREATE INDEX ix_attendance_beneficiary ON attendance (beneficiary, deleted, activity, first, already, age_band, gender, status, municipality)""",
)
