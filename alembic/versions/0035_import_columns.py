"""what of a table of one's own was not read, and the scale that its ratings were taken to be on"""

from collections.abc import Sequence

from alembic import op

revision: str = "0035"
down_revision: str | None = "0034"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("""
        ALTER TABLE imports
            ADD COLUMN columns_left text[] NOT NULL DEFAULT '{}',
            ADD COLUMN rating_scale real
    """)


def downgrade() -> None:
    op.execute("ALTER TABLE imports DROP COLUMN columns_left, DROP COLUMN rating_scale")
