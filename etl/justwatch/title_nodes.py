"""Which titles JustWatch is asked about, its node for each, and when it was asked.

A title is due when TMDB or JustWatch say that it can be watched in a wanted country and one of its
checks is old or missing. TMDB's offers come from JustWatch, so no other title is worth a question.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Connection, text

from api.domain.items import MediaType

# Every table is read once, as a set: most titles of a country are due, and lookups for each of them
# take longer. A reference that failed is left out until its next try; without one it was given up.
# What a clock that ran ahead has noted as of the future does not count.
_DUE = """
WITH offered AS (
    SELECT item_id, min(country) AS country FROM availability
    WHERE country = ANY(:countries) AND source IN ('tmdb', 'justwatch')
    GROUP BY item_id
),
checks AS (
    SELECT item_id, count(*) AS countries, min(checked_at) AS oldest FROM justwatch_checks
    WHERE country = ANY(:countries) AND checked_at <= :now
    GROUP BY item_id
),
due AS (
    SELECT offered.item_id, offered.country, -popularity AS obscurity,
        CASE WHEN checks.countries = cardinality(CAST(:countries AS text[]))
            THEN oldest ELSE 'epoch' END AS checked_at
    FROM offered JOIN items ON items.id = offered.item_id
    LEFT JOIN checks ON checks.item_id = offered.item_id
    WHERE retired_at IS NULL
        AND NOT EXISTS (
            SELECT FROM justwatch_titles AS searched
            WHERE searched.item_id = offered.item_id AND node_id IS NULL
                AND searched_at BETWEEN :searched_before AND :now
        )
        AND NOT EXISTS (
            SELECT FROM job_failures
            WHERE job = :job AND reference = media_type || ':' || tmdb_id
                AND (next_try_at IS NULL OR next_try_at > :now)
        )
)
"""

_COUNT = text(f"{_DUE} SELECT count(*) FROM due WHERE checked_at < :checked_before")  # noqa: S608

_PAGE = text(
    f"""{_DUE},
    page AS MATERIALIZED (
        SELECT item_id, country, checked_at, obscurity FROM due
        WHERE checked_at < :checked_before
            AND (checked_at, obscurity, item_id)
                > (:after_check, CAST(:after_obscurity AS real), :after)
        ORDER BY checked_at, obscurity, item_id LIMIT :page
    )
    SELECT item_id, media_type, tmdb_id, imdb_id, title, original_title, alternative_titles,
        release_year, node_id, country, checked_at, obscurity
    FROM page JOIN items ON items.id = item_id LEFT JOIN justwatch_titles USING (item_id)
    ORDER BY checked_at, obscurity, item_id
    """  # noqa: S608 - constants only
)

_WRITE_SEARCHES = text(
    """
    INSERT INTO justwatch_titles (item_id, node_id, matched_by, score, searched_at)
    VALUES (:item_id, :node_id, :matched_by, :score, :now)
    ON CONFLICT (item_id) DO UPDATE SET node_id = EXCLUDED.node_id,
        matched_by = EXCLUDED.matched_by, score = EXCLUDED.score,
        searched_at = EXCLUDED.searched_at
    """
)

_WRITE_CHECKS = text(
    """
    INSERT INTO justwatch_checks (item_id, country, checked_at)
    SELECT item_id, country, :now
    FROM unnest(CAST(:item_ids AS integer[])) AS item_id,
        unnest(CAST(:countries AS text[])) AS country
    ON CONFLICT (item_id, country) DO UPDATE SET checked_at = EXCLUDED.checked_at
    """
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What makes a title due."""

    job: str  # whose failures count
    countries: tuple[str, ...]
    now: datetime
    checked_before: datetime  # in any of the countries, or never
    searched_before: datetime  # for titles that a search did not find

    def parameters(self) -> dict[str, Any]:
        """As the statements bind them."""
        return {
            "job": self.job,
            "countries": list(self.countries),
            "now": self.now,
            "checked_before": self.checked_before,
            "searched_before": self.searched_before,
        }


@dataclass(frozen=True, slots=True)
class DueTitle:
    """A title to ask JustWatch about."""

    item_id: int
    media_type: MediaType
    tmdb_id: int | None
    imdb_id: str | None
    names: tuple[str, ...]  # the title, then the original and the alternative ones
    year: int | None
    node_id: str | None  # JustWatch's, where a search has found it
    country: str  # a wanted one where it can be watched
    checked_at: datetime  # 1970 where a country has not been checked
    obscurity: float  # popularity below zero, for one order of all keys

    @property
    def reference(self) -> str:
        """The title as job_failures and logs name it."""
        return f"{self.media_type}:{self.tmdb_id}"


@dataclass(frozen=True, slots=True)
class Search:
    """What a search for a title came to."""

    item_id: int
    node_id: str | None
    matched_by: Literal["tmdb_id", "imdb_id", "title"] | None
    score: float | None


def count_due(connection: Connection, wanted: Wanted) -> int:
    """How many titles are due."""
    return int(connection.execute(_COUNT, wanted.parameters()).scalar_one())


def due_titles(
    connection: Connection, wanted: Wanted, *, after: DueTitle | None, page: int
) -> list[DueTitle]:
    """The next titles that are due, the longest unchecked first, then the most popular."""
    parameters = wanted.parameters() | {
        "after_check": after.checked_at if after else _EPOCH,
        "after_obscurity": after.obscurity if after else float("-inf"),
        "after": after.item_id if after else 0,
        "page": page,
    }
    return [
        DueTitle(
            item_id=row.item_id,
            media_type=row.media_type,
            tmdb_id=row.tmdb_id,
            imdb_id=row.imdb_id,
            names=_names(row.title, row.original_title, row.alternative_titles),
            year=row.release_year,
            node_id=row.node_id,
            country=row.country,
            checked_at=row.checked_at,
            obscurity=row.obscurity,
        )
        for row in connection.execute(_PAGE, parameters)
    ]


def write_searches(connection: Connection, searches: Iterable[Search], *, now: datetime) -> None:
    """Keeps what the searches came to."""
    rows = [
        {
            "item_id": search.item_id,
            "node_id": search.node_id,
            "matched_by": search.matched_by,
            "score": search.score,
            "now": now,
        }
        for search in searches
    ]
    if rows:
        connection.execute(_WRITE_SEARCHES, rows)


def forget_nodes(connection: Connection, item_ids: Sequence[int]) -> None:
    """Makes the next run search for these titles again."""
    connection.execute(
        text("DELETE FROM justwatch_titles WHERE item_id = ANY(:item_ids)"),
        {"item_ids": list(item_ids)},
    )


def write_checks(
    connection: Connection, item_ids: Sequence[int], countries: Sequence[str], *, now: datetime
) -> None:
    """Notes that JustWatch has answered for each title in each country."""
    connection.execute(
        _WRITE_CHECKS, {"item_ids": list(item_ids), "countries": list(countries), "now": now}
    )


def _names(title: str, original: str | None, alternatives: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([title, *([original] if original else []), *alternatives]))
