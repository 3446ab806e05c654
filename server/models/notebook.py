"""The installation itself, the notebooks it keeps and their wrapped keys."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    LargeBinary,
    SmallInteger,
    Table,
    Uuid,
    false,
    func,
)

from server.models.base import metadata

installation = Table(
    "installation",
    metadata,
    Column("incarnation", Uuid, primary_key=True, comment="changed by an administrator who restores a backup"),
    Column("since", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("box_key", LargeBinary, nullable=False, comment="X25519 private key: opens courier files"),
)

notebook = Table(
    "notebook",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", BigInteger, nullable=False, server_default="0", comment="raised once per push, last"),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("turn_asked", Boolean, nullable=False, server_default=false(), comment="a device left since the last key"),
)

notebook_key = Table(
    "notebook_key",
    metadata,
    Column("notebook", Uuid, ForeignKey("notebook.id"), primary_key=True),
    Column("generation", SmallInteger, primary_key=True),
    Column("recovery_key", LargeBinary, nullable=False, comment="X25519 public half of the recovery code"),
    Column("recovery_wrap", LargeBinary, nullable=False),
    Column("check", LargeBinary, comment="tells the true key from another"),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)
