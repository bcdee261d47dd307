"""the title that a row was applied as before another was chosen, until that is taken back"""

from collections.abc import Sequence

from alembic import op

revision: str = "0037"
down_revision: str | None = "0036"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("ALTER TABLE import_rows ADD COLUMN left_item_id integer")


def downgrade() -> None:
    op.execute("ALTER TABLE import_rows DROP COLUMN left_item_id")
