"""the published catalogue, for every machine to fetch"""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0029"
down_revision: str | None = "0028"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "catalogue_snapshots",
        sa.Column("number", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("layout", sa.Integer(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("seconds", sa.REAL(), nullable=False),
        sa.Column(
            "built_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_catalogue_snapshots")),
    )
    op.create_table(
        "catalogue_snapshot_parts",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"],
            ["catalogue_snapshots.number"],
            name=op.f("fk_catalogue_snapshot_parts_number"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("number", "part", name=op.f("pk_catalogue_snapshot_parts")),
    )


def downgrade() -> None:
    # Derived from the catalogue, so nothing is lost.
    op.drop_table("catalogue_snapshot_parts")
    op.drop_table("catalogue_snapshots")
