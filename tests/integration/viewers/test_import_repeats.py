"""What a second file tells of what the history has: nothing of a viewing, and an opinion that is
new."""

from datetime import UTC, datetime
from io import BytesIO

import pytest

from api.catalogue.limits.shown_titles import ShownTitles
from api.platform.cursors import Cursors
from api.platform.database import Database
from api.viewers.events import ProfileKey
from api.viewers.imports.imports import Imports
from tests.builders import add_item, rows_of

_DANA = ProfileKey("dana")
_EVENTS = (
    "SELECT title, event_type, rating::real, watched_at::date::text"
    " FROM interactions JOIN items ON items.id = item_id ORDER BY 1, watched_at NULLS LAST"
)
_SHORT = (
    'Title,Date\nHeat,"1/13/24"\nHeat,"6/20/23"\n"Dark: Season 1: Secrets","1/14/24"\n'
    '"Dark: Season 1: Lies","1/13/24"\n'
)
_ACTIVITY = (
    "Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,"
    "Bookmark,Latest Bookmark,Country\n"
    "Dana,2024-02-20 20:00:00,00:10:00,,Heat,,TV,02:40:00,02:40:00,US\n"
    "Dana,2024-01-14 20:00:00,00:10:00,,Dark: Season 1: Secrets,,TV,00:50:00,00:50:00,US\n"
    "Dana,2024-01-13 21:00:00,00:10:00,,Dark: Season 1: Lies,,TV,00:50:00,00:50:00,US\n"
    "Dana,2024-01-13 20:00:00,00:10:00,,Heat,,TV,02:40:00,02:40:00,US\n"
)


@pytest.fixture(autouse=True)
def catalogue(database: Database) -> None:
    add_item(database, "Heat", tmdb_id=949, vote_count=900)
    add_item(database, "Dark", tmdb_id=70523, media_type="tv", vote_count=900)


@pytest.fixture
def imports(database: Database) -> Imports:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    return Imports(database, Cursors(lambda: b"x" * 32), ShownTitles(database), lambda: now)


def _bring(imports: Imports, content: str) -> None:
    imports.apply(imports.create(_DANA, BytesIO(content.encode()), "file.csv").stored.id)


@pytest.mark.parametrize("files", [(_SHORT, _ACTIVITY), (_ACTIVITY, _SHORT)])
def test_days_and_moments_of_one_source_are_the_same_viewings(
    database: Database, imports: Imports, files: tuple[str, str]
) -> None:
    for content in (*files, *files):
        _bring(imports, content)
    assert rows_of(database, _EVENTS) == [
        ("Dark", "watched", None, "2024-01-14"),
        ("Heat", "watched", None, "2023-06-20"),
        ("Heat", "watched", None, "2024-01-13"),
        ("Heat", "watched", None, "2024-02-20"),
    ]


def test_moments_of_one_source_are_told_apart_by_the_minute(
    database: Database, imports: Imports
) -> None:
    first = '{"watched_at": "2024-01-13T18:00:00Z", "type": "movie", "movie": {"title": "Heat", '
    first += '"ids": {"trakt": 1, "tmdb": 949}}}'
    _bring(imports, f"[{first}]")
    _bring(imports, f"[{first}, {first.replace('18:00', '21:00')}]")
    assert rows_of(database, "SELECT count(*) FROM interactions") == [(2,)]


def test_an_opinion_that_went_back_to_that_of_a_day_is_the_current_one(
    database: Database, imports: Imports
) -> None:
    diary = "tmdb_id,type,rating,watched\n949,movie,8,2020-01-01\n"
    ratings = "tmdb_id,type,rating\n949,movie,{}\n"
    dated = ("Heat", "rated", 8.0, "2020-01-01")
    _bring(imports, diary)
    _bring(imports, ratings.format(8))
    assert rows_of(database, _EVENTS) == [dated]  # it adds nothing yet
    for rating in (6, 8):
        _bring(imports, ratings.format(rating))
        _bring(imports, diary)
        assert rows_of(database, _EVENTS) == [dated, ("Heat", "rated", rating, None)]
