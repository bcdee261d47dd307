"""lists stored as they come: compressing them anew took most of the time of storing one"""

from collections.abc import Sequence

from alembic import op

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_COLUMNS = ("item_ids", "scores", "evidence")


def upgrade() -> None:
    _store("EXTERNAL")


def downgrade() -> None:
    _store("EXTENDED")


def _store(how: str) -> None:
    for column in _COLUMNS:
        op.execute(f"ALTER TABLE slates ALTER COLUMN {column} SET STORAGE {how}")
