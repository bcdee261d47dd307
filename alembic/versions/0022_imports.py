"""what viewers bring from elsewhere, and which events came with it"""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "0022"
down_revision: str | None = "0020"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_MARKED = ("interactions", "watchlist")


def upgrade() -> None:
    op.create_table(
        "imports",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("profile", sa.Text()),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("columns", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column("accounts", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("state", sa.Text(), server_default="previewed", nullable=False),
        _moment("created_at", server_default=sa.text("now()"), nullable=False),
        _moment("applied_at"),
        sa.CheckConstraint("state IN ('previewed', 'applied')", name=op.f("ck_imports_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    op.create_index(op.f("ix_imports_user_id"), "imports", ["user_id"])
    _create_rows()
    op.create_table(
        "import_choices",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("profile", sa.Text()),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_choices")),
        sa.UniqueConstraint(
            "user_id",
            "profile",
            "source",
            "title_key",
            name=op.f("uq_import_choices_user_id_profile_source_title_key"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    for table in _MARKED:
        op.add_column(table, sa.Column("import_id", sa.BigInteger()))
        op.create_foreign_key(
            op.f(f"fk_{table}_import_id"),
            table,
            "imports",
            ["import_id"],
            ["id"],
            ondelete="SET NULL",
        )
        op.create_index(
            op.f(f"ix_{table}_import_id"),
            table,
            ["import_id"],
            postgresql_where=sa.text("import_id IS NOT NULL"),
        )
    op.add_column("interactions", sa.Column("source", sa.Text()))
    op.add_column("interactions", sa.Column("scale", sa.REAL()))
    op.add_column("interactions", sa.Column("episodes", sa.SmallInteger()))
    op.create_table(
        "import_replaced",
        sa.Column("import_id", sa.BigInteger(), nullable=False),
        sa.Column("interaction_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("rating", sa.Numeric(3, 1)),
        sa.Column("scale", sa.REAL()),
        sa.Column("source", sa.Text()),
        _moment("occurred_at", nullable=False),
        _moment("recorded_at", nullable=False),
        sa.Column("replaced_import_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["imports.id"],
            name=op.f("fk_import_replaced_import_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("import_id", "interaction_id", name=op.f("pk_import_replaced")),
    )


def _create_rows() -> None:
    op.create_table(
        "import_rows",
        sa.Column("import_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        _moment("watched_at"),
        sa.Column("is_day", sa.Boolean(), server_default="false", nullable=False),
        _moment("logged_at"),
        sa.Column("rating", sa.Numeric(3, 1)),
        sa.Column("scale", sa.REAL()),
        sa.Column("season", sa.Integer()),
        sa.Column("episode", sa.Text()),
        sa.Column("is_part", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Integer()),
        sa.Column("certainty", sa.REAL(), server_default="0", nullable=False),
        sa.Column("candidates", sa.ARRAY(sa.Integer()), server_default="{}", nullable=False),
        sa.Column("reason", sa.Text()),
        sa.CheckConstraint(
            "kind IN ('watched', 'rated', 'liked', 'disliked', 'watchlist', 'owned')",
            name=op.f("ck_import_rows_kind"),
        ),
        sa.CheckConstraint(
            "status IN ('matched', 'uncertain', 'unmatched', 'skipped')",
            name=op.f("ck_import_rows_status"),
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["imports.id"], name=op.f("fk_import_rows_import_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("import_id", "position", name=op.f("pk_import_rows")),
    )


def _moment(name: str, **options: object) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), **options)  # type: ignore[arg-type]


def downgrade() -> None:
    op.drop_table("import_replaced")
    for column in ("episodes", "scale", "source"):
        op.drop_column("interactions", column)
    for table in _MARKED:
        op.drop_column(table, "import_id")
    op.drop_table("import_choices")
    op.drop_table("import_rows")
    op.drop_table("imports")
