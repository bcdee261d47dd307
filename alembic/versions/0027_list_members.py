"""whom lists for several viewers are for"""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0027"
down_revision: str | None = "0026"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "list_members",
        sa.Column("slate_id", sa.UUID(), nullable=False),
        sa.Column("place", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("profile", sa.Text()),
        sa.Column("fits", sa.ARRAY(sa.REAL()), nullable=False),
        sa.ForeignKeyConstraint(
            ["slate_id"], ["slates.id"], name=op.f("fk_list_members_slate_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("slate_id", "place", name=op.f("pk_list_members")),
    )
    op.create_index("ix_list_members_user_id", "list_members", ["user_id"])


def downgrade() -> None:
    # Without its members a list for several would outlive them.
    op.execute("DELETE FROM slates WHERE id IN (SELECT slate_id FROM list_members)")
    op.drop_table("list_members")
