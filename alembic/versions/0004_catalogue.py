"""related and alternative titles, ages of certificates, JustWatch, counts of embedding spaces"""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column(
        "items",
        sa.Column("alternative_titles", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
    )
    op.add_column(
        "items",
        sa.Column(
            "all_names_vector",
            postgresql.TSVECTOR(),
            server_default=sa.text("''::tsvector"),
            nullable=False,
        ),
    )
    op.create_index(
        "ix_items_all_names_vector", "items", ["all_names_vector"], postgresql_using="gin"
    )
    op.create_table(
        "related_titles",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("similar_ids", sa.ARRAY(sa.Integer()), nullable=False),
        sa.Column("recommended_ids", sa.ARRAY(sa.Integer()), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_related_titles_item_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_related_titles")),
    )

    # Filled by the next fetch of each title.
    op.add_column("certificates", sa.Column("age", sa.SmallInteger(), nullable=True))

    op.create_table(
        "justwatch_titles",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("node_id", sa.Text(), nullable=True),
        sa.Column("matched_by", sa.Text(), nullable=True),
        sa.Column("score", sa.REAL(), nullable=True),
        sa.Column(
            "searched_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "matched_by IN ('tmdb_id', 'imdb_id', 'title')",
            name=op.f("ck_justwatch_titles_matched_by"),
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_justwatch_titles_item_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_justwatch_titles")),
    )
    op.create_table(
        "justwatch_checks",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column(
            "checked_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_justwatch_checks_item_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("item_id", "country", name=op.f("pk_justwatch_checks")),
    )
    op.create_index("ix_justwatch_checks_checked_at", "justwatch_checks", ["country", "checked_at"])

    op.add_column("embedding_spaces", sa.Column("vectors", sa.Integer(), nullable=True))
    op.add_column("embedding_spaces", sa.Column("text_hash", sa.LargeBinary(), nullable=True))
    op.drop_index("uq_embedding_spaces_active", table_name="embedding_spaces")
    op.create_exclude_constraint(
        "ex_embedding_spaces_active",
        "embedding_spaces",
        ("active", "="),
        using="btree",
        where=sa.text("active"),
        deferrable=True,
    )


def downgrade() -> None:
    op.drop_constraint("ex_embedding_spaces_active", "embedding_spaces")
    op.create_index(
        "uq_embedding_spaces_active",
        "embedding_spaces",
        ["active"],
        unique=True,
        postgresql_where=sa.text("active"),
    )
    op.drop_column("embedding_spaces", "text_hash")
    op.drop_column("embedding_spaces", "vectors")
    op.drop_table("justwatch_checks")
    op.drop_table("justwatch_titles")
    op.drop_column("certificates", "age")
    op.drop_table("related_titles")
    op.drop_index("ix_items_all_names_vector", table_name="items")
    op.drop_column("items", "all_names_vector")
    op.drop_column("items", "alternative_titles")
