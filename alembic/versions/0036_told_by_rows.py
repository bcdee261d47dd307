"""what rows tell besides: episodes seen, owned, how far a sitting came, what a title is sought by"""

from collections.abc import Sequence

from alembic import op

revision: str = "0036"
down_revision: str | None = "0035"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE import_rows
            ADD COLUMN episodes integer,
            ADD COLUMN is_owned boolean NOT NULL DEFAULT false,
            ADD COLUMN reached real,
            ADD COLUMN sought jsonb
    """)


def downgrade() -> None:
    op.execute("""
        ALTER TABLE import_rows
            DROP COLUMN episodes,
            DROP COLUMN is_owned,
            DROP COLUMN reached,
            DROP COLUMN sought
    """)
