"""hooks of media servers, connections to sources that are asked, and what came through them"""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0026"
down_revision: str | None = "0025"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("imports", sa.Column("via", sa.Text(), server_default="file", nullable=False))
    op.create_check_constraint(op.f("ck_imports_via"), "imports", "via IN ('file', 'hook', 'sync')")
    op.create_index(
        "uq_imports_live",
        "imports",
        ["user_id", "profile", "source", "via"],
        unique=True,
        postgresql_where=sa.text("via <> 'file'"),
        postgresql_nulls_not_distinct=True,
    )
    op.add_column("import_rows", sa.Column("asked_at", sa.DateTime(timezone=True)))
    _create_hooks()
    op.create_table(
        "connections",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("profile", sa.Text()),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("account", sa.Text()),
        sa.Column("sealed_tokens", sa.LargeBinary()),
        _moment("created_at", server_default=sa.text("now()"), nullable=False),
        _moment("synced_at"),
        _moment("synced_to"),
        sa.Column("problem", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_connections")),
        sa.UniqueConstraint(
            "user_id",
            "profile",
            "source",
            name=op.f("uq_connections_user_id_profile_source"),
            postgresql_nulls_not_distinct=True,
        ),
    )


def _create_hooks() -> None:
    op.create_table(
        "hooks",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        _moment("created_at", server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hooks")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_hooks_token_hash")),
    )
    op.create_index(op.f("ix_hooks_user_id"), "hooks", ["user_id"])
    op.create_table(
        "hook_accounts",
        sa.Column("hook_id", sa.BigInteger(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("profile", sa.Text()),
        sa.ForeignKeyConstraint(
            ["hook_id"], ["hooks.id"], name=op.f("fk_hook_accounts_hook_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("hook_id", "account", name=op.f("pk_hook_accounts")),
    )


def _moment(name: str, **options: object) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), **options)  # type: ignore[arg-type]


def downgrade() -> None:
    op.drop_table("connections")
    op.drop_table("hook_accounts")
    op.drop_table("hooks")
    op.drop_column("import_rows", "asked_at")
    # What came live is no file's, and an older version would not know it from one.
    op.execute("DELETE FROM imports WHERE via <> 'file'")
    op.drop_column("imports", "via")
