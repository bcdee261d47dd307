"""strategies: the champion, what lists were made with, and what ran in their shadow"""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "promotions",
        sa.Column("id", sa.Integer(), sa.Identity(), nullable=False),
        sa.Column("strategy", sa.Text(), nullable=False),
        sa.Column("promoted_by", sa.Text(), nullable=False),
        sa.Column(
            "promoted_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promotions")),
    )
    op.create_table(
        "kept_configurations",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("content", postgresql.JSONB(), nullable=False),
        sa.Column(
            "first_used_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_kept_configurations")),
    )
    op.add_column(
        "slates", sa.Column("assignment", sa.Text(), server_default="champion", nullable=False)
    )
    op.create_check_constraint(
        op.f("ck_slates_assignment"), "slates", "assignment IN ('asked', 'experiment', 'champion')"
    )
    op.add_column("slates", sa.Column("origin", postgresql.JSONB(), nullable=True))
    op.create_table(
        "shadow_lists",
        sa.Column("slate_id", sa.UUID(), nullable=False),
        sa.Column("strategy", sa.Text(), nullable=False),
        sa.Column("item_ids", sa.ARRAY(sa.Integer()), nullable=False),
        sa.Column("overlap_10", sa.REAL(), nullable=True),
        sa.Column("overlap_20", sa.REAL(), nullable=True),
        sa.Column("rank_biased_overlap", sa.REAL(), nullable=True),
        sa.Column("milliseconds", sa.REAL(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["slate_id"], ["slates.id"], name=op.f("fk_shadow_lists_slate_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("slate_id", "strategy", name=op.f("pk_shadow_lists")),
    )
    # Of the rows there are, all were written before any list that can be recomputed.
    op.add_column(
        "interactions",
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
    )


def downgrade() -> None:
    op.drop_column("interactions", "recorded_at")
    op.drop_table("shadow_lists")
    op.drop_column("slates", "origin")
    op.drop_constraint(op.f("ck_slates_assignment"), "slates")
    op.drop_column("slates", "assignment")
    op.drop_table("kept_configurations")
    op.drop_table("promotions")
