"""What rows tell beside their title counts: when they are applied, chosen for, or joined later."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO

import pytest

from api.catalogue.limits.shown_titles import ShownTitles
from api.domain.limits import NO_LIMITS
from api.platform.cursors import Cursors
from api.platform.database import Database
from api.viewers.events import ProfileKey
from api.viewers.imports.families import Family
from api.viewers.imports.imports import Choice, Imports
from api.viewers.imports.matching.match import Status
from api.viewers.imports.waiting import WaitingRows
from tests.builders import add_credit, add_item, add_person, announce_catalogue, rows_of

_NOW = datetime(2026, 3, 1, tzinfo=UTC)
_DANA = ProfileKey("dana")
_EVENTS = (
    "SELECT title, event_type, rating, watched_at::date::text, episodes"
    " FROM interactions JOIN items ON items.id = item_id ORDER BY 1, 2"
)
_MOMENTS = "SELECT watched_at::text FROM interactions ORDER BY 1"
_ACTIVITY = (
    "Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,"
    "Bookmark,Latest Bookmark,Country\n"
)


@pytest.fixture
def imports(database: Database) -> Imports:
    return Imports(database, Cursors(lambda: b"x" * 32), ShownTitles(database), lambda: _NOW)


def _bring(
    imports: Imports, content: str, name: str = "file.csv", family: Family | None = None
) -> int:
    read = imports.create(_DANA, BytesIO(content.encode()), name, family=family)
    imports.apply(read.stored.id)
    return read.stored.id


def _arrives(database: Database, title: str, **columns: object) -> int:
    item = add_item(database, title, **{"vote_count": 900, **columns})  # type: ignore[arg-type]
    announce_catalogue(database)
    return item


def _look_again(database: Database) -> int:
    return WaitingRows(database, lambda: _NOW).look_again()


def _statuses(imports: Imports, brought: int) -> Mapping[Status, int]:
    return imports.overview(brought).counts


def _sittings(*sittings: tuple[str, str, str]) -> str:
    """Of (start, title, bookmark)."""
    rows = (
        f"Dana,{start},00:10:00,,{title},,TV,{bookmark},{bookmark},US"
        for start, title, bookmark in sittings
    )
    return _ACTIVITY + "\n".join(rows)


# --- How many episodes were seen -----------------------------------------------------------------

_MAL = (
    "<myanimelist><anime><series_title>Mushishi</series_title><series_type>TV</series_type>"
    "<my_watched_episodes>26</my_watched_episodes><my_finish_date>2024-05-01</my_finish_date>"
    "<my_score>9</my_score><my_status>Completed</my_status></anime></myanimelist>"
)
_SIMKL = json.dumps(
    {
        "shows": [
            {
                "show": {"title": "Mushishi", "ids": {"simkl": 1}},
                "status": "completed",
                "last_watched_at": "2024-05-01T20:00:00Z",
                "user_rating": 9,
                "watched_episodes_count": 26,
            }
        ]
    }
)
_SIMKL_TABLE = (
    "SIMKL_ID,Title,Type,Year,Watchlist,LastEpWatched,WatchedDate,Rating,TVDB,TMDB,IMDB\n"
    "1,Mushishi,tv,2005,completed,s1e26,01/05/2024 20:00,9,,,\n"
    "2,Another,tv,2005,completed,,13/06/2024 20:00,,,,\n"
)


@pytest.mark.parametrize("content", [_MAL, _SIMKL, _SIMKL_TABLE], ids=["mal", "simkl", "table"])
def test_the_opinion_of_a_series_is_kept_beside_how_much_of_it_was_seen(
    database: Database, imports: Imports, content: str
) -> None:
    add_item(database, "Mushishi", media_type="tv", vote_count=900, release_year=2005)
    told = [
        ("Mushishi", "rated", 9.0, None, None),
        ("Mushishi", "watched", None, "2024-05-01", 26),
    ]
    for _ in range(2):
        _bring(imports, content)
        assert rows_of(database, _EVENTS) == told


def test_seasons_that_are_entries_of_their_own_are_counted_together(
    database: Database, imports: Imports
) -> None:
    add_item(database, "Mushishi", media_type="tv", vote_count=900)
    add_item(database, "Ran", tmdb_id=11645, vote_count=900)
    entry = _MAL.removeprefix("<myanimelist>").removesuffix("</myanimelist>")
    film = entry.replace("Mushishi", "Ran").replace(">TV<", ">Movie<")
    _bring(imports, f"<myanimelist>{entry}{entry}{film}</myanimelist>")
    assert rows_of(database, _EVENTS) == [
        ("Mushishi", "rated", 9.0, None, None),
        ("Mushishi", "watched", None, "2024-05-01", 52),
        ("Ran", "rated", 9.0, "2024-05-01", None),
    ]


def test_a_series_that_is_said_to_be_a_film_has_no_episodes(
    database: Database, imports: Imports
) -> None:
    film = add_item(database, "Mushishi the Film", vote_count=900)
    brought = _bring(imports, _MAL)
    imports.choose(brought, [Choice(1, None, film)], NO_LIMITS)
    imports.apply(brought)
    assert rows_of(database, _EVENTS) == [("Mushishi the Film", "rated", 9.0, "2024-05-01", None)]


def test_a_row_taken_for_a_film_and_then_for_a_show_is_an_episode_of_it(
    database: Database, imports: Imports
) -> None:
    film = add_item(database, "Some Film", vote_count=900)
    show = add_item(database, "Ripleyx", media_type="tv", vote_count=9)
    history = "".join(f'"Ripley: Season 1: Part {n}","1/{n + 12}/24"\n' for n in (1, 2, 3))
    brought = imports.create(_DANA, BytesIO(f"Title,Date\n{history}".encode()), "n.csv").stored.id
    for item in (film, show):
        imports.choose(brought, [Choice(1, None, item)], NO_LIMITS)
    imports.apply(brought)
    assert rows_of(database, _EVENTS) == [("Ripleyx", "watched", None, "2024-01-15", 3)]


# --- Titles that arrive later --------------------------------------------------------------------


def test_an_episode_that_waits_is_not_taken_for_a_film(
    database: Database, imports: Imports
) -> None:
    history = "".join(f'"Ripley: Season 1: Part {n}","1/{n + 12}/24"\n' for n in (1, 2, 3))
    _bring(imports, f"Title,Date\n{history}")
    _arrives(database, "Ripley")
    assert _look_again(database) == 0
    _arrives(database, "Ripley", tmdb_id=1, media_type="tv")
    assert _look_again(database) == 3
    assert rows_of(database, _EVENTS) == [("Ripley", "watched", None, "2024-01-15", 3)]


def test_nor_is_one_that_was_brought_before_its_names_were_kept(
    database: Database, imports: Imports
) -> None:
    _bring(imports, 'Title,Date\n"Ripley: Season 1: Part 1","1/13/24"\nHeat,"1/14/24"\n')
    with database.autocommit() as cursor:
        cursor.execute("UPDATE import_rows SET sought = NULL")
    for title, tmdb_id in (("Ripley", 1), ("Heat", 949)):
        _arrives(database, title, tmdb_id=tmdb_id)
    assert _look_again(database) == 1
    assert rows_of(database, _EVENTS) == [("Heat", "watched", None, "2024-01-14", None)]


def test_a_beginning_that_only_might_be_a_show_is_not_joined(
    database: Database, imports: Imports
) -> None:
    brought = _bring(imports, 'Title,Date\n"Ripley: The End","1/13/24"\n')
    _arrives(database, "Ripley", media_type="tv")
    assert _look_again(database) == 0
    assert _statuses(imports, brought) == {"unmatched": 1}


def test_what_is_a_film_first_is_still_one_when_both_arrive(
    database: Database, imports: Imports
) -> None:
    _bring(
        imports,
        "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n"
        "2025-01-03,Fargo,1996,https://boxd.it/1,4.5,,,2025-01-02\n",
    )
    _arrives(database, "Fargo", tmdb_id=2, media_type="tv", release_year=1996)
    _arrives(database, "Fargo", tmdb_id=275, release_year=1996)
    assert _look_again(database) == 1
    assert rows_of(
        database, "SELECT tmdb_id FROM interactions JOIN items ON items.id = item_id"
    ) == [(275,)]


def test_who_made_it_tells_namesakes_apart_that_arrive(
    database: Database, imports: Imports
) -> None:
    _bring(
        imports,
        "Title,Year,imdbID,tmdbID,LetterboxdURI,Rating,Rating10,Directors,WatchedDate\n"
        "Scoop,2006,,,,4,,Woody Allen,2025-01-02\n",
    )
    person = add_person(database, "Woody Allen")
    for tmdb_id in (512, 513):
        add_credit(
            database,
            _arrives(database, "Scoop", tmdb_id=tmdb_id, release_year=2006),
            person if tmdb_id == 513 else add_person(database, "Somebody"),
            role="director",
        )
    announce_catalogue(database)
    assert _look_again(database) == 1
    assert rows_of(
        database, "SELECT tmdb_id FROM interactions JOIN items ON items.id = item_id"
    ) == [(513,)]


# --- What was left early -------------------------------------------------------------------------


def test_what_was_left_early_is_no_viewing_when_its_title_arrives(
    database: Database, imports: Imports
) -> None:
    brought = _bring(
        imports,
        _sittings(
            ("2024-03-05 20:00:00", "Ran", "0:20:00"), ("2024-03-01 20:00:00", "Ran", "1:35:00")
        ),
    )
    _arrives(database, "Ran", runtime=98)
    assert _look_again(database) == 1
    assert rows_of(database, _MOMENTS) == [("2024-03-01 20:00:00+00",)]
    assert imports.reasons(brought, status="skipped", limit=9) == [
        ("no viewing: left after 20 of 98 minutes", 1)
    ]
    assert _statuses(imports, brought) == {"matched": 1, "skipped": 1}


def test_nor_when_it_is_chosen_here_or_for_the_next_file(
    database: Database, imports: Imports
) -> None:
    film = add_item(database, "Ran", runtime=98)
    activity = _sittings(
        ("2024-03-05 20:00:00", "Aufruhr", "0:20:00"),
        ("2024-03-01 20:00:00", "Aufruhr", "1:35:00"),
    )
    first = _bring(imports, activity)
    assert imports.choose(first, [Choice(2, None, film)], NO_LIMITS) == 2
    imports.apply(first)
    assert _statuses(imports, first) == {"matched": 1, "skipped": 1}
    assert _statuses(imports, _bring(imports, activity)) == {"matched": 1, "skipped": 1}
    assert rows_of(database, _MOMENTS) == [("2024-03-01 20:00:00+00",)]


def test_a_shorter_film_that_is_chosen_was_not_left_early(
    database: Database, imports: Imports
) -> None:
    add_item(database, "Ran", runtime=98, vote_count=900)
    short = add_item(database, "Ran, the Short", tmdb_id=2, runtime=21)
    activity = _sittings(("2024-03-05 20:00:00", "Ran", "0:20:00"))
    brought = _bring(imports, activity)
    assert _statuses(imports, brought) == {"skipped": 1}
    imports.choose(brought, [Choice(1, None, short)], NO_LIMITS)
    imports.apply(brought)
    assert rows_of(database, _EVENTS) == [("Ran, the Short", "watched", None, "2024-03-05", None)]
    assert _statuses(imports, _bring(imports, activity)) == {"matched": 1}


# --- Libraries -----------------------------------------------------------------------------------

_PLEX = (
    '<MediaContainer><Video type="movie" title="Heat" viewCount="1" lastViewedAt="1700000000"/>'
    '<Video type="movie" title="Ran" userRating="8"/><Video type="movie" title="Alien"/>'
    "</MediaContainer>"
)
_JELLYFIN = json.dumps(
    {
        "Items": [
            {"Name": "Heat", "Type": "Movie", "ProviderIds": {}, "UserData": {"Played": True}},
            {"Name": "Ran", "Type": "Movie", "ProviderIds": {}, "UserData": {"IsFavorite": True}},
            {"Name": "Alien", "Type": "Movie", "ProviderIds": {}, "UserData": {}},
        ]
    }
)
_KODI = (
    "<videodb><movie><title>Heat</title><playcount>1</playcount></movie>"
    "<movie><title>Ran</title><userrating>8</userrating></movie>"
    "<movie><title>Alien</title></movie></videodb>"
)


@pytest.mark.parametrize("content", [_PLEX, _JELLYFIN, _KODI], ids=["plex", "jellyfin", "kodi"])
@pytest.mark.parametrize(
    ("family", "events", "owned"),
    [(None, 2, 3), ("library", 0, 3), ("history", 2, 0), ("watchlist", 0, 0)],
)
def test_what_a_library_has_is_owned_whatever_else_it_says(
    database: Database,
    imports: Imports,
    content: str,
    family: Family | None,
    events: int,
    owned: int,
) -> None:
    for place, title in enumerate(("Heat", "Ran", "Alien"), 1):
        add_item(database, title, tmdb_id=place, vote_count=900)
    _bring(imports, content, family=family)
    assert rows_of(database, "SELECT count(*) FROM interactions") == [(events,)]
    assert rows_of(database, "SELECT count(*) FROM library") == [(owned,)]


def test_a_history_of_a_server_owns_nothing(database: Database, imports: Imports) -> None:
    add_item(database, "Heat", vote_count=900)
    _bring(
        imports,
        '<MediaContainer><Video type="movie" title="Heat" viewedAt="1700000000"/></MediaContainer>',
    )
    assert rows_of(database, "SELECT count(*) FROM library") == [(0,)]
