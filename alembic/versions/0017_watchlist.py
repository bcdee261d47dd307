"""what each profile means to watch"""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0017"
down_revision: str | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "watchlist",
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column(
            "added_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["profile_id"],
            ["profiles.id"],
            name=op.f("fk_watchlist_profile_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_watchlist_item_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("profile_id", "item_id", name=op.f("pk_watchlist")),
    )
    op.create_index(op.f("ix_watchlist_item_id"), "watchlist", ["item_id"])


def downgrade() -> None:
    op.drop_table("watchlist")
