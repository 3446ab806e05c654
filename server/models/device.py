"""The computers that may read and write a notebook, and the codes that let them in."""

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    LargeBinary,
    SmallInteger,
    Table,
    UniqueConstraint,
    Uuid,
    func,
)

from server.models.base import metadata

device = Table(
    "device",
    metadata,
    Column("notebook", Uuid, ForeignKey("notebook.id"), primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("sign_key", LargeBinary, nullable=False, comment="Ed25519 public key"),
    Column("box_key", LargeBinary, nullable=False, comment="X25519 public key"),
    Column("enrolled_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("allowed_at", DateTime(timezone=True), comment="none while the notebook's key is not wrapped for it"),
    Column("revoked_at", DateTime(timezone=True)),
    Column("vouch", LargeBinary, comment="a member's proof that these keys are a member's"),
    UniqueConstraint("id"),
)

device_key = Table(
    "device_key",
    metadata,
    Column("notebook", Uuid, primary_key=True),
    Column("device", Uuid, primary_key=True),
    Column("generation", SmallInteger, primary_key=True),
    Column("wrap", LargeBinary, nullable=False),
    ForeignKeyConstraint(["notebook", "device"], ["device.notebook", "device.id"]),
)

device_epoch = Table(
    "device_epoch",
    metadata,
    Column("notebook", Uuid, primary_key=True),
    Column("device", Uuid, primary_key=True),
    Column("epoch", Uuid, primary_key=True),
    Column("last_seq", BigInteger, nullable=False),
    Column("last_op", Uuid, nullable=False),
    Column("last_at", DateTime(timezone=True), nullable=False),
    Column("durable_seq", BigInteger, nullable=False, server_default="0", comment="the last in a verified backup"),
    ForeignKeyConstraint(["notebook", "device"], ["device.notebook", "device.id"]),
)

enrolment_code = Table(
    "enrolment_code",
    metadata,
    Column("notebook", Uuid, ForeignKey("notebook.id"), primary_key=True),
    Column("digest", LargeBinary, primary_key=True, comment="BLAKE2b of the code: the code itself is never kept"),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("device", Uuid, comment="the only device that used it"),
    UniqueConstraint("digest"),
)
