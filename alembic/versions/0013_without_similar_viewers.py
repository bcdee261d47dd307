"""the most similar viewers are no evidence any more"""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    # Derived from histories, so nothing is lost.
    op.drop_table("viewer_neighbours")


def downgrade() -> None:
    # The version before cannot read lists that say how they are laid out. A cursor of theirs says
    # that its list has expired. Quotes in a viewer's words are escaped, so no text looks like this.
    op.execute(
        """DELETE FROM slates WHERE position(convert_to('"format":', 'UTF8') IN evidence) > 0"""
    )
    # Empty: the version before fills it when it learns its model anew.
    op.create_table(
        "viewer_neighbours",
        sa.Column("model_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("neighbour_id", sa.Integer(), nullable=False),
        sa.Column("similarity", sa.REAL(), nullable=False),
        sa.ForeignKeyConstraint(
            ["model_id"],
            ["collaborative_models.id"],
            name=op.f("fk_viewer_neighbours_model_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["profile_id"],
            ["profiles.id"],
            name=op.f("fk_viewer_neighbours_profile_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["neighbour_id"],
            ["profiles.id"],
            name=op.f("fk_viewer_neighbours_neighbour_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "model_id", "profile_id", "neighbour_id", name=op.f("pk_viewer_neighbours")
        ),
    )
    for column in ("profile_id", "neighbour_id"):
        op.create_index(f"ix_viewer_neighbours_{column}", "viewer_neighbours", [column])
