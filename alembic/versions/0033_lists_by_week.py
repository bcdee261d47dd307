"""served lists by week: those of a week are dropped at once, and leave nothing to be cleaned up"""

from collections.abc import Sequence

from alembic import op

revision: str = "0033"
down_revision: str | None = "0032"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_INDEXES = (
    "CREATE INDEX ix_slates_user_id ON slates (user_id)",
    "CREATE INDEX ix_slates_created_at ON slates (created_at)",
    "CREATE INDEX ix_slates_evening ON slates (user_id, evening) WHERE evening IS NOT NULL",
)
_NAMING_LISTS = ("list_members", "shadow_lists")
# What they hold is read once, as are the ids of all lists, while lists wait.
_DROP_KEY = "ALTER TABLE {table} DROP CONSTRAINT fk_{table}_slate_id"
_ADD_KEY = """
    ALTER TABLE {table} ADD CONSTRAINT fk_{table}_slate_id
        FOREIGN KEY (slate_id) REFERENCES slates (id) ON DELETE CASCADE
"""
_LIKE = "INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE"
# Ids of before are random, so some lie where those of a week to come will: they move there. As many
# weeks as lists are kept by default, so that those of before are gone when the next is made.
_WEEKS = """
    DO $$
    DECLARE
        week date := date_trunc('week', now() AT TIME ZONE 'UTC');
        part text;
        first uuid;
        behind uuid;
    BEGIN
        FOR number IN 0..13 LOOP
            part := to_char(week, '"from_"YYYY_MM_DD');
            first := (lpad(to_hex(extract(epoch FROM week)::bigint * 1000), 12, '0')
                || repeat('0', 20))::uuid;
            behind := (lpad(to_hex(extract(epoch FROM week + 7)::bigint * 1000), 12, '0')
                || repeat('0', 20))::uuid;
            EXECUTE format('CREATE TABLE slate_weeks.%I PARTITION OF slates'
                ' FOR VALUES FROM (%L) TO (%L)', part, first, behind);
            EXECUTE format('WITH moved AS (DELETE FROM slate_weeks.others'
                ' WHERE id >= %L AND id < %L RETURNING *)'
                ' INSERT INTO slate_weeks.%I SELECT * FROM moved', first, behind, part);
            week := week + 7;
        END LOOP;
    END $$
"""
_TOGETHER = """
    DO $$
    DECLARE
        part regclass;
    BEGIN
        FOR part IN SELECT inhrelid FROM pg_inherits WHERE inhparent = 'slates'::regclass LOOP
            EXECUTE format('ALTER TABLE slates DETACH PARTITION %s', part);
            IF part <> 'slate_weeks.others'::regclass THEN
                EXECUTE format('INSERT INTO slate_weeks.others SELECT * FROM %s', part);
                EXECUTE format('DROP TABLE %s', part);
            END IF;
        END LOOP;
    END $$
"""


def upgrade() -> None:
    for table in _NAMING_LISTS:
        op.execute(_DROP_KEY.format(table=table))
    op.execute("CREATE SCHEMA slate_weeks")
    op.execute("ALTER TABLE slates SET SCHEMA slate_weeks")
    op.execute("ALTER TABLE slate_weeks.slates RENAME TO others")
    op.execute(
        f"CREATE TABLE slates (LIKE slate_weeks.others {_LIKE}, CONSTRAINT pk_slates "
        "PRIMARY KEY (id)) PARTITION BY RANGE (id)"
    )
    for index in _INDEXES:
        op.execute(index)
    op.execute(_WEEKS)
    op.execute("ALTER TABLE slates ATTACH PARTITION slate_weeks.others DEFAULT")
    for table in _NAMING_LISTS:
        op.execute(_ADD_KEY.format(table=table))


def downgrade() -> None:
    for table in _NAMING_LISTS:
        op.execute(_DROP_KEY.format(table=table))
    op.execute(_TOGETHER)
    op.execute("DROP TABLE slates")
    op.execute("ALTER TABLE slate_weeks.others RENAME TO slates")
    op.execute("ALTER TABLE slate_weeks.slates SET SCHEMA public")
    op.execute("DROP SCHEMA slate_weeks")
    for table in _NAMING_LISTS:
        op.execute(_ADD_KEY.format(table=table))
