"""Keys that turn, devices that ask, values that lose, and what a backup holds."""

import sqlalchemy as sa
from alembic import op
from nacl.utils import random
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column(
        "installation",
        sa.Column("box_key", sa.LargeBinary(), nullable=True, comment="X25519 private key: opens courier files"),
    )
    op.execute(sa.text("UPDATE installation SET box_key = :key").bindparams(key=random(32)))
    op.alter_column("installation", "box_key", nullable=False)
    op.add_column(
        "notebook",
        sa.Column(
            "turn_asked",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="a device left since the last key",
        ),
    )
    op.add_column(
        "notebook_key",
        sa.Column("check", sa.LargeBinary(), nullable=True, comment="tells the true key from another"),
    )
    op.add_column(
        "device",
        sa.Column(
            "allowed_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="none while the notebook's key is not wrapped for it",
        ),
    )
    op.execute("UPDATE device SET allowed_at = enrolled_at")
    op.add_column(
        "device",
        sa.Column("vouch", sa.LargeBinary(), nullable=True, comment="a member's proof that these keys are a member's"),
    )
    op.add_column(
        "device_epoch",
        sa.Column(
            "durable_seq", sa.BigInteger(), server_default="0", nullable=False, comment="the last in a verified backup"
        ),
    )
    op.add_column(
        "operation",
        sa.Column(
            "base",
            sa.BigInteger(),
            nullable=True,
            comment="the notebook's version the device had received when it was made",
        ),
    )
    op.add_column(
        "record",
        sa.Column(
            "changed",
            postgresql.JSONB(),
            server_default="{}",
            nullable=False,
            comment="version and author of each field's last change",
        ),
    )
    op.add_column(
        "record",
        sa.Column(
            "authors",
            sa.ARRAY(sa.Uuid()),
            server_default="{}",
            nullable=False,
            comment="the devices that `changed` numbers",
        ),
    )
    op.add_column(
        "record",
        sa.Column(
            "lost",
            postgresql.JSONB(),
            server_default="{}",
            nullable=False,
            comment="operations whose value of a field lost",
        ),
    )
