"""titles that fans like, and the most similar viewers"""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    # The model there is stays in service; the next run of the job fills the new lists.
    for name, kind in (("fan_liked_ids", sa.Integer()), ("fan_liked_weights", sa.REAL())):
        column = sa.Column(name, postgresql.ARRAY(kind), nullable=False, server_default="{}")
        op.add_column("item_neighbours", column)
        op.alter_column("item_neighbours", name, server_default=None)
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
    _expire_lists()


def downgrade() -> None:
    _expire_lists()
    op.drop_table("viewer_neighbours")
    op.drop_column("item_neighbours", "fan_liked_weights")
    op.drop_column("item_neighbours", "fan_liked_ids")


def _expire_lists() -> None:
    # Their evidence is laid out otherwise. A cursor of theirs says that its list has expired.
    op.execute("DELETE FROM slates")
