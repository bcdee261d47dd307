"""what viewers say of their own taste"""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "preferences",
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), server_default="user", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "kind IN ('genre', 'language', 'decade', 'media_type', 'maturity')",
            name=op.f("ck_preferences_kind"),
        ),
        sa.CheckConstraint(
            "stance IN ('prefer', 'avoid', 'never')", name=op.f("ck_preferences_stance")
        ),
        sa.CheckConstraint("source = 'user'", name=op.f("ck_preferences_source")),
        sa.ForeignKeyConstraint(
            ["profile_id"],
            ["profiles.id"],
            name=op.f("fk_preferences_profile_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("profile_id", "kind", "value", name=op.f("pk_preferences")),
    )


def downgrade() -> None:
    op.drop_table("preferences")
