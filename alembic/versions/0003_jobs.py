"""jobs that can be queued, watched and cancelled, and titles that are waited for"""

from collections.abc import Sequence

import sqlalchemy as sa
from procrastinate import App, SyncPsycopgConnector
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    _create_queue()
    op.add_column("job_runs", sa.Column("parent_id", sa.Integer(), nullable=True))
    op.add_column(
        "job_runs",
        sa.Column("requested_by", sa.Text(), nullable=False, server_default="command"),
    )
    op.alter_column("job_runs", "requested_by", server_default=None)
    op.add_column("job_runs", sa.Column("queue_id", sa.BigInteger(), nullable=True))
    op.add_column(
        "job_runs",
        sa.Column(
            "options",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default="{}",
            nullable=False,
        ),
    )
    op.add_column("job_runs", sa.Column("percent", sa.REAL(), server_default="0", nullable=False))
    op.add_column(
        "job_runs", sa.Column("log", sa.ARRAY(sa.Text()), server_default="{}", nullable=False)
    )
    op.add_column(
        "job_runs",
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
    )
    op.execute("UPDATE job_runs SET created_at = started_at")
    op.add_column(
        "job_runs", sa.Column("cancel_requested_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.alter_column("job_runs", "started_at", nullable=True, server_default=None)
    op.drop_constraint("ck_job_runs_state", "job_runs")
    op.create_check_constraint(
        op.f("ck_job_runs_state"),
        "job_runs",
        "state IN ('pending', 'started', 'progress', 'success', 'failure', 'revoked')",
    )
    op.create_check_constraint(
        op.f("ck_job_runs_requested_by"),
        "job_runs",
        "requested_by IN ('command', 'schedule', 'admin', 'job')",
    )
    op.create_foreign_key(
        op.f("fk_job_runs_parent_id"),
        "job_runs",
        "job_runs",
        ["parent_id"],
        ["id"],
        ondelete="CASCADE",
    )
    op.drop_index("ix_job_runs_newest", table_name="job_runs")
    op.create_index("ix_job_runs_newest", "job_runs", ["job", sa.text("created_at DESC")])
    op.create_index("ix_job_runs_created_at", "job_runs", ["created_at"])
    op.create_index("ix_job_runs_parent_id", "job_runs", ["parent_id"])

    op.add_column(
        "job_failures", sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.execute("UPDATE job_failures SET next_try_at = failed_at")
    op.create_index("ix_job_failures_next_try_at", "job_failures", ["job", "next_try_at"])

    op.create_table(
        "titles_to_fetch",
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("tmdb_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("priority", sa.REAL(), nullable=False),
        sa.PrimaryKeyConstraint("media_type", "tmdb_id", name=op.f("pk_titles_to_fetch")),
    )
    op.create_index(
        "ix_titles_to_fetch_priority",
        "titles_to_fetch",
        [sa.text("priority DESC"), "media_type", "tmdb_id"],
    )


def downgrade() -> None:
    op.drop_table("titles_to_fetch")
    op.drop_index("ix_job_failures_next_try_at", table_name="job_failures")
    op.drop_column("job_failures", "next_try_at")

    op.drop_index("ix_job_runs_created_at", table_name="job_runs")
    op.drop_index("ix_job_runs_newest", table_name="job_runs")
    # The older schema has no word for a run that waits or was called off.
    op.execute("DELETE FROM job_runs WHERE state IN ('pending', 'revoked')")
    op.execute("UPDATE job_runs SET state = 'started' WHERE state = 'progress'")
    op.drop_constraint("ck_job_runs_state", "job_runs")
    op.create_check_constraint(
        op.f("ck_job_runs_state"), "job_runs", "state IN ('started', 'success', 'failure')"
    )
    op.alter_column("job_runs", "started_at", nullable=False, server_default=sa.text("now()"))
    for column in (
        "cancel_requested_at",
        "created_at",
        "log",
        "percent",
        "options",
        "queue_id",
        "requested_by",
        "parent_id",
    ):
        op.drop_column("job_runs", column)
    op.create_index("ix_job_runs_newest", "job_runs", ["job", sa.text("started_at DESC")])
    op.execute("DROP SCHEMA procrastinate CASCADE")


def _create_queue() -> None:
    """The library's own tables and functions, in a Postgres schema of their own."""
    op.execute("CREATE SCHEMA procrastinate")
    op.execute("SET LOCAL search_path TO procrastinate")
    connection = op.get_bind().connection.driver_connection
    # Straight to the driver: the script is not one statement and holds percent signs.
    connection.execute(App(connector=SyncPsycopgConnector()).schema_manager.get_schema())
    op.execute("SET LOCAL search_path TO DEFAULT")
