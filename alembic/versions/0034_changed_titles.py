"""the titles that each step of the catalogue's version changed, so that the others stay in memory"""

from collections.abc import Sequence

from alembic import op

revision: str = "0034"
down_revision: str | None = "0033"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("""
        CREATE TABLE catalogue_changes (
            version bigint CONSTRAINT pk_catalogue_changes PRIMARY KEY,
            item_ids integer[]
        )
    """)


def downgrade() -> None:
    op.execute("DROP TABLE catalogue_changes")
