"""What follows a person: cases, mandates and their journal, assessments, sheets; more of what is kept on people."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add six tables and nine columns."""
    for statement in STATEMENTS:
        op.execute(statement)


STATEMENTS = (
    """CREATE TABLE procedure (
        number INTEGER NOT NULL,
        id BLOB NOT NULL,
        created_at INTEGER NOT NULL,
        deleted BOOLEAN NOT NULL,
        version INTEGER DEFAULT '0' NOT NULL,
        family TEXT,
        archived BOOLEAN,
        name TEXT,
        bring JSON,
        steps JSON,
        site TEXT,
        address TEXT,
        delay TEXT,
        phone TEXT,
        source TEXT,
        checked_on TEXT,
        CONSTRAINT pk_procedure PRIMARY KEY (number),
        CONSTRAINT uq_procedure_id UNIQUE (id)
    )""",
    """CREATE TABLE procedure_case (
        number INTEGER NOT NULL,
        id BLOB NOT NULL,
        created_at INTEGER NOT NULL,
        deleted BOOLEAN NOT NULL,
        version INTEGER DEFAULT '0' NOT NULL,
        beneficiary BLOB,
        family TEXT,
        status TEXT,
        procedure TEXT,
        name TEXT,
        steps JSON,
        reference TEXT,
        deadline TEXT,
        opened_on TEXT,
        closed_on TEXT,
        notes TEXT,
        CONSTRAINT pk_procedure_case PRIMARY KEY (number),
        CONSTRAINT uq_procedure_case_id UNIQUE (id)
    )""",
    "CREATE INDEX ix_procedure_case_beneficiary ON procedure_case (beneficiary, deleted)",
    "CREATE INDEX ix_procedure_case_urgency ON procedure_case (deleted, status, deadline)",
    """CREATE TABLE mandate (
        number INTEGER NOT NULL,
        id BLOB NOT NULL,
        created_at INTEGER NOT NULL,
        deleted BOOLEAN NOT NULL,
        version INTEGER DEFAULT '0' NOT NULL,
        beneficiary BLOB,
        duration TEXT,
        starts_on TEXT,
        expires_on TEXT,
        families JSON,
        revoked JSON,
        acts TEXT,
        made_at TEXT,
        signing TEXT,
        person_signature TEXT,
        advisor_signature TEXT,
        CONSTRAINT pk_mandate PRIMARY KEY (number),
        CONSTRAINT uq_mandate_id UNIQUE (id)
    )""",
    "CREATE INDEX ix_mandate_beneficiary ON mandate (beneficiary, deleted)",
    """CREATE TABLE mandate_entry (
        number INTEGER NOT NULL,
        id BLOB NOT NULL,
        created_at INTEGER NOT NULL,
        deleted BOOLEAN NOT NULL,
        version INTEGER DEFAULT '0' NOT NULL,
        mandate BLOB,
        at INTEGER,
        act TEXT,
        family TEXT,
        said TEXT,
        author TEXT,
        previous JSON,
        digest TEXT,
        CONSTRAINT pk_mandate_entry PRIMARY KEY (number),
        CONSTRAINT uq_mandate_entry_id UNIQUE (id)
    )""",
    "CREATE INDEX ix_mandate_entry_mandate ON mandate_entry (mandate, at)",
    """CREATE TABLE assessment (
        number INTEGER NOT NULL,
        id BLOB NOT NULL,
        created_at INTEGER NOT NULL,
        deleted BOOLEAN NOT NULL,
        version INTEGER DEFAULT '0' NOT NULL,
        beneficiary BLOB,
        day TEXT,
        answers JSON,
        scores JSON,
        internet_use BOOLEAN,
        finer JSON,
        objectives JSON,
        notes TEXT,
        CONSTRAINT pk_assessment PRIMARY KEY (number),
        CONSTRAINT uq_assessment_id UNIQUE (id)
    )""",
    "CREATE INDEX ix_assessment_beneficiary ON assessment (beneficiary, deleted, day)",
    """CREATE TABLE sheet (
        number INTEGER NOT NULL,
        id BLOB NOT NULL,
        created_at INTEGER NOT NULL,
        deleted BOOLEAN NOT NULL,
        version INTEGER DEFAULT '0' NOT NULL,
        archived BOOLEAN,
        text TEXT,
        CONSTRAINT pk_sheet PRIMARY KEY (number),
        CONSTRAINT uq_sheet_id UNIQUE (id)
    )""",
    "ALTER TABLE beneficiary ADD COLUMN address TEXT",
    "ALTER TABLE beneficiary ADD COLUMN informed_on TEXT",
    "ALTER TABLE beneficiary ADD COLUMN consent TEXT",
    "ALTER TABLE beneficiary ADD COLUMN consent_on TEXT",
    "ALTER TABLE beneficiary ADD COLUMN keep_until TEXT",
    "ALTER TABLE beneficiary ADD COLUMN distinct_from JSON",
    "ALTER TABLE beneficiary ADD COLUMN merged_into BLOB",
    'ALTER TABLE beneficiary ADD COLUMN "merge" JSON',
    "ALTER TABLE beneficiary ADD COLUMN sorted_as TEXT",
    "CREATE INDEX ix_beneficiary_sorted_as ON beneficiary (deleted, sorted_as)",
    "CREATE INDEX ix_beneficiary_merged_into ON beneficiary (merged_into) WHERE merged_into IS NOT NULL",
)
