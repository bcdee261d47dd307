"""The schema, as SQLAlchemy Core tables. Alembic compares the database with this page.

HNSW indexes are not declared here: each embedding space has its own partial index, built when
the space is filled (see api/catalogue/embeddings/embedding_spaces.py).
"""

from typing import Any

from pgvector.sqlalchemy import HALFVEC
from sqlalchemy import (
    ARRAY,
    REAL,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR, UUID, ExcludeConstraint

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _identity(name: str = "id", kind: Any = Integer) -> Column[Any]:
    return Column(name, kind, Identity(), primary_key=True)


def _now(name: str) -> Column[Any]:
    return Column(name, DateTime(timezone=True), nullable=False, server_default=func.now())


def _item_key(*, primary_key: bool = True) -> Column[Any]:
    return Column(
        "item_id",
        Integer,
        ForeignKey("items.id", ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=False,
    )


# --- Catalogue ---------------------------------------------------------------------------------

genres = Table(
    "genres",
    metadata,
    # TMDB's id where the genre is TMDB's: one vocabulary for films and shows.
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False, unique=True),
)

items = Table(
    "items",
    metadata,
    _identity(),
    Column("media_type", Text, nullable=False),
    Column("tmdb_id", Integer),  # null for titles of an operator's own catalogue
    Column("imdb_id", Text),
    Column("title", Text, nullable=False),
    Column("original_title", Text),
    Column("overview", Text, nullable=False, server_default=""),
    Column("tagline", Text),
    Column("poster_path", Text),
    Column("runtime", SmallInteger),  # minutes; of an episode for shows
    Column("original_language", Text),  # ISO 639-1
    Column("countries", ARRAY(Text), nullable=False, server_default="{}"),  # ISO 3166-1
    Column("release_date", Date),
    Column("release_year", SmallInteger),
    Column("status", Text),
    Column("genre_ids", ARRAY(Integer), nullable=False, server_default="{}"),
    Column("collection_id", Integer),
    Column("collection_name", Text),
    Column("maturity_rating", Text),  # the certificate shown, e.g. "PG-13"
    Column("maturity_age", SmallInteger),  # the same on an age scale; null when unrated
    Column("popularity", REAL, nullable=False, server_default="0"),
    Column("vote_average", REAL, nullable=False, server_default="0"),  # 0 to 10
    Column("vote_count", Integer, nullable=False, server_default="0"),
    Column("popular_rank", Integer),
    Column("trending_rank", Integer),
    Column("top_rated_rank", Integer),
    Column("source", Text, nullable=False, server_default="tmdb"),  # "tmdb", "sample", an own
    Column("alternative_titles", ARRAY(Text), nullable=False, server_default="{}"),
    Column("search_name", Text, nullable=False),  # folded titles, see api/domain/folding.py
    Column(
        "search_vector",
        TSVECTOR,
        nullable=False,
        server_default=text("''::tsvector"),
    ),
    # Alternative titles with the others, for processes of version 0.1 that search while an upgrade
    # rolls out; ix_items_search_name and ix_people_words likewise.
    Column(
        "all_names_vector",
        TSVECTOR,
        nullable=False,
        server_default=text("''::tsvector"),
    ),
    _now("fetched_at"),  # when the source was last asked
    _now("updated_at"),  # when a stored field last changed
    Column("retired_at", DateTime(timezone=True)),  # gone at the source: kept, never recommended
    # Of a retired title: the living one that its id moved to at the source.
    Column("moved_to", Integer, ForeignKey("items.id", ondelete="SET NULL")),
    CheckConstraint("media_type IN ('movie', 'tv')", name="media_type"),
    UniqueConstraint("media_type", "tmdb_id"),
    Index("ix_items_moved_to", "moved_to", postgresql_where=text("moved_to IS NOT NULL")),
    Index("ix_items_imdb_id", "imdb_id", postgresql_where=text("imdb_id IS NOT NULL")),
    Index("ix_items_search_vector", "search_vector", postgresql_using="gin"),
    Index("ix_items_all_names_vector", "all_names_vector", postgresql_using="gin"),
    Index(
        "ix_items_search_name", "search_name", postgresql_ops={"search_name": "text_pattern_ops"}
    ),
    Index("ix_items_genre_ids", "genre_ids", postgresql_using="gin"),
    Index(
        "ix_items_popularity",
        text("popularity DESC"),
        "id",
        postgresql_where=text("retired_at IS NULL"),
    ),
)

people = Table(
    "people",
    metadata,
    _identity(),
    Column("tmdb_id", Integer, unique=True),
    Column("name", Text, nullable=False),
    Column("search_name", Text, nullable=False),
    Column("popularity", REAL, nullable=False, server_default="0"),
    # Names that the person had at the source before.
    Column("aliases", ARRAY(Text), nullable=False, server_default="{}"),
    Index(
        "ix_people_search_name", "search_name", postgresql_ops={"search_name": "text_pattern_ops"}
    ),
    Index(
        "ix_people_words",
        text("to_tsvector('simple'::regconfig, search_name)"),
        postgresql_using="gin",
    ),
    # A person of a source without ids is known by name alone.
    Index(
        "uq_people_name_without_id", "name", unique=True, postgresql_where=text("tmdb_id IS NULL")
    ),
)

credits = Table(
    "credits",
    metadata,
    _item_key(),
    Column("role", Text, primary_key=True),
    Column("person_id", Integer, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("character", Text),
    Column("position", SmallInteger, nullable=False),  # billing order, from 0
    CheckConstraint(
        "role IN ('cast', 'director', 'writer', 'creator', 'composer', 'producer')", name="role"
    ),
    Index("ix_credits_person_id", "person_id", "item_id"),
    # Who plays Hercule Poirot.
    Index(
        "ix_credits_character",
        text("lower(character)"),
        postgresql_where=text("character LIKE '% %'"),
    ),
)

# Who made titles and who shows them first, as TMDB numbers them: a network and a company may have
# the same number and the same name.
companies = Table(
    "companies",
    metadata,
    _identity(),
    Column("kind", Text, nullable=False),
    Column("tmdb_id", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("search_name", Text, nullable=False),
    CheckConstraint("kind IN ('production', 'network')", name="kind"),
    UniqueConstraint("kind", "tmdb_id"),
    Index("ix_companies_search_name", "search_name"),
)

item_companies = Table(
    "item_companies",
    metadata,
    _item_key(),
    Column("company_id", Integer, ForeignKey("companies.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_item_companies_company_id", "company_id", "item_id"),
)

keywords = Table(
    "keywords",
    metadata,
    _identity(),
    Column("name", Text, nullable=False, unique=True),
)

item_keywords = Table(
    "item_keywords",
    metadata,
    _item_key(),
    Column("keyword_id", Integer, ForeignKey("keywords.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_item_keywords_keyword_id", "keyword_id"),
)

# The words of title, tagline, overview and keywords, stemmed as English, without their places. A
# table of its own: figures of items change daily, and each change would renew every index entry.
item_stories = Table(
    "item_stories",
    metadata,
    _item_key(),
    Column("words", TSVECTOR, nullable=False),
    # Without a pending list, which every search would have to walk through.
    Index(
        "ix_item_stories_words",
        "words",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    ),
)

# What a title is called by sources other than TMDB and IMDb, whose ids are columns of items: TVDB,
# Wikidata, an operator's own. A source may number films and shows apart.
external_ids = Table(
    "external_ids",
    metadata,
    Column("source", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("media_type", Text, primary_key=True),
    Column("item_id", Integer, ForeignKey("items.id", ondelete="CASCADE"), nullable=False),
    Index("ix_external_ids_item_id", "item_id"),
)

certificates = Table(
    "certificates",
    metadata,
    _item_key(),
    Column("country", Text, primary_key=True),
    Column("certificate", Text, nullable=False),
    Column("age", SmallInteger),  # the same on the one age scale; null when it has no place there
)

# What TMDB calls similar, and what it recommends to who likes a title: TMDB ids of the same media
# type, the best first. Not foreign keys: a neighbour may be fetched later, or never.
related_titles = Table(
    "related_titles",
    metadata,
    _item_key(),
    Column("similar_ids", ARRAY(Integer), nullable=False),
    Column("recommended_ids", ARRAY(Integer), nullable=False),
)

providers = Table(
    "providers",
    metadata,
    Column("short_name", Text, primary_key=True),  # JustWatch's, e.g. "nfx"
    Column("name", Text, nullable=False),
    Column("tmdb_id", Integer),
    Column("aliases", ARRAY(Text), nullable=False, server_default="{}"),
)

availability = Table(
    "availability",
    metadata,
    _item_key(),
    Column("country", Text, primary_key=True),
    Column("service", Text, primary_key=True),  # providers.short_name
    Column("offer_type", Text, primary_key=True),
    Column("url", Text),
    Column("deep_link", Text),
    Column("source", Text, nullable=False),  # "justwatch", "tmdb" or "sample"
    _now("updated_at"),
    CheckConstraint(
        "offer_type IN ('subscription', 'free', 'ads', 'rent', 'buy')", name="offer_type"
    ),
    Index("ix_availability_country_service", "country", "service"),
)

# A title as JustWatch knows it; without a node when the search found none that is surely the same.
justwatch_titles = Table(
    "justwatch_titles",
    metadata,
    _item_key(),
    Column("node_id", Text),
    Column("matched_by", Text),  # "tmdb_id", "imdb_id" or "title"
    Column("score", REAL),  # of the best match by title, from 0 to 1
    _now("searched_at"),
    CheckConstraint("matched_by IN ('tmdb_id', 'imdb_id', 'title')", name="matched_by"),
)

# While a check is fresh, JustWatch's offers of a title in a country replace TMDB's.
justwatch_checks = Table(
    "justwatch_checks",
    metadata,
    _item_key(),
    Column("country", Text, primary_key=True),
    _now("checked_at"),
    Index("ix_justwatch_checks_checked_at", "country", "checked_at"),
)

list_snapshots = Table(
    "list_snapshots",
    metadata,
    _identity(),
    Column("list_name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    _now("taken_at"),
    CheckConstraint(
        "list_name IN ('popular', 'top_rated', 'trending_day', 'trending_week')", name="list_name"
    ),
    Index("ix_list_snapshots_newest", "list_name", "media_type", text("taken_at DESC")),
)

list_snapshot_items = Table(
    "list_snapshot_items",
    metadata,
    Column(
        "snapshot_id",
        Integer,
        ForeignKey("list_snapshots.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("rank", Integer, primary_key=True),
    _item_key(primary_key=False),
    Index("ix_list_snapshot_items_item_id", "item_id"),
)

# --- Embeddings and the collaborative model ----------------------------------------------------

embedding_spaces = Table(
    "embedding_spaces",
    metadata,
    _identity(kind=SmallInteger),
    Column("model", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("template", Text, nullable=False),
    Column("dimension", SmallInteger, nullable=False),
    Column("active", Boolean, nullable=False, server_default="false"),
    _now("created_at"),
    Column("built_at", DateTime(timezone=True)),
    # As of the last run on the active space. The digest is of all texts: equal builds share it.
    Column("vectors", Integer),
    Column("text_hash", LargeBinary),
    UniqueConstraint("model", "version", "template"),
    # Deferrable, so that one statement may take the place from one space and give it to another.
    ExcludeConstraint(
        ("active", "="),
        name="ex_embedding_spaces_active",
        using="btree",
        where=text("active"),
        deferrable=True,
    ),
)

item_embeddings = Table(
    "item_embeddings",
    metadata,
    Column(
        "space_id",
        SmallInteger,
        ForeignKey("embedding_spaces.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    _item_key(),
    Column("embedding", HALFVEC(), nullable=False),  # L2-normalised
    Column("text_hash", LargeBinary, nullable=False),  # of the text that was embedded
    Index("ix_item_embeddings_item_id", "item_id"),
)

collaborative_models = Table(
    "collaborative_models",
    metadata,
    _identity(),
    Column("interactions", Integer, nullable=False),
    Column("profiles", Integer, nullable=False),
    Column("items", Integer, nullable=False),
    # Of the ratings set it was learned with; the next run reads it again.
    Column("ratings_path", Text),
    # See api/viewers/predictions/rating_numbers.py; null: too few ratings to predict any.
    Column("rating_numbers", JSONB),
    Column("active", Boolean, nullable=False, server_default="false"),
    _now("built_at"),
    Index("uq_collaborative_models_active", "active", unique=True, postgresql_where=text("active")),
)


def _model_key() -> Column[Any]:
    return Column(
        "model_id",
        Integer,
        ForeignKey("collaborative_models.id", ondelete="CASCADE"),
        primary_key=True,
    )


# Lists, not pairs: a taste of 200 titles reads 200 rows instead of 60,000. Neighbours are items'
# ids, the strongest first; one that has left the catalogue is passed over when it is read.
item_neighbours = Table(
    "item_neighbours",
    metadata,
    _model_key(),
    _item_key(),
    Column("likings", REAL, nullable=False),  # summed over the viewers
    Column("co_liked_ids", ARRAY(Integer), nullable=False),
    Column("co_liked_weights", ARRAY(REAL), nullable=False),
    Column("fan_liked_ids", ARRAY(Integer), nullable=False),
    Column("fan_liked_weights", ARRAY(REAL), nullable=False),
    Column("followed_ids", ARRAY(Integer), nullable=False),
    Column("followed_weights", ARRAY(REAL), nullable=False),
    Index("ix_item_neighbours_item_id", "item_id"),
)

# How high titles are rated, and factors by which ratings of them go together.
item_levels = Table(
    "item_levels",
    metadata,
    _model_key(),
    _item_key(),
    Column("ratings", Integer, nullable=False),  # that the level was learned from
    Column("level", REAL, nullable=False),  # points of ten above the mean of all ratings
    Column("factors", ARRAY(REAL), nullable=False),
    Index("ix_item_levels_item_id", "item_id"),
)

# Titles beside each other, made anew as a whole by the job `map`.
title_maps = Table(
    "title_maps",
    metadata,
    _identity(),
    Column("titles", Integer, nullable=False),
    Column("regions", JSONB),  # null: linked, not laid out
    _now("built_at"),
)

# Linked are items' ids, each pair on both sides; every title is reached from every other.
map_titles = Table(
    "map_titles",
    metadata,
    Column("map_id", Integer, ForeignKey("title_maps.id", ondelete="CASCADE"), primary_key=True),
    _item_key(),
    Column("linked_ids", ARRAY(Integer), nullable=False),
    Column("strengths", ARRAY(REAL), nullable=False),
    Column("x", REAL),
    Column("y", REAL),
    Column("region", SmallInteger),  # its place in the map's regions
    Index("ix_map_titles_item_id", "item_id"),
)

# --- Viewers -----------------------------------------------------------------------------------

profiles = Table(
    "profiles",
    metadata,
    _identity(),
    Column("user_id", Text, nullable=False),
    Column("profile", Text),  # null: the user's own, unnamed profile
    # Moves with every write of the profile; answers cached under an older one are stale.
    Column("version", BigInteger, nullable=False, server_default="1"),
    Column("consent_collaborative", Boolean, nullable=False, server_default="true"),
    Column("consent_llm", Boolean, nullable=False, server_default="false"),
    Column("source", Text, nullable=False, server_default="client"),  # "client" or "sample"
    _now("created_at"),
    # What the household sets: see api/viewers/profiles.
    Column("name", Text),  # to be shown; `profile` is what requests say
    # Not "kind": an older release joins this table with preferences, which has that.
    Column("viewer_kind", Text, nullable=False, server_default="adult"),
    Column("max_age", SmallInteger),  # of certificates, in years; null: no limit
    Column("unrated", Text, nullable=False, server_default="show"),
    Column("country", Text),  # ISO 3166-1
    Column("services", ARRAY(Text), nullable=False, server_default="{}"),  # providers.short_name
    Column("languages", ARRAY(Text), nullable=False, server_default="{}"),  # ISO 639-1
    CheckConstraint("viewer_kind IN ('adult', 'child')", name="viewer_kind"),
    CheckConstraint("max_age BETWEEN 0 AND 21", name="max_age"),
    CheckConstraint("unrated IN ('hide', 'show')", name="unrated"),
    UniqueConstraint("user_id", "profile", postgresql_nulls_not_distinct=True),
)


def _profile_key(*, nullable: bool = False) -> Column[Any]:
    return Column(
        "profile_id", Integer, ForeignKey("profiles.id", ondelete="CASCADE"), nullable=nullable
    )


# What a viewer states; what is inferred from a history is not stored.
preferences = Table(
    "preferences",
    metadata,
    Column("profile_id", Integer, ForeignKey("profiles.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    Column("stance", Text, nullable=False),
    Column("source", Text, nullable=False, server_default="user"),
    _now("created_at"),
    CheckConstraint(
        "kind IN ('genre', 'language', 'decade', 'media_type', 'maturity')", name="kind"
    ),
    CheckConstraint("stance IN ('prefer', 'avoid', 'never')", name="stance"),
    CheckConstraint("source = 'user'", name="source"),
)

# What a viewer brought from elsewhere: see api/viewers/imports. Named by user and profile, as lists
# are, because the profile is made when the import is applied.
imports = Table(
    "imports",
    metadata,
    _identity(kind=BigInteger),
    Column("user_id", Text, nullable=False),
    Column("profile", Text),
    Column("source", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column(
        "columns", JSONB, nullable=False, server_default="{}"
    ),  # guessed, of a table of one's own
    Column("columns_left", ARRAY(Text), nullable=False, server_default="{}"),  # that say nothing
    Column("rating_scale", REAL),  # the top of it, stated or taken from the ratings
    Column("accounts", ARRAY(Text), nullable=False, server_default="{}"),  # of several people in it
    Column("state", Text, nullable=False, server_default="previewed"),
    _now("created_at"),
    Column("applied_at", DateTime(timezone=True)),
    # A file, or what goes on coming: of a profile and source one each.
    Column("via", Text, nullable=False, server_default="file"),
    CheckConstraint("state IN ('previewed', 'applied')", name="state"),
    CheckConstraint("via IN ('file', 'hook', 'sync')", name="via"),
    Index("ix_imports_user_id", "user_id"),
    Index(
        "uq_imports_live",
        *("user_id", "profile", "source", "via"),
        unique=True,
        postgresql_where=text("via <> 'file'"),
        postgresql_nulls_not_distinct=True,
    ),
)

# What media servers send to, each with a token of its own, of which only the hash is kept.
hooks = Table(
    "hooks",
    metadata,
    _identity(kind=BigInteger),
    Column("user_id", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("prefix", Text, nullable=False),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    _now("created_at"),
    Index("ix_hooks_user_id", "user_id"),
)

# Whose plays count, and for which profile: the name or id of an account there, or * for everybody.
hook_accounts = Table(
    "hook_accounts",
    metadata,
    Column("hook_id", BigInteger, ForeignKey("hooks.id", ondelete="CASCADE"), primary_key=True),
    Column("account", Text, primary_key=True),
    Column("profile", Text),
)

# What is asked for a profile, since when. The tokens are sealed, where there are any.
connections = Table(
    "connections",
    metadata,
    _identity(kind=BigInteger),
    Column("user_id", Text, nullable=False),
    Column("profile", Text),
    Column("source", Text, nullable=False),
    Column("account", Text),  # at the source
    Column("sealed_tokens", LargeBinary),
    _now("created_at"),
    Column("synced_at", DateTime(timezone=True)),
    Column("synced_to", DateTime(timezone=True)),  # what is older was asked for
    Column("problem", Text),
    UniqueConstraint("user_id", "profile", "source", postgresql_nulls_not_distinct=True),
)

# Every row of the export with what was understood of it. Items are no foreign keys: a title that
# moves is followed when a row is read.
import_rows = Table(
    "import_rows",
    metadata,
    Column("import_id", BigInteger, ForeignKey("imports.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),  # in the export, over all its files
    Column("number", Integer, nullable=False),  # in its file, from 1
    Column("file", Text, nullable=False),
    Column("says", Text, nullable=False),
    Column("title_key", Text, nullable=False),  # rows of one title share a choice
    Column("kind", Text, nullable=False),
    Column("watched_at", DateTime(timezone=True)),
    Column("is_day", Boolean, nullable=False, server_default="false"),  # its hour is not known
    Column("logged_at", DateTime(timezone=True)),
    Column("rating", Numeric(3, 1, asdecimal=False)),
    Column("scale", REAL),
    Column("season", Integer),
    Column("episode", Text),
    Column("episodes", Integer),  # how many were seen, of a row about a whole show
    Column("is_part", Boolean, nullable=False, server_default="false"),
    Column("is_owned", Boolean, nullable=False, server_default="false"),  # whatever its kind
    Column("reached", REAL),  # minutes into it
    Column("sought", JSONB),  # by what a row that waits is looked for besides its key
    Column("status", Text, nullable=False),
    Column("item_id", Integer),
    Column("left_item_id", Integer),  # what it was applied as, until that is taken back
    Column("certainty", REAL, nullable=False, server_default="0"),
    Column("candidates", ARRAY(Integer), nullable=False, server_default="{}"),
    Column("reason", Text),
    Column("asked_at", DateTime(timezone=True)),  # TMDB, for its title
    CheckConstraint(
        "kind IN ('watched', 'rated', 'liked', 'disliked', 'watchlist', 'owned')", name="kind"
    ),
    CheckConstraint("status IN ('matched', 'uncertain', 'unmatched', 'skipped')", name="status"),
)

# What a viewer chose for a title of a source, for the next file of it. No item: none of them.
import_choices = Table(
    "import_choices",
    metadata,
    _identity(kind=BigInteger),
    Column("user_id", Text, nullable=False),
    Column("profile", Text),
    Column("source", Text, nullable=False),
    Column("title_key", Text, nullable=False),
    Column("item_id", Integer),
    UniqueConstraint(
        "user_id", "profile", "source", "title_key", postgresql_nulls_not_distinct=True
    ),
)


def _import_key() -> Column[Any]:
    """The import that wrote the row, while nobody has changed it since."""
    return Column("import_id", BigInteger, ForeignKey("imports.id", ondelete="SET NULL"))


def _import_index(table: str) -> Index:
    return Index(
        f"ix_{table}_import_id", "import_id", postgresql_where=text("import_id IS NOT NULL")
    )


# What a viewer means to watch.
watchlist = Table(
    "watchlist",
    metadata,
    Column("profile_id", Integer, ForeignKey("profiles.id", ondelete="CASCADE"), primary_key=True),
    _item_key(),
    _now("added_at"),
    _import_key(),
    Index("ix_watchlist_item_id", "item_id"),
    _import_index("watchlist"),
)

# What a household owns, which says nothing of what it has seen.
library = Table(
    "library",
    metadata,
    Column("user_id", Text, primary_key=True),
    _item_key(),
    _now("added_at"),
    _import_key(),
    Index("ix_library_item_id", "item_id"),
    _import_index("library"),
)

interactions = Table(
    "interactions",
    metadata,
    _identity(kind=BigInteger),
    _profile_key(),
    _item_key(primary_key=False),
    Column("event_type", Text, nullable=False),
    Column("rating", Numeric(3, 1, asdecimal=False)),  # 0 to 10
    Column("weight", REAL, nullable=False, server_default="1"),
    Column("watched_at", DateTime(timezone=True)),  # as the client stated it
    Column("occurred_at", DateTime(timezone=True), nullable=False),  # watched_at, else on arrival
    Column("snoozed_until", DateTime(timezone=True)),
    _now("recorded_at"),  # when it arrived, or last arrived with another value
    _import_key(),
    Column("source", Text),  # of imports; null: the client
    Column("scale", REAL),  # the top of the scale that the rating came on
    Column("episodes", SmallInteger),  # how many of a show an import told of
    CheckConstraint(
        "event_type IN ('watched', 'liked', 'rated', 'not_interested', 'disliked', 'not_now')",
        name="event_type",
    ),
    CheckConstraint("rating BETWEEN 0 AND 10", name="rating"),
    # The same event again finds this key and changes nothing.
    UniqueConstraint(
        "profile_id", "item_id", "event_type", "watched_at", postgresql_nulls_not_distinct=True
    ),
    Index("ix_interactions_newest", "profile_id", text("occurred_at DESC"), text("id DESC")),
    Index("ix_interactions_item_id", "item_id"),
    _import_index("interactions"),
)

# Opinions of earlier imports as they were before a later one changed them, to be put back.
import_replaced = Table(
    "import_replaced",
    metadata,
    Column("import_id", BigInteger, ForeignKey("imports.id", ondelete="CASCADE"), primary_key=True),
    Column("interaction_id", BigInteger, primary_key=True),
    Column("rating", Numeric(3, 1, asdecimal=False)),
    Column("scale", REAL),
    Column("source", Text),
    Column("occurred_at", DateTime(timezone=True), nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("replaced_import_id", BigInteger, nullable=False),  # whose event it was
)

slates = Table(
    "slates",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("user_id", Text, nullable=False),
    Column("profile", Text),
    Column("request_hash", LargeBinary, nullable=False),
    Column("strategy", Text, nullable=False),
    _now("created_at"),
    Column("item_ids", ARRAY(Integer), nullable=False),
    Column("scores", ARRAY(REAL), nullable=False),
    # What the explainer needs for any page: see api/recommend/lists/slates.py.
    Column("evidence", LargeBinary, nullable=False),
    Column("assignment", Text, nullable=False, server_default="champion"),
    # What it was made with, for a replay: see lists/list_provenance.py. Null on older lists.
    Column("origin", JSONB),
    Column("evening", Date),  # that it was made for; null where for none
    CheckConstraint("assignment IN ('asked', 'experiment', 'champion')", name="assignment"),
    Index("ix_slates_user_id", "user_id"),
    Index("ix_slates_created_at", "created_at"),
    Index(
        "ix_slates_evening",
        "user_id",
        "evening",
        postgresql_where=text("evening IS NOT NULL"),
    ),
    postgresql_partition_by="RANGE (id)",  # by week, see api/recommend/lists/weeks.py
)

# Whom a list is for, where those are several; its row of slates names the first of them.
list_members = Table(
    "list_members",
    metadata,
    Column(
        "slate_id",
        UUID(as_uuid=True),
        ForeignKey("slates.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("place", SmallInteger, primary_key=True, autoincrement=False),
    Column("user_id", Text, nullable=False),
    Column("profile", Text),
    Column("fits", ARRAY(REAL), nullable=False),  # of each title of the list, 0 to 1
    Index("ix_list_members_user_id", "user_id"),
)

# Lists for many viewers that were ordered, until they expire. The request without its viewers.
batches = Table(
    "batches",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True),
    Column("shape", JSONB, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
)

batch_lists = Table(
    "batch_lists",
    metadata,
    Column(
        "batch_id",
        UUID(as_uuid=True),
        ForeignKey("batches.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("place", SmallInteger, primary_key=True, autoincrement=False),
    Column("user_id", Text, nullable=False),
    Column("profile", Text),
    Column("line", LargeBinary),  # of the file; null until it is made
    Index("ix_batch_lists_user_id", "user_id"),
)

# What another strategy would have served in place of a list. No viewer saw it.
shadow_lists = Table(
    "shadow_lists",
    metadata,
    Column(
        "slate_id",
        UUID(as_uuid=True),
        ForeignKey("slates.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("strategy", Text, primary_key=True),
    Column("item_ids", ARRAY(Integer), nullable=False),  # the first fifty places
    Column("overlap_10", REAL),
    Column("overlap_20", REAL),
    Column("rank_biased_overlap", REAL),
    Column("milliseconds", REAL, nullable=False),
    Column("error", Text),
)

feedback = Table(
    "feedback",
    metadata,
    _identity(kind=BigInteger),
    _profile_key(nullable=True),
    Column("item_id", Integer, ForeignKey("items.id", ondelete="CASCADE")),
    Column("event_type", Text, nullable=False),
    Column("slate_id", UUID(as_uuid=True)),
    Column("place", Integer),  # in that list, over all its pages, from 1
    Column("meta", JSONB),
    _now("occurred_at"),
    CheckConstraint(
        "event_type IN ('impression', 'click', 'complete', 'like', 'dislike', 'not_now', 'never', "
        "'dismiss')",
        name="event_type",
    ),
    Index("ix_feedback_profile_id", "profile_id", "item_id", "occurred_at"),
    Index("ix_feedback_item_id", "item_id", "occurred_at"),
    # Without impressions, which are most of it.
    Index(
        "ix_feedback_reactions",
        "occurred_at",
        postgresql_where=text("event_type IN ('click', 'complete', 'like')"),
    ),
)

# --- Service and jobs --------------------------------------------------------------------------

service_state = Table(
    "service_state",
    metadata,
    Column("id", Boolean, primary_key=True, server_default="true"),
    # Moves when a job changed what may be recommended or how it is described.
    Column("catalogue_version", BigInteger, nullable=False, server_default="1"),
    Column("cursor_secret", LargeBinary, nullable=False),
    CheckConstraint("id", name="one_row"),
)

# Which titles each of the newest steps of the catalogue's version changed; null: it may be any.
catalogue_changes = Table(
    "catalogue_changes",
    metadata,
    Column("version", BigInteger, primary_key=True, autoincrement=False),
    Column("item_ids", ARRAY(Integer)),
)

# The newest row is the champion; without any it is "standard".
promotions = Table(
    "promotions",
    metadata,
    _identity(),
    Column("strategy", Text, nullable=False),
    Column("promoted_by", Text, nullable=False),
    _now("promoted_at"),
)

# Numbers of strategies and business rules that lists were made with, once per distinct content.
kept_configurations = Table(
    "kept_configurations",
    metadata,
    Column("digest", LargeBinary, primary_key=True),  # SHA-256 of the content
    Column("content", JSONB, nullable=False),
    _now("first_used_at"),
)

api_keys = Table(
    "api_keys",
    metadata,
    _identity(),
    Column("prefix", Text, nullable=False),
    Column("key_hash", LargeBinary, nullable=False, unique=True),  # SHA-256 of a 256-bit key
    Column("label", Text, nullable=False),
    Column("scope", Text, nullable=False),
    _now("created_at"),
    Column("revoked_at", DateTime(timezone=True)),
    CheckConstraint("scope IN ('client', 'admin')", name="scope"),
)

# Browsers that came in with a credential, and codes that let another device in: one row becomes the
# other. See api/access/sessions.
sessions = Table(
    "sessions",
    metadata,
    _identity(kind=BigInteger),
    Column("token_hash", LargeBinary, unique=True),  # SHA-256 of 256 bits; null until redeemed
    Column("code_hash", LargeBinary, unique=True),
    Column("code_expires_at", DateTime(timezone=True)),
    # The credential that it came from, and what that allows.
    Column("scope", Text, nullable=False),
    Column("holder", Text, nullable=False),
    Column("user_id", Text),
    Column("is_bound", Boolean, nullable=False, server_default="false"),
    Column("profile", Text),
    # A child's profile, bound to until the household's PIN is given.
    Column("entered_id", Integer, ForeignKey("profiles.id", ondelete="CASCADE")),
    _now("created_at"),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    CheckConstraint("scope IN ('client', 'user', 'admin')", name="scope"),
    Index("ix_sessions_user_id", "user_id"),
    Index("ix_sessions_entered_id", "entered_id"),
    Index("ix_sessions_expires_at", "expires_at"),
    Index("ix_sessions_code_expires_at", "code_expires_at"),
)

household_pins = Table(
    "household_pins",
    metadata,
    Column("user_id", Text, primary_key=True),
    Column("pin_hash", Text, nullable=False),  # see api/access/sessions/pin_hash.py
    Column("tries", SmallInteger, nullable=False, server_default="0"),  # since the last right one
    Column("lockouts", SmallInteger, nullable=False, server_default="0"),  # likewise
    Column("locked_until", DateTime(timezone=True)),
    _now("set_at"),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("caller", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("request_hash", LargeBinary, nullable=False),
    Column("response", JSONB, nullable=False),
    Column("profile_id", Integer, ForeignKey("profiles.id", ondelete="CASCADE")),
    _now("created_at"),
    Index("ix_idempotency_keys_created_at", "created_at"),
    Index("ix_idempotency_keys_profile_id", "profile_id"),
)

job_runs = Table(
    "job_runs",
    metadata,
    _identity(),
    Column("job", Text, nullable=False),
    Column("state", Text, nullable=False),
    # The job that asked for this one; a cancelled job takes those below it along.
    Column("parent_id", Integer, ForeignKey("job_runs.id", ondelete="CASCADE")),
    Column("requested_by", Text, nullable=False),
    Column("options", JSONB, nullable=False, server_default="{}"),
    Column("percent", REAL, nullable=False, server_default="0"),
    Column("report", JSONB),
    Column("log", ARRAY(Text), nullable=False, server_default="{}"),  # the last lines
    _now("created_at"),
    Column("started_at", DateTime(timezone=True)),
    Column("finished_at", DateTime(timezone=True)),
    Column("cancel_requested_at", DateTime(timezone=True)),
    CheckConstraint(
        "state IN ('pending', 'started', 'progress', 'success', 'failure', 'revoked')",
        name="state",
    ),
    CheckConstraint("requested_by IN ('command', 'schedule', 'admin', 'job')", name="requested_by"),
    Index("ix_job_runs_newest", "job", text("created_at DESC")),
    Index("ix_job_runs_created_at", "created_at"),
    Index("ix_job_runs_parent_id", "parent_id"),
)

job_failures = Table(
    "job_failures",
    metadata,
    Column("job", Text, primary_key=True),
    Column("reference", Text, primary_key=True),  # e.g. "movie:603"
    Column("failures", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    _now("failed_at"),
    Column("next_try_at", DateTime(timezone=True)),  # null: given up
    Index("ix_job_failures_next_try_at", "job", "next_try_at"),
)

# What a pass over TMDB has still to fetch; a title leaves with the transaction that stores it.
titles_to_fetch = Table(
    "titles_to_fetch",
    metadata,
    Column("media_type", Text, primary_key=True),
    Column("tmdb_id", Integer, primary_key=True, autoincrement=False),
    Column("priority", REAL, nullable=False),  # the highest first
    Index("ix_titles_to_fetch_priority", text("priority DESC"), "media_type", "tmdb_id"),
)

watermarks = Table(
    "watermarks",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    _now("updated_at"),
)

# The catalogue as processes map it; each machine fetches the newest once.
catalogue_snapshots = Table(
    "catalogue_snapshots",
    metadata,
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    Column("layout", Integer, nullable=False),  # of the arrays within, as the code counts them
    Column("version", BigInteger, nullable=False),  # of the catalogue
    Column("digest", Text, nullable=False),  # sha256 of the file, hexadecimal
    Column("size", BigInteger, nullable=False),  # bytes
    Column("seconds", REAL, nullable=False),  # that making it took
    _now("built_at"),
)

catalogue_snapshot_parts = Table(
    "catalogue_snapshot_parts",
    metadata,
    Column(
        "number",
        BigInteger,
        ForeignKey("catalogue_snapshots.number", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("part", Integer, primary_key=True, autoincrement=False),
    Column("bytes", LargeBinary, nullable=False),
)
