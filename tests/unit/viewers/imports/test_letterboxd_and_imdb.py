"""Letterboxd and IMDb: what their files say, and what they do not."""

from datetime import date

import pytest

from api.viewers.imports.row import Ids
from tests.unit.viewers.imports.exports import export_of, rows_of, zip_of

_FILM = "Date,Name,Year,Letterboxd URI\n2025-01-02,Heat,1995,https://boxd.it/1\n"
_DIARY = (
    "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n"
    "2025-01-02,Heat,1995,https://boxd.it/aaaaa,4.5,,,2024-12-31\n"
    "2025-01-02,Ran,1985,https://boxd.it/bbbbb,,Yes,,2025-01-01\n"
)
_REVIEWS = (
    "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date\n"
    '2025-01-02,Heat,1995,https://boxd.it/aaaaa,4.5,,"Two men,\n\n""one"" table.",,2024-12-31\n'
    "2025-01-05,Up,2009,https://boxd.it/ccccc,5,,Balloons,,\n"
)
_LIST = (
    "Letterboxd list export v7\nDate,Name,Tags,URL,Description\n2020-08-30,Press,,https://boxd.it/k,\n\n"
    "Position,Name,Year,URL,Description\n1,Spotlight,2015,https://boxd.it/a,\n"
)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("watched.csv", "watched"),
        ("watchlist.csv", "watchlist"),
        ("likes/films.csv", "liked"),
        ("letterboxd-dana-2025/likes/films.csv", "liked"),
        ("watchlist (1).csv", "watchlist"),
    ],
)
def test_files_with_one_header_are_told_apart_by_their_place(path: str, kind: str) -> None:
    (row,) = rows_of(zip_of({path: _FILM}), "export.zip")
    assert (row.kind, row.title, row.year) == (kind, "Heat", 1995)


def test_the_day_of_the_log_is_no_viewing() -> None:
    (row,) = rows_of(_FILM, "watched.csv")
    assert row.watched_at is None
    assert row.logged_at == date(2025, 1, 2)


def test_the_diary_knows_the_day_and_the_rating_of_a_viewing() -> None:
    heat, ran = rows_of(_DIARY, "diary.csv")
    assert (heat.kind, heat.watched_at, heat.rating, heat.scale) == (
        *("rated", date(2024, 12, 31)),
        *(9.0, 5.0),
    )
    assert (ran.kind, ran.watched_at, ran.rating) == ("watched", date(2025, 1, 1), None)


def test_a_review_of_the_diary_is_not_told_twice_and_one_of_its_own_is_told() -> None:
    rows = rows_of(zip_of({"reviews.csv": _REVIEWS, "diary.csv": _DIARY}), "export.zip")
    told = [(row.file, row.title, row.skipped) for row in rows]
    assert told == [
        ("diary.csv", "Heat", None),
        ("diary.csv", "Ran", None),
        ("reviews.csv", "Heat", "in the diary already"),
        ("reviews.csv", "Up", None),
    ]
    assert rows[3].watched_at is None


def test_a_list_says_nothing_of_its_films() -> None:
    (row,) = rows_of(_LIST, "press.csv")
    assert row.title == "Spotlight"
    assert row.skipped is not None
    assert row.skipped.startswith("on a list")


def test_the_format_of_its_import_has_ids_and_two_scales() -> None:
    text = (
        "LetterboxdURI,tmdbID,imdbID,Title,Year,Directors,Rating,Rating10,WatchedDate,Rewatch,Tags\n"
        ",238,tt0068646,The Godfather,1972,,5,,2024-02-29,false,\n"
        ",,tt0071562,Part II,1974,,,9,,,\n"
    )
    first, second = rows_of(text)
    assert (first.ids, first.rating) == (Ids("tt0068646", 238), 10.0)
    assert (second.ids, second.rating) == (Ids("tt0071562"), 9.0)


def test_reads_a_file_that_a_spreadsheet_saved_anew() -> None:
    text = "\ufeffDate;Name;Year;Letterboxd URI;Rating;Rewatch;Tags;Watched Date\r\n" + (
        "31.12.2024;Heat;1995;https://boxd.it/a;4,5;;;30.12.2024\r\n"
    )
    (row,) = rows_of(text, "diary.csv")
    assert (row.watched_at, row.rating) == (date(2024, 12, 30), 9.0)


_V1 = (
    '"position","const","created","modified","description","Title","Title type","Directors",'
    '"You rated","IMDb Rating","Runtime (mins)","Year","Genres","Num. Votes",'
    '"Release Date (month/day/year)","URL"\n'
    '"1","tt0113277","Sat Apr 23 08:36:35 2011","","","Heat","Feature Film","Michael Mann","9",'
    '"8.3","170","1995","crime","1","1995-12-15","http://www.imdb.com/title/tt0113277/"\n'
)
_V2 = (
    "Const,Your Rating,Date Rated,Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres,"
    "Num Votes,Release Date,Directors\n"
    "tt0113277,9,2017-04-02,Heat,https://www.imdb.com/title/tt0113277/,movie,8.3,170,1995,Crime,1,"
    "1995-12-15,Michael Mann\n"
)
_V3 = (
    "Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),"
    "Year,Genres,Num Votes,Release Date,Directors\n"
    "tt0113277,9,2025-04-02,Heat,Heat,https://www.imdb.com/title/tt0113277/,Movie,8.3,170,1995,"
    "Crime,1,1995-12-15,Michael Mann\n"
)


@pytest.mark.parametrize("text", [_V1, _V2, _V3], ids=["2016", "2022", "2025"])
def test_reads_ratings_of_every_vintage_which_are_no_viewing_dates(text: str) -> None:
    export = export_of(text.encode("cp1252"), "export.csv")
    (row,) = export.rows
    assert export.source.name == "imdb"
    assert (row.kind, row.ids.imdb, row.rating, row.year, row.runtime) == (
        *("rated", "tt0113277", 9.0),
        *(1995, 170),
    )
    assert (row.media_type, row.watched_at) == ("movie", None)
    assert row.logged_at is not None


_LISTED = (
    "Position,Const,Created,Modified,Description,Title,Original Title,URL,Title Type,IMDb Rating,"
    "Runtime (mins),Year,Genres,Num Votes,Release Date,Directors,Your Rating,Date Rated\n"
)


def _listed(const: str, title: str, kind: str, rating: str = "") -> str:
    return f"1,{const},2024-01-01,,,{title},{title},https://x,{kind},8,60,1995,,1,,,{rating},\n"


def test_a_rated_row_of_a_watchlist_is_seen_and_the_others_are_wanted() -> None:
    rows = rows_of(
        _LISTED + _listed("tt0113277", "Heat", "Movie", "9") + _listed("tt1", "Ran", "Movie")
    )
    assert [row.kind for row in rows] == ["rated", "watchlist"]


@pytest.mark.parametrize(
    ("columns", "cells", "said"),
    [
        ("Created,Your Rating,Date Rated", "2018-08-08,,", ("watchlist", "2018-08-08")),
        ("Created,Your Rating,Date Rated", "2018-08-08,9,2019-02-03", ("rated", "2019-02-03")),
        ("Created,Your Rating,Date Rated", "2018-08-08,9,", ("rated", None)),
        ("Created,Modified", "2018-08-08,2020-01-01", ("watchlist", "2018-08-08")),
        ("Date Added,Your Rating", "2018-08-08,", ("watchlist", "2018-08-08")),
        ("Your Rating,Date Rated", ",", ("watchlist", None)),
    ],
)
def test_a_wish_is_of_the_day_it_was_added_and_an_opinion_of_its_own(
    columns: str, cells: str, said: tuple[str, str | None]
) -> None:
    header = f"Position,Const,Title,URL,Title Type,Year,{columns}\n"
    (row,) = rows_of(f"{header}1,tt0113277,Heat,https://x,Movie,1995,{cells}\n")
    day = row.logged_at and row.logged_at.isoformat()[:10]
    assert (row.kind, day) == said


def test_the_id_of_an_episode_is_not_its_shows() -> None:
    (row,) = rows_of(_LISTED + _listed("tt0959621", "Breaking Bad: Pilot", "TV Episode", "9"))
    assert (row.title, row.episode, row.media_type) == ("Breaking Bad", "Pilot", "tv")
    assert row.ids == Ids()
    assert (row.kind, row.rating) == ("watched", None)


def test_what_is_no_title_is_passed_over_with_its_kind() -> None:
    rows = rows_of(_LISTED + _listed("tt2", "Zelda", "Video Game"))
    assert [row.skipped for row in rows] == ["a video game, which is not kept here"]


def test_an_id_without_its_letters_and_zeros_is_mended() -> None:
    rows = rows_of(_LISTED + _listed("113277", "Heat", "Movie"))
    assert rows[0].ids.imdb == "tt0113277"
