"""which evening a list was made for"""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0028"
down_revision: str | None = "0027"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("slates", sa.Column("evening", sa.Date()))
    op.create_index(
        "ix_slates_evening",
        "slates",
        ["user_id", "evening"],
        postgresql_where=sa.text("evening IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_column("slates", "evening")
