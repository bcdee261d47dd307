"""where a title went whose id moved at its source"""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0019"
down_revision: str | None = "0018"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("items", sa.Column("moved_to", sa.Integer()))
    op.create_foreign_key(
        op.f("fk_items_moved_to"), "items", "items", ["moved_to"], ["id"], ondelete="SET NULL"
    )
    # Few titles move; the key above and each move ask for them.
    op.create_index(
        op.f("ix_items_moved_to"),
        "items",
        ["moved_to"],
        postgresql_where=sa.text("moved_to IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_column("items", "moved_to")
