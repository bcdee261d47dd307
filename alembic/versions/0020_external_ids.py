"""ids of other sources, and titles that TMDB does not have"""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0020"
down_revision: str | None = "0019"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "external_ids",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source", "id", "media_type", name=op.f("pk_external_ids")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_external_ids_item_id"), ondelete="CASCADE"
        ),
    )
    op.create_index(op.f("ix_external_ids_item_id"), "external_ids", ["item_id"])
    op.alter_column("items", "tmdb_id", nullable=True)


def downgrade() -> None:
    # The schema before cannot hold them, nor what viewers did with them.
    op.execute("DELETE FROM items WHERE tmdb_id IS NULL")
    op.alter_column("items", "tmdb_id", nullable=False)
    op.drop_table("external_ids")
