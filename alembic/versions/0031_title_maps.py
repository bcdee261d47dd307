"""titles beside each other: links, and places on a map"""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "0031"
down_revision: str | None = "0030"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "title_maps",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("titles", sa.Integer(), nullable=False),
        sa.Column("regions", postgresql.JSONB()),
        sa.Column(
            "built_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name="pk_title_maps"),
    )
    op.create_table(
        "map_titles",
        sa.Column("map_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("linked_ids", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.Column("strengths", postgresql.ARRAY(sa.REAL()), nullable=False),
        sa.Column("x", sa.REAL()),
        sa.Column("y", sa.REAL()),
        sa.Column("region", sa.SmallInteger()),
        sa.ForeignKeyConstraint(
            ["map_id"], ["title_maps.id"], name="fk_map_titles_map_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name="fk_map_titles_item_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("map_id", "item_id", name="pk_map_titles"),
    )
    op.create_index("ix_map_titles_item_id", "map_titles", ["item_id"])


def downgrade() -> None:
    op.drop_table("map_titles")
    op.drop_table("title_maps")
