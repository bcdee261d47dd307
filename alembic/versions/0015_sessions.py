"""sessions of browsers, and the PIN of each household"""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def _moment(name: str, *, nullable: bool = True, now: bool = False) -> "sa.Column[object]":
    default = sa.text("now()") if now else None
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable, server_default=default)


def upgrade() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=True),
        sa.Column("code_hash", sa.LargeBinary(), nullable=True),
        _moment("code_expires_at"),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=True),
        sa.Column("is_bound", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("profile", sa.Text(), nullable=True),
        sa.Column("entered_id", sa.Integer(), nullable=True),
        _moment("created_at", nullable=False, now=True),
        _moment("expires_at", nullable=False),
        sa.CheckConstraint("scope IN ('client', 'user', 'admin')", name=op.f("ck_sessions_scope")),
        sa.ForeignKeyConstraint(
            ["entered_id"],
            ["profiles.id"],
            name=op.f("fk_sessions_entered_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sessions_token_hash")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_sessions_code_hash")),
    )
    for column in ("user_id", "entered_id", "expires_at", "code_expires_at"):
        op.create_index(f"ix_sessions_{column}", "sessions", [column])
    op.create_table(
        "household_pins",
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("pin_hash", sa.Text(), nullable=False),
        sa.Column("tries", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("lockouts", sa.SmallInteger(), server_default="0", nullable=False),
        _moment("locked_until"),
        _moment("set_at", nullable=False, now=True),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_household_pins")),
    )


def downgrade() -> None:
    op.drop_table("household_pins")
    op.drop_table("sessions")
