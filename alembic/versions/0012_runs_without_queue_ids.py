"""a run is found by its entry in the queue, which names it, and names none itself"""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.drop_column("job_runs", "queue_id")


def downgrade() -> None:
    op.add_column("job_runs", sa.Column("queue_id", sa.BigInteger(), nullable=True))
    # Few rows: what waits or runs. Without it the older release would take none of them up.
    op.execute(
        """
        UPDATE job_runs SET queue_id = entry.id
        FROM (
            SELECT (args ->> 'run_id')::int AS run_id, max(id) AS id
            FROM procrastinate.procrastinate_jobs WHERE task_name = 'run' GROUP BY 1
        ) entry
        WHERE entry.run_id = job_runs.id
        """
    )
