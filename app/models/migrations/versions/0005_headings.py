"""The headings that activities count under, once each, in the place of all that is ticked on every activity."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a table; derive the headings of the activities there are, and index them with the rest of their figures."""
    for statement in STATEMENTS:
        op.execute(statement)


FOUND = """WITH found (id, field, code) AS (
        SELECT activity, field, code FROM activity_choice WHERE field IN ('topics', 'families', 'equipment', 'tags')
        UNION ALL SELECT id, 'procedures', procedures FROM activity WHERE procedures IS NOT NULL
        UNION ALL SELECT id, 'procedures', '' FROM activity WHERE procedure_note <> ''
        UNION ALL SELECT id, 'placed', json_array(hex(place), place_kind, municipality) FROM activity
        UNION ALL SELECT id, 'reached', json_array(kind, referred, referral, level, autonomy) FROM activity
        UNION ALL SELECT id, 'group_gender', json_extract(anonymous, '$.total', '$.gender') FROM activity
        WHERE anonymous IS NOT NULL
        UNION ALL SELECT id, 'group_age_band', json_extract(anonymous, '$.total', '$.age_band') FROM activity
        WHERE anonymous IS NOT NULL
        UNION ALL SELECT id, 'group_status', json_extract(anonymous, '$.total', '$.status') FROM activity
        WHERE anonymous IS NOT NULL)"""
DERIVED = (
    f"{FOUND} INSERT INTO heading (field, code) SELECT DISTINCT field, code FROM found",
    f"""{FOUND} UPDATE activity SET headings = under.letters FROM (
            SELECT found.id, group_concat(char(heading.number + iif(heading.number < 55296, 0, 2048)), '') AS letters
            FROM found JOIN heading USING (field, code) GROUP BY found.id
        ) AS under WHERE under.id = activity.id""",
)
STATEMENTS = (
    """CREATE TABLE heading (
        number INTEGER NOT NULL,
        field TEXT NOT NULL,
        code TEXT NOT NULL,
        CONSTRAINT pk_heading PRIMARY KEY (number),
        CONSTRAINT uq_heading_field_code UNIQUE (field, code)
    )""",
    "DROP INDEX ix_activity_figures",
    "ALTER TABLE activity DROP COLUMN ticked",
    "ALTER TABLE activity ADD COLUMN headings TEXT",
    *DERIVED,
    """CREATE INDEX ix_activity_figures ON activity (deleted, day, id, kind, place_kind, place, municipality, minutes, people, created_at, autonomy, headings, anonymous)""",
)
