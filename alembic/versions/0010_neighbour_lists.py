"""neighbours as two lists per item, and how much an item is liked"""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    # A model is learned, not entered: the next run of the job writes it anew.
    op.execute("DELETE FROM collaborative_models")
    op.drop_table("item_neighbours")
    op.create_table(
        "item_neighbours",
        sa.Column("model_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("likings", sa.REAL(), nullable=False),
        sa.Column("co_liked_ids", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.Column("co_liked_weights", postgresql.ARRAY(sa.REAL()), nullable=False),
        sa.Column("followed_ids", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.Column("followed_weights", postgresql.ARRAY(sa.REAL()), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_item_neighbours_item_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["model_id"],
            ["collaborative_models.id"],
            name=op.f("fk_item_neighbours_model_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("model_id", "item_id", name=op.f("pk_item_neighbours")),
    )
    op.create_index("ix_item_neighbours_item_id", "item_neighbours", ["item_id"], unique=False)


def downgrade() -> None:
    op.execute("DELETE FROM collaborative_models")
    op.drop_table("item_neighbours")
    op.create_table(
        "item_neighbours",
        sa.Column("model_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("neighbour_id", sa.Integer(), nullable=False),
        sa.Column("weight", sa.REAL(), nullable=False),
        sa.Column("support", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_item_neighbours_item_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["model_id"],
            ["collaborative_models.id"],
            name=op.f("fk_item_neighbours_model_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["neighbour_id"],
            ["items.id"],
            name=op.f("fk_item_neighbours_neighbour_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "model_id", "item_id", "neighbour_id", name=op.f("pk_item_neighbours")
        ),
    )
    op.create_index("ix_item_neighbours_item_id", "item_neighbours", ["item_id"], unique=False)
    op.create_index(
        "ix_item_neighbours_neighbour_id", "item_neighbours", ["neighbour_id"], unique=False
    )
