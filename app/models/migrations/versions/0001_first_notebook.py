"""The first notebook: records, choices, search, outbox, state, history, drafts."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table of the first version."""
    for statement in STATEMENTS:
        op.execute(statement)


STATEMENTS = (
    """CREATE TABLE activity (
        number INTEGER NOT NULL,
        id BLOB NOT NULL,
        created_at INTEGER NOT NULL,
        deleted BOOLEAN NOT NULL,
        kind TEXT,
        day TEXT,
        minutes INTEGER,
        place_kind TEXT,
        place BLOB,
        municipality TEXT,
        postal_code TEXT,
        autonomy TEXT,
        referred BOOLEAN,
        referral TEXT,
        level TEXT,
        anonymous JSON,
        title TEXT,
        procedures JSON,
        procedure_note TEXT,
        notes TEXT,
        people INTEGER DEFAULT '0' NOT NULL,
        CONSTRAINT pk_activity PRIMARY KEY (number),
        CONSTRAINT uq_activity_id UNIQUE (id)
    )""",
    """CREATE INDEX ix_activity_list ON activity (deleted, day, number, id, kind, place_kind, place, municipality, minutes, people, created_at)""",
    """CREATE TABLE activity_choice (
        activity BLOB NOT NULL,
        field TEXT NOT NULL,
        code TEXT NOT NULL,
        CONSTRAINT pk_activity_choice PRIMARY KEY (activity, field, code)
    )
     WITHOUT ROWID""",
    """CREATE INDEX ix_activity_choice_code ON activity_choice (field, code, activity)""",
    """CREATE TABLE attendance (
        number INTEGER NOT NULL,
        id BLOB NOT NULL,
        created_at INTEGER NOT NULL,
        deleted BOOLEAN NOT NULL,
        activity BLOB,
        beneficiary BLOB,
        age_band TEXT,
        gender TEXT,
        status TEXT,
        municipality TEXT,
        postal_code TEXT,
        already BOOLEAN,
        first BOOLEAN DEFAULT '0' NOT NULL,
        CONSTRAINT pk_attendance PRIMARY KEY (number),
        CONSTRAINT uq_attendance_id UNIQUE (id)
    )""",
    """CREATE INDEX ix_attendance_activity ON attendance (activity)""",
    """CREATE INDEX ix_attendance_beneficiary ON attendance (beneficiary, deleted)""",
    """CREATE TABLE beneficiary (
        number INTEGER NOT NULL,
        id BLOB NOT NULL,
        created_at INTEGER NOT NULL,
        deleted BOOLEAN NOT NULL,
        first_name TEXT,
        last_name TEXT,
        birth_year INTEGER,
        phone TEXT,
        no_phone BOOLEAN,
        email TEXT,
        municipality TEXT,
        postal_code TEXT,
        gender TEXT,
        age_band TEXT,
        status TEXT,
        notes TEXT,
        accompaniments INTEGER DEFAULT '0' NOT NULL,
        CONSTRAINT pk_beneficiary PRIMARY KEY (number),
        CONSTRAINT uq_beneficiary_id UNIQUE (id)
    )""",
    """CREATE INDEX ix_beneficiary_accompaniments ON beneficiary (deleted, accompaniments)""",
    """CREATE TABLE change (
        number INTEGER NOT NULL,
        kind TEXT NOT NULL,
        record_id BLOB NOT NULL,
        at INTEGER NOT NULL,
        here BOOLEAN NOT NULL,
        "before" JSON NOT NULL,
        "after" JSON NOT NULL,
        CONSTRAINT pk_change PRIMARY KEY (number)
    )""",
    """CREATE INDEX ix_change_record ON change (record_id, number)""",
    """CREATE TABLE draft (
        id BLOB NOT NULL,
        form JSON NOT NULL,
        started_at INTEGER NOT NULL,
        kept_at INTEGER NOT NULL,
        CONSTRAINT pk_draft PRIMARY KEY (id)
    )""",
    """CREATE TABLE outbox (
        seq INTEGER NOT NULL,
        op_id BLOB NOT NULL,
        kind TEXT NOT NULL,
        record_id BLOB NOT NULL,
        clock_ms INTEGER NOT NULL,
        clock_counter INTEGER NOT NULL,
        fields JSON NOT NULL,
        sent BOOLEAN DEFAULT '0' NOT NULL,
        acked_at INTEGER,
        refusal TEXT,
        CONSTRAINT pk_outbox PRIMARY KEY (seq),
        CONSTRAINT uq_outbox_op_id UNIQUE (op_id)
    )""",
    """CREATE INDEX ix_outbox_acked ON outbox (acked_at, seq)""",
    """CREATE INDEX ix_outbox_record ON outbox (record_id, sent)""",
    """CREATE TABLE place (
        number INTEGER NOT NULL,
        id BLOB NOT NULL,
        created_at INTEGER NOT NULL,
        deleted BOOLEAN NOT NULL,
        name TEXT,
        address TEXT,
        municipality TEXT,
        postal_code TEXT,
        typology TEXT,
        siret TEXT,
        itinerant BOOLEAN,
        latitude FLOAT,
        longitude FLOAT,
        source TEXT,
        source_id TEXT,
        archived BOOLEAN,
        CONSTRAINT pk_place PRIMARY KEY (number),
        CONSTRAINT uq_place_id UNIQUE (id)
    )""",
    """CREATE TABLE state (
        "key" TEXT NOT NULL,
        value JSON,
        CONSTRAINT pk_state PRIMARY KEY ("key")
    )""",
    """CREATE TABLE tag (
        number INTEGER NOT NULL,
        id BLOB NOT NULL,
        created_at INTEGER NOT NULL,
        deleted BOOLEAN NOT NULL,
        name TEXT,
        description TEXT,
        archived BOOLEAN,
        CONSTRAINT pk_tag PRIMARY KEY (number),
        CONSTRAINT uq_tag_id UNIQUE (id)
    )""",
    """CREATE VIRTUAL TABLE activity_search USING fts5(words, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='2 3')""",
    """CREATE VIRTUAL TABLE beneficiary_search USING fts5(words, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='2 3')""",
)
