"""how high titles are rated, for predictions"""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "0030"
down_revision: str | None = "0029"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("collaborative_models", sa.Column("rating_numbers", postgresql.JSONB()))
    op.create_table(
        "item_levels",
        sa.Column("model_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("ratings", sa.Integer(), nullable=False),
        sa.Column("level", sa.REAL(), nullable=False),
        sa.Column("factors", postgresql.ARRAY(sa.REAL()), nullable=False),
        sa.ForeignKeyConstraint(
            ["model_id"],
            ["collaborative_models.id"],
            name="fk_item_levels_model_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name="fk_item_levels_item_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("model_id", "item_id", name="pk_item_levels"),
    )
    op.create_index("ix_item_levels_item_id", "item_levels", ["item_id"])


def downgrade() -> None:
    op.drop_table("item_levels")
    op.drop_column("collaborative_models", "rating_numbers")
