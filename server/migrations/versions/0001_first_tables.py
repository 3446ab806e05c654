"""Notebooks, devices, operations and records."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "installation",
        sa.Column(
            "incarnation", sa.Uuid(), nullable=False, comment="changed by an administrator who restores a backup"
        ),
        sa.Column("since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("incarnation", name=op.f("pk_installation")),
    )
    op.create_table(
        "notebook",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="0", nullable=False, comment="raised once per push, last"),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notebook")),
    )
    op.create_table(
        "device",
        sa.Column("notebook", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sign_key", sa.LargeBinary(), nullable=False, comment="Ed25519 public key"),
        sa.Column("box_key", sa.LargeBinary(), nullable=False, comment="X25519 public key"),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["notebook"], ["notebook.id"], name=op.f("fk_device_notebook")),
        sa.PrimaryKeyConstraint("notebook", "id", name=op.f("pk_device")),
        sa.UniqueConstraint("id", name=op.f("uq_device_id")),
    )
    op.create_table(
        "enrolment_code",
        sa.Column("notebook", sa.Uuid(), nullable=False),
        sa.Column(
            "digest", sa.LargeBinary(), nullable=False, comment="BLAKE2b of the code: the code itself is never kept"
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("device", sa.Uuid(), nullable=True, comment="the only device that used it"),
        sa.ForeignKeyConstraint(["notebook"], ["notebook.id"], name=op.f("fk_enrolment_code_notebook")),
        sa.PrimaryKeyConstraint("notebook", "digest", name=op.f("pk_enrolment_code")),
        sa.UniqueConstraint("digest", name=op.f("uq_enrolment_code_digest")),
    )
    op.create_table(
        "notebook_key",
        sa.Column("notebook", sa.Uuid(), nullable=False),
        sa.Column("generation", sa.SmallInteger(), nullable=False),
        sa.Column("recovery_key", sa.LargeBinary(), nullable=False, comment="X25519 public half of the recovery code"),
        sa.Column("recovery_wrap", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["notebook"], ["notebook.id"], name=op.f("fk_notebook_key_notebook")),
        sa.PrimaryKeyConstraint("notebook", "generation", name=op.f("pk_notebook_key")),
    )
    op.create_table(
        "record",
        sa.Column("notebook", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("fields", postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment="open fields only"),
        sa.Column(
            "clocks",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="when each field, or each element of a set, last changed",
        ),
        sa.Column(
            "pieces",
            postgresql.ARRAY(sa.Uuid()),
            nullable=False,
            comment="operations whose sealed piece is still needed",
        ),
        sa.Column("clock_ms", sa.BigInteger(), nullable=False),
        sa.Column("clock_counter", sa.BigInteger(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False, comment="deleted, and not edited later"),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["notebook"], ["notebook.id"], name=op.f("fk_record_notebook")),
        sa.PrimaryKeyConstraint("notebook", "kind", "id", name=op.f("pk_record")),
    )
    op.create_index("ix_record_notebook_version", "record", ["notebook", "version"], unique=False)
    op.create_table(
        "device_epoch",
        sa.Column("notebook", sa.Uuid(), nullable=False),
        sa.Column("device", sa.Uuid(), nullable=False),
        sa.Column("epoch", sa.Uuid(), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("last_op", sa.Uuid(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["notebook", "device"], ["device.notebook", "device.id"], name=op.f("fk_device_epoch_notebook")
        ),
        sa.PrimaryKeyConstraint("notebook", "device", "epoch", name=op.f("pk_device_epoch")),
    )
    op.create_table(
        "device_key",
        sa.Column("notebook", sa.Uuid(), nullable=False),
        sa.Column("device", sa.Uuid(), nullable=False),
        sa.Column("generation", sa.SmallInteger(), nullable=False),
        sa.Column("wrap", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["notebook", "device"], ["device.notebook", "device.id"], name=op.f("fk_device_key_notebook")
        ),
        sa.PrimaryKeyConstraint("notebook", "device", "generation", name=op.f("pk_device_key")),
    )
    op.create_table(
        "operation",
        sa.Column("notebook", sa.Uuid(), nullable=False),
        sa.Column("device", sa.Uuid(), nullable=False),
        sa.Column("epoch", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("op", sa.Uuid(), nullable=False),
        sa.Column(
            "outcome",
            sa.String(length=16),
            nullable=False,
            comment="kept, known (sent again under a new epoch) or refused",
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=True),
        sa.Column("record", sa.Uuid(), nullable=True),
        sa.Column("clock_ms", sa.BigInteger(), nullable=True),
        sa.Column("clock_counter", sa.BigInteger(), nullable=True),
        sa.Column(
            "fields",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=True,
            comment="open fields; never kept when refused: a refused one may hold a name",
        ),
        sa.Column(
            "names",
            postgresql.ARRAY(sa.String(length=64)),
            nullable=True,
            comment="names of the sealed fields in the piece",
        ),
        sa.Column("piece", sa.LargeBinary(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["notebook", "device"], ["device.notebook", "device.id"], name=op.f("fk_operation_notebook")
        ),
        sa.PrimaryKeyConstraint("notebook", "device", "epoch", "seq", name=op.f("pk_operation")),
    )
    op.create_index(
        "ix_operation_notebook_op",
        "operation",
        ["notebook", "op"],
        unique=True,
        postgresql_where=sa.text("outcome <> 'known'"),
    )
    op.create_index("ix_operation_notebook_record", "operation", ["notebook", "record"], unique=False)
    op.execute("INSERT INTO installation (incarnation) VALUES (gen_random_uuid())")
