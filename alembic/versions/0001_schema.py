"""schema"""

from collections.abc import Sequence

import pgvector.sqlalchemy
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op
from api.domain.genres import GENRES

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS vector")
    op.create_table(
        "api_keys",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("scope IN ('client', 'admin')", name=op.f("ck_api_keys_scope")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_keys")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_api_keys_key_hash")),
    )
    op.create_table(
        "collaborative_models",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("interactions", sa.Integer(), nullable=False),
        sa.Column("profiles", sa.Integer(), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default="false", nullable=False),
        sa.Column(
            "built_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collaborative_models")),
    )
    op.create_index(
        "uq_collaborative_models_active",
        "collaborative_models",
        ["active"],
        unique=True,
        postgresql_where=sa.text("active"),
    )
    op.create_table(
        "embedding_spaces",
        sa.Column("id", sa.SmallInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("dimension", sa.SmallInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default="false", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("built_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_embedding_spaces")),
        sa.UniqueConstraint(
            "model", "version", "template", name=op.f("uq_embedding_spaces_model_version_template")
        ),
    )
    op.create_index(
        "uq_embedding_spaces_active",
        "embedding_spaces",
        ["active"],
        unique=True,
        postgresql_where=sa.text("active"),
    )
    op.create_table(
        "genres",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_genres")),
        sa.UniqueConstraint("name", name=op.f("uq_genres_name")),
    )
    op.create_table(
        "items",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("tmdb_id", sa.Integer(), nullable=False),
        sa.Column("imdb_id", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("original_title", sa.Text(), nullable=True),
        sa.Column("overview", sa.Text(), server_default="", nullable=False),
        sa.Column("tagline", sa.Text(), nullable=True),
        sa.Column("poster_path", sa.Text(), nullable=True),
        sa.Column("runtime", sa.SmallInteger(), nullable=True),
        sa.Column("original_language", sa.Text(), nullable=True),
        sa.Column("countries", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("release_date", sa.Date(), nullable=True),
        sa.Column("release_year", sa.SmallInteger(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("genre_ids", sa.ARRAY(sa.Integer()), server_default="{}", nullable=False),
        sa.Column("collection_id", sa.Integer(), nullable=True),
        sa.Column("collection_name", sa.Text(), nullable=True),
        sa.Column("maturity_rating", sa.Text(), nullable=True),
        sa.Column("maturity_age", sa.SmallInteger(), nullable=True),
        sa.Column("popularity", sa.REAL(), server_default="0", nullable=False),
        sa.Column("vote_average", sa.REAL(), server_default="0", nullable=False),
        sa.Column("vote_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("popular_rank", sa.Integer(), nullable=True),
        sa.Column("trending_rank", sa.Integer(), nullable=True),
        sa.Column("top_rated_rank", sa.Integer(), nullable=True),
        sa.Column("source", sa.Text(), server_default="tmdb", nullable=False),
        sa.Column("search_name", sa.Text(), nullable=False),
        sa.Column(
            "search_vector",
            postgresql.TSVECTOR(),
            server_default=sa.text("''::tsvector"),
            nullable=False,
        ),
        sa.Column(
            "fetched_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("media_type IN ('movie', 'tv')", name=op.f("ck_items_media_type")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_items")),
        sa.UniqueConstraint("media_type", "tmdb_id", name=op.f("uq_items_media_type_tmdb_id")),
    )
    op.create_index(
        "ix_items_genre_ids", "items", ["genre_ids"], unique=False, postgresql_using="gin"
    )
    op.create_index(
        "ix_items_imdb_id",
        "items",
        ["imdb_id"],
        unique=False,
        postgresql_where=sa.text("imdb_id IS NOT NULL"),
    )
    op.create_index(
        "ix_items_popularity",
        "items",
        [sa.literal_column("popularity DESC"), "id"],
        unique=False,
        postgresql_where=sa.text("retired_at IS NULL"),
    )
    op.create_index(
        "ix_items_search_name",
        "items",
        ["search_name"],
        unique=False,
        postgresql_ops={"search_name": "text_pattern_ops"},
    )
    op.create_index(
        "ix_items_search_vector", "items", ["search_vector"], unique=False, postgresql_using="gin"
    )
    op.create_table(
        "job_failures",
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "failed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.PrimaryKeyConstraint("job", "reference", name=op.f("pk_job_failures")),
    )
    op.create_table(
        "job_runs",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column(
            "started_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("report", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.CheckConstraint(
            "state IN ('started', 'success', 'failure')", name=op.f("ck_job_runs_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_runs")),
    )
    op.create_index(
        "ix_job_runs_newest",
        "job_runs",
        ["job", sa.literal_column("started_at DESC")],
        unique=False,
    )
    op.create_table(
        "keywords",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_keywords")),
        sa.UniqueConstraint("name", name=op.f("uq_keywords_name")),
    )
    op.create_table(
        "list_snapshots",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("list_name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column(
            "taken_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.CheckConstraint(
            "list_name IN ('popular', 'top_rated', 'trending_day', 'trending_week')",
            name=op.f("ck_list_snapshots_list_name"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_snapshots")),
    )
    op.create_index(
        "ix_list_snapshots_newest",
        "list_snapshots",
        ["list_name", "media_type", sa.literal_column("taken_at DESC")],
        unique=False,
    )
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("tmdb_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("search_name", sa.Text(), nullable=False),
        sa.Column("popularity", sa.REAL(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("tmdb_id", name=op.f("uq_people_tmdb_id")),
    )
    op.create_index(
        "ix_people_search_name",
        "people",
        ["search_name"],
        unique=False,
        postgresql_ops={"search_name": "text_pattern_ops"},
    )
    op.create_index(
        "uq_people_name_without_id",
        "people",
        ["name"],
        unique=True,
        postgresql_where=sa.text("tmdb_id IS NULL"),
    )
    op.create_table(
        "profiles",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("profile", sa.Text(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("consent_collaborative", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("consent_llm", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("source", sa.Text(), server_default="client", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profiles")),
        sa.UniqueConstraint(
            "user_id",
            "profile",
            name=op.f("uq_profiles_user_id_profile"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_table(
        "providers",
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tmdb_id", sa.Integer(), nullable=True),
        sa.Column("aliases", sa.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.PrimaryKeyConstraint("short_name", name=op.f("pk_providers")),
    )
    op.create_table(
        "service_state",
        sa.Column("id", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("catalogue_version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("cursor_secret", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("id", name=op.f("ck_service_state_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_state")),
    )
    op.create_table(
        "slates",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("profile", sa.Text(), nullable=True),
        sa.Column("request_hash", sa.LargeBinary(), nullable=False),
        sa.Column("strategy", sa.Text(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("item_ids", sa.ARRAY(sa.Integer()), nullable=False),
        sa.Column("scores", sa.ARRAY(sa.REAL()), nullable=False),
        sa.Column("evidence", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slates")),
    )
    op.create_index("ix_slates_created_at", "slates", ["created_at"], unique=False)
    op.create_index("ix_slates_user_id", "slates", ["user_id"], unique=False)
    op.create_table(
        "watermarks",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_watermarks")),
    )
    op.create_table(
        "availability",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("offer_type", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("deep_link", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "offer_type IN ('subscription', 'free', 'ads', 'rent', 'buy')",
            name=op.f("ck_availability_offer_type"),
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_availability_item_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(
            "item_id", "country", "service", "offer_type", name=op.f("pk_availability")
        ),
    )
    op.create_index(
        "ix_availability_country_service", "availability", ["country", "service"], unique=False
    )
    op.create_table(
        "certificates",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("certificate", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_certificates_item_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("item_id", "country", name=op.f("pk_certificates")),
    )
    op.create_table(
        "credits",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("character", sa.Text(), nullable=True),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint(
            "role IN ('cast', 'director', 'writer', 'creator', 'composer', 'producer')",
            name=op.f("ck_credits_role"),
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_credits_item_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_credits_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("item_id", "role", "person_id", name=op.f("pk_credits")),
    )
    op.create_index("ix_credits_person_id", "credits", ["person_id", "item_id"], unique=False)
    op.create_table(
        "feedback",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("event_type", sa.Text(), nullable=False),
        sa.Column("slate_id", sa.UUID(), nullable=True),
        sa.Column("meta", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column(
            "occurred_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "event_type IN ('impression', 'click', 'complete', 'like', 'dislike', 'not_now', 'never', 'dismiss')",
            name=op.f("ck_feedback_event_type"),
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_feedback_item_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["profiles.id"], name=op.f("fk_feedback_profile_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
    )
    op.create_index("ix_feedback_item_id", "feedback", ["item_id", "occurred_at"], unique=False)
    op.create_index("ix_feedback_occurred_at", "feedback", ["occurred_at"], unique=False)
    op.create_index("ix_feedback_profile_id", "feedback", ["profile_id"], unique=False)
    op.create_table(
        "idempotency_keys",
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("request_hash", sa.LargeBinary(), nullable=False),
        sa.Column("response", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["profile_id"],
            ["profiles.id"],
            name=op.f("fk_idempotency_keys_profile_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("caller", "key", name=op.f("pk_idempotency_keys")),
    )
    op.create_index(
        "ix_idempotency_keys_created_at", "idempotency_keys", ["created_at"], unique=False
    )
    op.create_index(
        "ix_idempotency_keys_profile_id", "idempotency_keys", ["profile_id"], unique=False
    )
    op.create_table(
        "interactions",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("event_type", sa.Text(), nullable=False),
        sa.Column("rating", sa.Numeric(precision=3, scale=1, asdecimal=False), nullable=True),
        sa.Column("weight", sa.REAL(), server_default="1", nullable=False),
        sa.Column("watched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "event_type IN ('watched', 'liked', 'rated', 'not_interested', 'disliked', 'not_now')",
            name=op.f("ck_interactions_event_type"),
        ),
        sa.CheckConstraint("rating BETWEEN 0 AND 10", name=op.f("ck_interactions_rating")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_interactions_item_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["profile_id"],
            ["profiles.id"],
            name=op.f("fk_interactions_profile_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interactions")),
        sa.UniqueConstraint(
            "profile_id",
            "item_id",
            "event_type",
            "watched_at",
            name=op.f("uq_interactions_profile_id_item_id_event_type_watched_at"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index("ix_interactions_item_id", "interactions", ["item_id"], unique=False)
    op.create_index(
        "ix_interactions_newest",
        "interactions",
        ["profile_id", sa.literal_column("occurred_at DESC"), sa.literal_column("id DESC")],
        unique=False,
    )
    op.create_table(
        "item_embeddings",
        sa.Column("space_id", sa.SmallInteger(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("embedding", pgvector.sqlalchemy.halfvec.HALFVEC(), nullable=False),
        sa.Column("text_hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_item_embeddings_item_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["space_id"],
            ["embedding_spaces.id"],
            name=op.f("fk_item_embeddings_space_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("space_id", "item_id", name=op.f("pk_item_embeddings")),
    )
    op.create_index("ix_item_embeddings_item_id", "item_embeddings", ["item_id"], unique=False)
    op.create_table(
        "item_keywords",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("keyword_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_item_keywords_item_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["keyword_id"],
            ["keywords.id"],
            name=op.f("fk_item_keywords_keyword_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("item_id", "keyword_id", name=op.f("pk_item_keywords")),
    )
    op.create_index("ix_item_keywords_keyword_id", "item_keywords", ["keyword_id"], unique=False)
    op.create_table(
        "item_neighbours",
        sa.Column("model_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("neighbour_id", sa.Integer(), nullable=False),
        sa.Column("weight", sa.REAL(), nullable=False),
        sa.Column("support", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["items.id"], name=op.f("fk_item_neighbours_item_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["model_id"],
            ["collaborative_models.id"],
            name=op.f("fk_item_neighbours_model_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["neighbour_id"],
            ["items.id"],
            name=op.f("fk_item_neighbours_neighbour_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "model_id", "item_id", "neighbour_id", name=op.f("pk_item_neighbours")
        ),
    )
    op.create_index("ix_item_neighbours_item_id", "item_neighbours", ["item_id"], unique=False)
    op.create_index(
        "ix_item_neighbours_neighbour_id", "item_neighbours", ["neighbour_id"], unique=False
    )
    op.create_table(
        "list_snapshot_items",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["items.id"],
            name=op.f("fk_list_snapshot_items_item_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"],
            ["list_snapshots.id"],
            name=op.f("fk_list_snapshot_items_snapshot_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("snapshot_id", "rank", name=op.f("pk_list_snapshot_items")),
    )
    op.create_index(
        "ix_list_snapshot_items_item_id", "list_snapshot_items", ["item_id"], unique=False
    )

    op.execute(
        "INSERT INTO service_state (cursor_secret) "
        "VALUES (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'))"
    )
    genres = sa.table("genres", sa.column("id", sa.Integer), sa.column("name", sa.Text))
    op.bulk_insert(genres, [{"id": key, "name": name} for key, name in GENRES.items()])


def downgrade() -> None:
    op.drop_index("ix_list_snapshot_items_item_id", table_name="list_snapshot_items")
    op.drop_table("list_snapshot_items")
    op.drop_index("ix_item_neighbours_neighbour_id", table_name="item_neighbours")
    op.drop_index("ix_item_neighbours_item_id", table_name="item_neighbours")
    op.drop_table("item_neighbours")
    op.drop_index("ix_item_keywords_keyword_id", table_name="item_keywords")
    op.drop_table("item_keywords")
    op.drop_index("ix_item_embeddings_item_id", table_name="item_embeddings")
    op.drop_table("item_embeddings")
    op.drop_index("ix_interactions_newest", table_name="interactions")
    op.drop_index("ix_interactions_item_id", table_name="interactions")
    op.drop_table("interactions")
    op.drop_index("ix_idempotency_keys_profile_id", table_name="idempotency_keys")
    op.drop_index("ix_idempotency_keys_created_at", table_name="idempotency_keys")
    op.drop_table("idempotency_keys")
    op.drop_index("ix_feedback_profile_id", table_name="feedback")
    op.drop_index("ix_feedback_occurred_at", table_name="feedback")
    op.drop_index("ix_feedback_item_id", table_name="feedback")
    op.drop_table("feedback")
    op.drop_index("ix_credits_person_id", table_name="credits")
    op.drop_table("credits")
    op.drop_table("certificates")
    op.drop_index("ix_availability_country_service", table_name="availability")
    op.drop_table("availability")
    op.drop_table("watermarks")
    op.drop_index("ix_slates_user_id", table_name="slates")
    op.drop_index("ix_slates_created_at", table_name="slates")
    op.drop_table("slates")
    op.drop_table("service_state")
    op.drop_table("providers")
    op.drop_table("profiles")
    op.drop_index(
        "uq_people_name_without_id",
        table_name="people",
        postgresql_where=sa.text("tmdb_id IS NULL"),
    )
    op.drop_index(
        "ix_people_search_name",
        table_name="people",
        postgresql_ops={"search_name": "text_pattern_ops"},
    )
    op.drop_table("people")
    op.drop_index("ix_list_snapshots_newest", table_name="list_snapshots")
    op.drop_table("list_snapshots")
    op.drop_table("keywords")
    op.drop_index("ix_job_runs_newest", table_name="job_runs")
    op.drop_table("job_runs")
    op.drop_table("job_failures")
    op.drop_index("ix_items_search_vector", table_name="items", postgresql_using="gin")
    op.drop_index(
        "ix_items_search_name",
        table_name="items",
        postgresql_ops={"search_name": "text_pattern_ops"},
    )
    op.drop_index(
        "ix_items_popularity", table_name="items", postgresql_where=sa.text("retired_at IS NULL")
    )
    op.drop_index(
        "ix_items_imdb_id", table_name="items", postgresql_where=sa.text("imdb_id IS NOT NULL")
    )
    op.drop_index("ix_items_genre_ids", table_name="items", postgresql_using="gin")
    op.drop_table("items")
    op.drop_table("genres")
    op.drop_index(
        "uq_embedding_spaces_active",
        table_name="embedding_spaces",
        postgresql_where=sa.text("active"),
    )
    op.drop_table("embedding_spaces")
    op.drop_index(
        "uq_collaborative_models_active",
        table_name="collaborative_models",
        postgresql_where=sa.text("active"),
    )
    op.drop_table("collaborative_models")
    op.drop_table("api_keys")
