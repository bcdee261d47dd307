"""who made a title and who showed it first, and titles by the names of their characters"""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0025"
down_revision: str | None = "0023"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# What the catalogue has is asked for once more, behind everything else that the job fetches: no
# list of TMDB's changes tells the companies of a title that did not change.
_PLAN = """
INSERT INTO titles_to_fetch (media_type, tmdb_id, priority)
SELECT media_type, tmdb_id, -1e6 FROM items WHERE source = 'tmdb' AND retired_at IS NULL
ON CONFLICT DO NOTHING
"""


def upgrade() -> None:
    op.create_table(
        "companies",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("tmdb_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("search_name", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('production', 'network')", name=op.f("ck_companies_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_companies")),
        sa.UniqueConstraint("kind", "tmdb_id", name=op.f("uq_companies_kind_tmdb_id")),
    )
    op.create_index(op.f("ix_companies_search_name"), "companies", ["search_name"])
    op.create_table(
        "item_companies",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_item_companies_item_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["companies.id"],
            name=op.f("fk_item_companies_company_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("item_id", "company_id", name=op.f("pk_item_companies")),
    )
    op.create_index(
        op.f("ix_item_companies_company_id"), "item_companies", ["company_id", "item_id"]
    )
    op.create_index(
        op.f("ix_credits_character"),
        "credits",
        [sa.text("lower(character)")],
        postgresql_where=sa.text("character LIKE '% %'"),
    )
    op.execute(_PLAN)


def downgrade() -> None:
    op.drop_index(op.f("ix_credits_character"), table_name="credits")
    op.drop_table("item_companies")
    op.drop_table("companies")
