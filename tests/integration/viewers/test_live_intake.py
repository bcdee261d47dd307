"""What comes row by row: told twice it counts once, and what there is no room for is refused."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from api.platform.database import Database
from api.platform.errors import UnusableImport
from api.viewers.events import ProfileKey
from api.viewers.imports.live import MOST_ROWS, LiveIntake
from api.viewers.imports.row import Ids, Name, Row
from tests.builders import add_item, rows_of

_DANA = ProfileKey("dana")
_EIGHT = datetime(2024, 3, 5, 20, tzinfo=UTC)
_HEAT = Row(
    1,
    "",
    title="Heat",
    names=(Name("Heat", "movie"),),
    media_type="movie",
    ids=Ids(tmdb=949),
    watched_at=_EIGHT,
)
_EVENTS = "SELECT event_type, rating::real FROM interactions ORDER BY 1"


@pytest.fixture
def intake(database: Database) -> LiveIntake:
    add_item(database, "Heat", tmdb_id=949, vote_count=900)
    return LiveIntake(database, lambda: datetime(2026, 3, 1, tzinfo=UTC))


def test_one_viewing_that_a_batch_tells_several_times_counts_once(
    database: Database, intake: LiveIntake
) -> None:
    again = replace(_HEAT, watched_at=_EIGHT + timedelta(minutes=1))
    day = replace(_HEAT, watched_at=date(2024, 3, 5))
    otherwise = replace(again, ids=Ids(), names=(Name("HEAT!", "movie"),), title="HEAT!")
    taken = intake.take(_DANA, "plex", "sync", [_HEAT, again, day, otherwise])
    assert (taken.recorded, taken.known) == (1, 3)
    assert rows_of(database, _EVENTS) == [("watched", None)]
    assert rows_of(database, "SELECT count(*) FROM import_rows") == [(1,)]


def test_an_episode_or_a_day_later_is_another_viewing(
    database: Database, intake: LiveIntake
) -> None:
    rows = [_HEAT, replace(_HEAT, watched_at=_EIGHT + timedelta(days=1))]
    assert intake.take(_DANA, "plex", "sync", rows).recorded == 2
    show = replace(_HEAT, media_type="tv", ids=Ids(), title="Dark", names=(Name("Dark", "tv"),))
    episodes = [replace(show, season=1, episode=str(number)) for number in (1, 2)]
    assert intake.take(_DANA, "plex", "sync", episodes).waiting == 2


def test_opinions_of_a_batch_are_told_as_often_as_they_change(
    database: Database, intake: LiveIntake
) -> None:
    rated = replace(_HEAT, kind="rated", rating=6.0, scale=10.0, watched_at=None, logged_at=_EIGHT)
    later = replace(rated, rating=7.0, logged_at=_EIGHT + timedelta(days=1))
    assert intake.take(_DANA, "trakt", "sync", [rated, rated, later, rated]).known == 2
    assert rows_of(database, _EVENTS) == [("rated", 7.0)]
    assert rows_of(database, "SELECT count(*) FROM import_rows") == [(2,)]


def test_what_there_is_no_room_for_is_not_taken_for_known(
    database: Database, intake: LiveIntake
) -> None:
    brought = intake.take(_DANA, "plex", "sync", [_HEAT]).import_id
    with database.autocommit() as cursor:
        cursor.execute("UPDATE import_rows SET position = %s", (MOST_ROWS,))
    assert intake.take(_DANA, "plex", "sync", [_HEAT]).known == 1
    with pytest.raises(UnusableImport, match=f"Plex told .* 500,000 rows.* import {brought} "):
        intake.take(_DANA, "plex", "sync", [replace(_HEAT, watched_at=_EIGHT - timedelta(days=9))])
