"""The structures that employ the advisor, what was taken in from files, and what the figures read."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add three tables; what the figures ask of an activity and of a presence, derived for those there are, indexed."""
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
    "ALTER TABLE activity ADD COLUMN ticked TEXT",
    """UPDATE activity SET ticked = nullif(coalesce((
            SELECT group_concat(c.field || '\x1f' || replace(replace(c.code, '\x1e', '?'), '\x1f', '?') || '\x1e', ''
                ORDER BY c.field, c.code)
            FROM activity_choice c WHERE c.activity = activity.id), '')
        || coalesce('procedures\x1f' || procedures || '\x1e', '')
        || CASE WHEN procedure_note <> '' THEN 'procedures\x1f\x1e' ELSE '' END, '')""",
    "ALTER TABLE attendance ADD COLUMN moment INTEGER",
    """UPDATE attendance SET moment = (
        SELECT coalesce(unixepoch(a.day) / 86400 + 719163, 0) * 4 + CASE WHEN a.kind = 'individuel' THEN
            CASE a.autonomy WHEN 'entierement_accompagne' THEN 1 WHEN 'partiellement_autonome' THEN 2
                WHEN 'autonome' THEN 3 ELSE 0 END
            ELSE 0 END
        FROM activity a WHERE a.id = attendance.activity AND NOT a.deleted)""",
    """CREATE INDEX ix_activity_figures ON activity (deleted, day, id, kind, place_kind, place, municipality, minutes, people, created_at, autonomy, referred, referral, level, ticked, anonymous)""",
    """CREATE INDEX ix_attendance_beneficiary ON attendance (beneficiary, deleted, moment, activity, first, already, age_band, gender, status, municipality)""",
)
