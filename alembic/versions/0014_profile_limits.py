"""what a household sets for each of its profiles"""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_CHECKS = {
    "viewer_kind": "viewer_kind IN ('adult', 'child')",
    "max_age": "max_age BETWEEN 0 AND 21",
    "unrated": "unrated IN ('hide', 'show')",
}
_COLUMNS = ("name", "viewer_kind", "max_age", "unrated", "country", "services", "languages")


def upgrade() -> None:
    for column in (
        sa.Column("name", sa.Text()),
        sa.Column("viewer_kind", sa.Text(), nullable=False, server_default="adult"),
        sa.Column("max_age", sa.SmallInteger()),
        sa.Column("unrated", sa.Text(), nullable=False, server_default="show"),
        sa.Column("country", sa.Text()),
        sa.Column("services", sa.ARRAY(sa.Text()), nullable=False, server_default="{}"),
        sa.Column("languages", sa.ARRAY(sa.Text()), nullable=False, server_default="{}"),
    ):
        op.add_column("profiles", column)
    for name, condition in _CHECKS.items():
        op.create_check_constraint(op.f(f"ck_profiles_{name}"), "profiles", condition)


def downgrade() -> None:
    for column in _COLUMNS:  # their checks go with them
        op.drop_column("profiles", column)
