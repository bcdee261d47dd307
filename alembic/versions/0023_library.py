"""what each household owns"""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0023"
down_revision: str | None = "0022"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "library",
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column(
            "added_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("import_id", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_library_item_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["imports.id"], name=op.f("fk_library_import_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("user_id", "item_id", name=op.f("pk_library")),
    )
    op.create_index(op.f("ix_library_item_id"), "library", ["item_id"])
    op.create_index(
        op.f("ix_library_import_id"),
        "library",
        ["import_id"],
        postgresql_where=sa.text("import_id IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_table("library")
