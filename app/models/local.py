"""What stays on this computer or waits to leave it: outbox, state, history, lost values, drafts, imports."""

from sqlalchemy import JSON, Boolean, Column, Index, Integer, LargeBinary, Table, Text

from app.models.base import Code, Uid, metadata
from protocol.vocabulary import RecordKind

outbox = Table(
    "outbox",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("op_id", Uid, nullable=False, unique=True),
    Column("kind", Code(RecordKind), nullable=False),
    Column("record_id", Uid, nullable=False),
    Column("clock_ms", Integer, nullable=False),
    Column("clock_counter", Integer, nullable=False),
    Column("fields", JSON, nullable=False),
    Column("sent", Boolean, nullable=False, server_default="0"),
    Column("acked_at", Integer),
    Column("refusal", Text),
    Column("base", Integer),
    Column("erases", Boolean, nullable=False, server_default="0"),
    Column("piece", LargeBinary),
)
"""The operations of this computer, in order; one that was ever sent is never changed again.

`acked_at` is in the server's time, `base` the version of the notebook that was received when the change was made,
`piece` its sealed part, closed once.
"""

Index("ix_outbox_record", outbox.c.record_id, outbox.c.sent)
Index("ix_outbox_acked", outbox.c.acked_at, outbox.c.seq)

state = Table("state", metadata, Column("key", Text, primary_key=True), Column("value", JSON))
"""What the program remembers by name: the keys of the synchronisation, the advisor's name, usual choices."""

TYPED = "typed."
"""How the names of the forms neither saved nor given up begin; the person that one is about is their end."""

change = Table(
    "change",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("kind", Code(RecordKind), nullable=False),
    Column("record_id", Uid, nullable=False),
    Column("at", Integer, nullable=False),
    Column("here", Boolean, nullable=False),
    Column("before", JSON, nullable=False),
    Column("after", JSON, nullable=False),
    Column("author", Uid),
)
"""The history: the fields changed, before and after; `here` is false for what another computer sent, its `author`."""

Index("ix_change_record", change.c.record_id, change.c.number)

lost_value = Table(
    "lost_value",
    metadata,
    Column("kind", Code(RecordKind), nullable=False),
    Column("record_id", Uid, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("op_id", Uid, primary_key=True),
    Column("author", Uid, nullable=False),
    Column("at", Integer, nullable=False),
    Column("value", JSON),
    Column("settled", Boolean, nullable=False, server_default="0"),
    sqlite_with_rowid=False,
)
"""Values that lost to others made without knowing of them; `settled` once the advisor wants no more of one."""

held_row = Table(
    "held_row",
    metadata,
    Column("record_id", Uid, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("row", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""Rows received that no key of this computer opens yet, as they came: tried again with each new key or program."""

draft = Table(
    "draft",
    metadata,
    Column("id", Uid, primary_key=True),
    Column("form", JSON, nullable=False),
    Column("started_at", Integer, nullable=False),
    Column("kept_at", Integer, nullable=False),
)
"""Forms not yet saved, kept within a second of what is typed."""

import_batch = Table(
    "import_batch",
    metadata,
    Column("id", Uid, primary_key=True),
    Column("at", Integer, nullable=False),
    Column("file", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("undone", Boolean, nullable=False, server_default="0"),
)
"""The files whose content was taken into the notebook, on this computer; `undone` once it was taken out again.

`kind` is what the file was (`FileKind`).
"""

imported = Table(
    "imported",
    metadata,
    Column("batch", Uid, primary_key=True),
    Column("kind", Code(RecordKind), primary_key=True),
    Column("record_id", Uid, primary_key=True),
    sqlite_with_rowid=False,
)
"""What each import created or brought back: what undoing it takes away."""
