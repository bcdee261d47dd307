"""What a title's text is made of, read page by page for the jobs that embed it."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Engine, text

from api.domain.genres import GENRES
from api.domain.items import MediaType

_PAGE = 2000
_MOST_CAST = 5
_MOST_KEYWORDS = 15

# Walks the primary key; the lists come in an order that does not depend on when a row was written,
# so the same title always gives the same text.
_READ_PAGE = text(
    """
    SELECT items.id, media_type, title, release_year, genre_ids, overview,
        ARRAY(SELECT name FROM credits JOIN people ON people.id = person_id
              WHERE item_id = items.id AND role IN ('director', 'creator')
              ORDER BY role, position, name) AS makers,
        ARRAY(SELECT name FROM credits JOIN people ON people.id = person_id
              WHERE item_id = items.id AND role = 'cast'
              ORDER BY position, name LIMIT :most_cast) AS actors,
        ARRAY(SELECT name FROM item_keywords JOIN keywords ON keywords.id = keyword_id
              WHERE item_id = items.id ORDER BY name LIMIT :most_keywords) AS keywords
    FROM items
    WHERE items.id > :after AND retired_at IS NULL
    ORDER BY items.id LIMIT :page
    """
)


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


def described_titles(engine: Engine) -> Iterator[DescribedTitle]:
    """Every title that is not retired, by rising id."""
    after = 0
    while True:
        with engine.connect() as connection:
            rows = connection.execute(
                _READ_PAGE,
                {
                    "after": after,
                    "page": _PAGE,
                    "most_cast": _MOST_CAST,
                    "most_keywords": _MOST_KEYWORDS,
                },
            ).all()
        if not rows:
            return
        for row in rows:
            yield DescribedTitle(
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
        after = rows[-1].id
