"""Every operation received: what makes a repeated push harmless, the history of a record, the sealed pieces."""

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Table,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from server.models.base import metadata

operation = Table(
    "operation",
    metadata,
    Column("notebook", Uuid, primary_key=True),
    Column("device", Uuid, primary_key=True),
    Column("epoch", Uuid, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("op", Uuid, nullable=False),
    Column("outcome", String(16), nullable=False, comment="kept, known (sent again under a new epoch) or refused"),
    Column("reason", Text),
    Column("kind", String(32)),
    Column("record", Uuid),
    Column("clock_ms", BigInteger),
    Column("clock_counter", BigInteger),
    Column("base", BigInteger, comment="the notebook's version the device had received when it was made"),
    Column("fields", JSONB, comment="open fields; never kept when refused: a refused one may hold a name"),
    Column("names", ARRAY(String(64)), comment="names of the sealed fields in the piece"),
    Column("piece", LargeBinary),
    Column("received_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    ForeignKeyConstraint(["notebook", "device"], ["device.notebook", "device.id"]),
)

Index("ix_operation_notebook_record", operation.c.notebook, operation.c.record)
Index(
    "ix_operation_notebook_op",
    operation.c.notebook,
    operation.c.op,
    unique=True,
    postgresql_where=text("outcome <> 'known'"),
)
