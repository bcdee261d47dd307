"""Which title of the catalogue a row of an export means, and when it is left to the viewer."""

from datetime import date
from typing import Any

import pytest

from api.platform.database import Database
from api.viewers.imports.matching.known_titles import known_titles
from api.viewers.imports.matching.match import Match, match
from api.viewers.imports.row import Ids, Name, Row
from tests.builders import add_item


def _match(database: Database, title: str = "", **columns: Any) -> Match:
    media_type = columns.get("media_type")
    usual = {"names": (Name(title, media_type),) if title else ()}
    row = Row(1, "file.csv", title=title, **usual | columns)
    return match(row, known_titles(database, [row]))


def _film(database: Database, title: str, year: int | None, tmdb_id: int, **columns: Any) -> int:
    usual = {"release_year": year, "release_date": date(year or 1900, 6, 1), "vote_count": 500}
    return add_item(database, title, tmdb_id=tmdb_id, **usual | columns)


def test_an_id_is_valid_with_its_type_alone(database: Database) -> None:
    film = _film(database, "Breakers", 2000, 1396)
    show = _film(database, "Breaking Bad", 2008, 1396, media_type="tv")
    ids = Ids(tmdb=1396)
    assert _match(database, "Whatever", ids=ids, media_type="movie").item.id == film  # type: ignore[union-attr]
    assert _match(database, "Whatever", ids=ids, media_type="tv").item.id == show  # type: ignore[union-attr]
    assert _match(database, "Breaking Bad", ids=ids).item.id == show  # type: ignore[union-attr]
    assert _match(database, "Whatever", ids=ids).status == "unmatched"


def test_an_id_counts_before_the_name(database: Database) -> None:
    heat = _film(database, "Heat", 1995, 949, imdb_id="tt0113277")
    _film(database, "Ran", 1985, 11645)
    found = _match(database, "Ran", year=1985, ids=Ids(imdb="tt0113277"))
    assert (found.item.id, found.certainty, found.reason) == (  # type: ignore[union-attr]
        *(heat, 1.0),
        "by its id at IMDb",
    )


@pytest.mark.parametrize("name", ["Der Pate", "The Godfather", "the godfather!", "Godfather"])
def test_any_of_a_titles_names_with_its_year_is_enough(database: Database, name: str) -> None:
    item = _film(database, "The Godfather", 1972, 238, alternatives=["Der Pate"])
    found = _match(database, name, year=1972)
    assert found.status == "matched"
    assert found.item is not None
    assert found.item.id == item


@pytest.mark.parametrize(
    ("title", "is_told"),
    [
        ("Le Parrain", False),
        ("GODZILLA ゴジラ", False),
        ("1917", False),
        ("ゴッドファーザー", True),
        ("Крёстный отец", True),
        ("대부", True),
        ("テラスハウス Tokyo", True),
    ],
)
def test_of_a_name_in_another_script_it_is_told_what_would_be_understood(
    database: Database, title: str, is_told: bool
) -> None:
    _film(database, "The Godfather", 1972, 238)
    found = _match(database, title)
    assert found.status == "unmatched"
    assert ("an export in English is understood better" in (found.reason or "")) == is_told


def test_a_year_may_be_one_apart_where_only_one_is(database: Database) -> None:
    item = _film(database, "Crash", 2005, 1640)
    _film(database, "Crash", 1996, 884)
    found = _match(database, "Crash", year=2004)
    assert found.item is not None
    assert found.item.id == item
    assert _match(database, "Crash", year=1996).item.tmdb_id == 884  # type: ignore[union-attr]


def test_another_year_is_another_title_and_is_offered(database: Database) -> None:
    _film(database, "The Saint", 1997, 10003)
    found = _match(database, "The Saint", year=2010)
    assert (found.status, found.item) == ("uncertain", None)
    assert [title.tmdb_id for title in found.candidates] == [10003]


def test_a_title_that_came_out_later_is_the_wrong_one(database: Database) -> None:
    _film(database, "Mortal Kombat", 2021, 460465)
    older = _film(database, "Mortal Kombat", 1995, 9312)
    found = _match(database, "Mortal Kombat", watched_at=date(2020, 10, 8))
    assert found.item is not None
    assert found.item.id == older
    assert _match(database, "Mortal Kombat").status == "uncertain"


def test_of_several_the_most_popular_is_never_taken_silently(database: Database) -> None:
    _film(database, "Scoop", 2006, 512, vote_count=3000)
    _film(database, "Scoop", 2024, 1083658, vote_count=300)
    found = _match(database, "Scoop")
    assert found.status == "uncertain"
    assert [title.tmdb_id for title in found.candidates] == [512, 1083658]


def test_a_runtime_tells_two_of_one_year_apart(database: Database) -> None:
    _film(database, "Heat", 1995, 1, runtime=12)
    film = _film(database, "Heat", 1995, 949, runtime=170)
    found = _match(database, "Heat", year=1995, runtime=171)
    assert found.item is not None
    assert found.item.id == film
    assert _match(database, "Heat", year=1995).status == "uncertain"


def test_a_medium_that_is_told_rules_the_other_out(database: Database) -> None:
    _film(database, "Fargo", 1996, 275)
    show = _film(database, "Fargo", 2014, 60622, media_type="tv")
    found = _match(database, "Fargo", media_type="tv")
    assert found.item is not None
    assert found.item.id == show


def test_a_beginning_that_might_be_a_show_is_offered_only(database: Database) -> None:
    _film(database, "Money Heist", 2017, 71446, media_type="tv")
    names = (Name("Money Heist: The Phenomenon"), Name("Money Heist", "tv", is_certain=False))
    found = _match(database, "Money Heist: The Phenomenon", names=names)
    assert (found.status, found.item) == ("uncertain", None)
    assert [title.tmdb_id for title in found.candidates] == [71446]


def test_an_episode_is_a_part_of_its_show_and_a_whole_film_is_none(database: Database) -> None:
    _film(database, "Dark", 2017, 70523, media_type="tv")
    _film(database, "Up: The Film", 2009, 14160)
    part = _match(database, "Dark: Season 1: A", names=(Name("Dark", "tv"),), season=1, episode="A")
    assert part.is_part
    names = (Name("Up: The Film"), Name("Up", "tv", is_certain=False))
    whole = _match(database, "Up: The Film", names=names, episode="The Film")
    assert whole.status == "matched"
    assert not whole.is_part


def test_a_film_that_was_left_early_was_not_seen(database: Database) -> None:
    _film(database, "Heat", 1995, 949, runtime=170)
    left = _match(database, "Heat", year=1995, reached=100.0)
    assert (left.status, left.reason) == ("skipped", "no viewing: left after 100 of 170 minutes")
    assert _match(database, "Heat", year=1995, reached=160.0).status == "matched"


def test_a_namesake_that_nobody_knows_is_not_taken_by_its_name_alone(database: Database) -> None:
    _film(database, "Furies", 2019, 5, vote_count=3)
    assert _match(database, "Furies").status == "uncertain"


def test_what_the_catalogue_lacks_and_what_was_passed_over(database: Database) -> None:
    assert _match(database, "Nowhere", year=2001).status == "unmatched"
    assert _match(database, "Heat", skipped="no viewing: hook") == Match(
        "skipped", reason="no viewing: hook"
    )


def _elsewhere(database: Database, item: int, source: str, written: str, kind: str) -> None:
    with database.autocommit() as cursor:
        cursor.execute(
            "INSERT INTO external_ids (source, id, media_type, item_id) VALUES (%s, %s, %s, %s)",
            (source, written, kind, item),
        )


def _directed(database: Database, item: int, name: str) -> None:
    with database.autocommit() as cursor:
        cursor.execute(
            "WITH made AS (INSERT INTO people (name, search_name) VALUES (%s, lower(%s))"
            " RETURNING id) INSERT INTO credits (item_id, role, person_id, position)"
            " SELECT %s, 'director', id, 0 FROM made",
            (name, name, item),
        )


def test_ids_of_the_tvdb_and_of_myanimelist_name_titles_of_their_type(database: Database) -> None:
    film = _film(database, "Reel", 2000, 7)
    show = _film(database, "Dark", 2017, 70523, media_type="tv")
    _elsewhere(database, film, "tvdb", "334824", "movie")
    _elsewhere(database, show, "tvdb", "334824", "tv")
    _elsewhere(database, show, "mal", "52034", "tv")
    found = _match(database, "D.", media_type="tv", ids=Ids(tvdb=334824))
    assert found.item is not None
    assert (found.item.id, found.reason) == (show, "by its id at the TVDB")
    film_too = _match(database, "R.", media_type="movie", ids=Ids(tvdb=334824))
    assert film_too.item is not None
    assert film_too.item.id == film
    assert _match(database, "R.", ids=Ids(tvdb=334824)).status == "unmatched"
    anime = _match(database, "Kurai", media_type="tv", ids=Ids(mal=52034))
    assert anime.item is not None
    assert (anime.item.id, anime.reason) == (show, "by its id at MyAnimeList")
    assert _match(database, "Kurai", media_type="movie", ids=Ids(mal=52034)).status == "unmatched"


def test_of_namesakes_the_one_whose_people_are_named_is_meant(database: Database) -> None:
    first = _film(database, "Crash", 1996, 884)
    second = _film(database, "Crash", 1996, 885)
    _directed(database, first, "David Cronenberg")
    _directed(database, second, "Somebody Else")
    assert _match(database, "Crash", year=1996).status == "uncertain"
    found = _match(database, "Crash", year=1996, people=("DAVID CRONENBERG",))
    assert found.item is not None
    assert (found.item.id, found.reason) == (first, "by its name and people")
    assert _match(database, "Crash", people=("Somebody Else", "Nobody")).item.id == second  # type: ignore[union-attr]
    assert _match(database, "Crash", year=1996, people=("Nobody",)).status == "uncertain"


@pytest.mark.parametrize(
    "ids", [Ids(tmdb=7), Ids(imdb="tt0113277"), Ids(tvdb=81189), Ids(mal=5), Ids()]
)
def test_what_waits_keeps_its_id(ids: Ids) -> None:
    assert Ids.read(ids.written()) == ids
