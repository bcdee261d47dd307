"""people by any word of their name: search finds "Al Pacino" at "pac" """

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_index(
        "ix_people_words",
        "people",
        [sa.text("to_tsvector('simple'::regconfig, search_name)")],
        postgresql_using="gin",
    )


def downgrade() -> None:
    op.drop_index("ix_people_words", table_name="people")
