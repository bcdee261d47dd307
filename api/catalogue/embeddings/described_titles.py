"""What a title's text is made of, read page by page beside the hash of the text that was embedded.

A page is all that is held, so memory does not grow with the catalogue.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, text

from api.domain.genres import GENRES
from api.domain.items import MediaType

_PAGE = 2000
_MOST_CAST = 5
_MOST_KEYWORDS = 15

_ONLY = "CAST(:only AS integer[])"  # none of them: every title
_WANTED = f"retired_at IS NULL AND (items.id = ANY({_ONLY}) OR cardinality({_ONLY}) = 0)"

# Walks the primary keys of both tables; the lists come in an order that does not depend on when a
# row was written, so the same title always gives the same text.
_READ_PAGE = text(
    f"""
    SELECT items.id, media_type, title, release_year, genre_ids, overview,
        ARRAY(SELECT name FROM credits JOIN people ON people.id = person_id
              WHERE item_id = items.id AND role IN ('director', 'creator')
              ORDER BY role, position, name) AS makers,
        ARRAY(SELECT name FROM credits JOIN people ON people.id = person_id
              WHERE item_id = items.id AND role = 'cast'
              ORDER BY position, name LIMIT :most_cast) AS actors,
        ARRAY(SELECT name FROM item_keywords JOIN keywords ON keywords.id = keyword_id
              WHERE item_id = items.id ORDER BY name LIMIT :most_keywords) AS keywords,
        stored.text_hash
    FROM items
    LEFT JOIN item_embeddings AS stored ON stored.space_id = :space AND stored.item_id = items.id
    WHERE items.id > :after AND {_WANTED}
    ORDER BY items.id LIMIT :page
    """  # noqa: S608 - a constant
)

_COUNT = text(f"SELECT count(*) FROM items WHERE {_WANTED}")  # noqa: S608 - a constant


@dataclass(frozen=True, slots=True)
class DescribedTitle:
    """A title in the words that describe it; nothing here changes with its fame."""

    id: int
    media_type: MediaType
    title: str
    year: int | None
    genres: tuple[str, ...]
    overview: str
    makers: tuple[str, ...]  # directors of a film, creators and directors of a show
    actors: tuple[str, ...]
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Embeddable:
    """A title, and the hash of the text behind its vector in a space; None without a vector."""

    title: DescribedTitle
    stored_hash: bytes | None


def count_titles(connection: Connection, *, only: Sequence[int] = ()) -> int:
    """How many titles `embeddable_titles` would yield."""
    titles: int = connection.execute(_COUNT, {"only": list(only)}).scalar_one()
    return titles


def embeddable_titles(
    engine: Engine, space_id: int, *, only: Sequence[int] = ()
) -> Iterator[Embeddable]:
    """Every title that is not retired, or those of `only`, by rising id."""
    after = 0
    while True:
        with engine.connect() as connection:
            rows = connection.execute(
                _READ_PAGE,
                {
                    "space": space_id,
                    "only": list(only),
                    "after": after,
                    "page": _PAGE,
                    "most_cast": _MOST_CAST,
                    "most_keywords": _MOST_KEYWORDS,
                },
            ).all()
        if not rows:
            return
        for row in rows:
            title = DescribedTitle(
                id=row.id,
                media_type=row.media_type,
                title=row.title,
                year=row.release_year,
                genres=tuple(GENRES[genre_id] for genre_id in row.genre_ids),
                overview=row.overview,
                makers=tuple(row.makers),
                actors=tuple(row.actors),
                keywords=tuple(row.keywords),
            )
            yield Embeddable(title, row.text_hash)
        after = rows[-1].id
