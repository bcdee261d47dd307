"""What an import told of and the catalogue lacked joins the history when it arrives."""

import json
from datetime import UTC, datetime
from io import BytesIO

import pytest

from api.catalogue.limits.shown_titles import ShownTitles
from api.domain.limits import NO_LIMITS, Limits
from api.platform.cursors import Cursors
from api.platform.database import Database
from api.viewers.events import ProfileKey
from api.viewers.imports.imports import Choice, Imports
from api.viewers.imports.waiting import WaitingRows
from tests.builders import add_certificate, add_item, add_profile, announce_catalogue, rows_of

_DIARY = (
    b"Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n"
    b"2025-01-03,Heat,1995,https://boxd.it/1,4.5,,,2025-01-02\n"
    b"2025-01-04,Ran,1985,https://boxd.it/2,,,,2025-01-03\n"
)
_EVENTS = (
    "SELECT tmdb_id, event_type, rating, watched_at::date::text, import_id IS NOT NULL"
    " FROM interactions JOIN items ON items.id = item_id ORDER BY 1"
)
_HEAT = (949, "rated", 9.0, "2025-01-02", True)
_RAN = (11645, "watched", None, "2025-01-03", True)


@pytest.fixture
def imports(database: Database) -> Imports:
    cursors = Cursors(lambda: b"x" * 32)
    return Imports(database, cursors, ShownTitles(database), lambda: datetime.now(UTC))


@pytest.fixture
def waiting(database: Database) -> WaitingRows:
    return WaitingRows(database, lambda: datetime.now(UTC))


def _bring(imports: Imports, content: bytes = _DIARY) -> int:
    brought = imports.create(ProfileKey("dana"), BytesIO(content), "export.csv").stored.id
    imports.apply(brought)
    return brought


def _arrives(database: Database, title: str, tmdb_id: int, year: int, media: str = "movie") -> int:
    item = add_item(
        database, title, tmdb_id=tmdb_id, media_type=media, release_year=year, vote_count=900
    )
    announce_catalogue(database)
    return item


def test_a_row_joins_when_its_title_arrives(
    database: Database, imports: Imports, waiting: WaitingRows
) -> None:
    brought = _bring(imports)
    assert waiting.look_again() == 0
    _arrives(database, "Heat", 949, 1995)
    assert waiting.look_again() == 1
    assert rows_of(database, _EVENTS) == [_HEAT]
    _arrives(database, "Ran", 11645, 1985)
    assert waiting.look_again() == 1
    assert rows_of(database, _EVENTS) == [_HEAT, _RAN]
    assert imports.overview(brought).counts == {"matched": 2}


def test_what_joined_goes_with_the_import(
    database: Database, imports: Imports, waiting: WaitingRows
) -> None:
    brought = _bring(imports)
    _arrives(database, "Heat", 949, 1995)
    waiting.look_again()
    imports.take_back(brought)
    assert rows_of(database, _EVENTS) == []


def test_what_was_taken_back_since_stays_so(
    database: Database, imports: Imports, waiting: WaitingRows
) -> None:
    heat = _arrives(database, "Heat", 949, 1995)
    _bring(imports)
    with database.autocommit() as cursor:
        cursor.execute("DELETE FROM interactions WHERE item_id = %s", (heat,))
    _arrives(database, "Ran", 11645, 1985)
    assert waiting.look_again() == 1
    assert rows_of(database, _EVENTS) == [_RAN]


def test_what_was_only_previewed_does_not_join(
    database: Database, imports: Imports, waiting: WaitingRows
) -> None:
    imports.create(ProfileKey("dana"), BytesIO(_DIARY), "export.csv")
    _arrives(database, "Heat", 949, 1995)
    assert waiting.look_again() == 0
    assert rows_of(database, _EVENTS) == []


def test_an_unchanged_catalogue_is_not_walked_again(
    database: Database, imports: Imports, waiting: WaitingRows
) -> None:
    _bring(imports)
    assert waiting.look_again() == 0
    add_item(database, "Heat", tmdb_id=949, release_year=1995)  # nobody has announced it
    assert waiting.look_again() == 0


def test_however_many_wait_all_are_looked_at(database: Database, imports: Imports) -> None:
    for content in (_DIARY, _DIARY.replace(b"2025-01-0", b"2025-02-0")):
        _bring(imports, content)
    for title, tmdb_id, year in (("Heat", 949, 1995), ("Ran", 11645, 1985)):
        _arrives(database, title, tmdb_id, year)
    few_at_once = WaitingRows(database, lambda: datetime.now(UTC), at_once=1)
    assert few_at_once.look_again() == 4


def test_an_episode_joins_by_the_id_of_its_show(
    database: Database, imports: Imports, waiting: WaitingRows
) -> None:
    show = {"title": "Lost", "year": 2004, "ids": {"trakt": 2, "tmdb": 4607}}
    seen = {"watched_at": "2024-03-01T20:00:00Z", "type": "episode", "show": show}
    episodes = [seen | {"episode": {"season": 1, "number": number}} for number in (1, 2)]
    _bring(imports, json.dumps(episodes).encode())
    _arrives(database, "Another name", 4607, 2004, "tv")
    assert waiting.look_again() == 2
    assert rows_of(database, "SELECT event_type, episodes FROM interactions") == [("watched", 2)]


def test_a_row_whose_title_is_above_the_limits_of_its_profile_waits(
    database: Database, imports: Imports, waiting: WaitingRows
) -> None:
    profile = add_profile(database, profile="noa")
    with database.autocommit() as cursor:
        cursor.execute(
            "UPDATE profiles SET viewer_kind = 'child', max_age = 9, unrated = 'hide'"
            " WHERE id = %s",
            (profile,),
        )
    brought = imports.create(ProfileKey("dana", "noa"), BytesIO(_DIARY), "export.csv").stored.id
    imports.apply(brought)
    for title, tmdb_id, year, rated in (("Heat", 949, 1995, "R"), ("Ran", 11645, 1985, "G")):
        add_certificate(database, _arrives(database, title, tmdb_id, year), "US", rated)
    assert waiting.look_again() == 1
    assert rows_of(database, _EVENTS) == [_RAN]


def test_a_choice_of_a_title_above_the_limits_counts_for_nobody_within_them(
    database: Database, imports: Imports
) -> None:
    heat = _arrives(database, "Heat", 949, 1995)
    add_certificate(database, heat, "US", "R")
    table = b"title,year\nHeated,1995\n"
    for limits, status in ((Limits(max_age=9), "unmatched"), (NO_LIMITS, "matched")):
        brought = imports.create(ProfileKey("dana"), BytesIO(table), "seen.csv").stored.id
        imports.choose(brought, [Choice(1, None, heat)], NO_LIMITS)
        again = imports.create(ProfileKey("dana"), BytesIO(table), "seen.csv", limits=limits)
        assert again.counts == {status: 1}


def test_what_has_seasons_waits_for_a_show_whatever_film_comes(
    database: Database, imports: Imports, waiting: WaitingRows
) -> None:
    history = "".join(f'"Ripley: Season 1: Part {n}","{n}/4/24"\n' for n in (1, 2, 3))
    _bring(imports, f"Title,Date\n{history}".encode())
    _arrives(database, "Ripley", 1, 2003)
    assert waiting.look_again() == 0
    _arrives(database, "Ripley", 2, 2024, "tv")
    assert waiting.look_again() == 3
    assert rows_of(database, "SELECT event_type, episodes FROM interactions") == [("watched", 3)]
