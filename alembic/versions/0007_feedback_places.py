"""feedback keeps its place; lists keep how likely each place was"""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("feedback", sa.Column("place", sa.Integer(), nullable=True))
    op.drop_index("ix_feedback_profile_id", table_name="feedback")
    op.create_index("ix_feedback_profile_id", "feedback", ["profile_id", "item_id", "occurred_at"])
    op.drop_index("ix_feedback_occurred_at", table_name="feedback")
    op.create_index(
        "ix_feedback_reactions",
        "feedback",
        ["occurred_at"],
        postgresql_where=sa.text("event_type IN ('click', 'complete', 'like')"),
    )
    _expire_lists()


def downgrade() -> None:
    _expire_lists()
    op.drop_index("ix_feedback_reactions", table_name="feedback")
    op.create_index("ix_feedback_occurred_at", "feedback", ["occurred_at"])
    op.drop_index("ix_feedback_profile_id", table_name="feedback")
    op.create_index("ix_feedback_profile_id", "feedback", ["profile_id"])
    op.drop_column("feedback", "place")


def _expire_lists() -> None:
    # Their evidence is laid out otherwise. A cursor of theirs says that its list has expired.
    op.execute("DELETE FROM slates")
