"""The appointments that are given to people."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a table."""
    for statement in STATEMENTS:
        op.execute(statement)


STATEMENTS = (
    """CREATE TABLE appointment (
        number INTEGER NOT NULL,
        id BLOB NOT NULL,
        created_at INTEGER NOT NULL,
        deleted BOOLEAN NOT NULL,
        version INTEGER DEFAULT '0' NOT NULL,
        beneficiary BLOB,
        status TEXT,
        activity BLOB,
        starts TEXT,
        minutes INTEGER,
        place BLOB,
        place_note TEXT,
        subject TEXT,
        "case" BLOB,
        CONSTRAINT pk_appointment PRIMARY KEY (number),
        CONSTRAINT uq_appointment_id UNIQUE (id)
    )""",
    "CREATE INDEX ix_appointment_beneficiary ON appointment (beneficiary, deleted)",
    "CREATE INDEX ix_appointment_starts ON appointment (deleted, starts)",
)
