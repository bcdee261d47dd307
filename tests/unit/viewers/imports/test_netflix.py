"""Netflix: what its titles mean, and which of its rows are viewings."""

import unicodedata
from datetime import date

import pytest

from api.viewers.imports.row import Name
from tests.unit.viewers.imports.exports import export_of, rows_of, zip_of

_HEAD = (
    "Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,"
    "Bookmark,Latest Bookmark,Country\n"
)


def _activity(*rows: tuple[str, str, str, str], account: str = "Dana") -> str:
    """Of (start, title, kind, bookmark)."""
    lines = [
        f'{account},{start},00:10:00,,"{title}",{kind},TV,{bookmark},{bookmark},US'
        for start, title, kind, bookmark in rows
    ]
    return _HEAD + "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("title", "show", "season"),
    [
        ("Dark: Season 2: Ghosts", "Dark", 2),
        ("Dark: Temporada 2: Fantasmas", "Dark", 2),
        ("Dark: Saison 2: Fantômes", "Dark", 2),
        ("Dark: Staffel 2: Geister", "Dark", 2),
        ("Dark: Kausi 2: Luku 7: Haamut", "Dark", 2),
        ("Dark: 2. řada: Duchové", "Dark", 2),
        ("Dark: Series 2: Ghosts", "Dark", 2),
        ("Dark: Part 2: Ghosts", "Dark", 2),
        ("Dark:\u00a0Season\u00a02:\u00a0Ghosts", "Dark", 2),
        ("ダーク: シーズン2: 幽霊", "ダーク", 2),
        ("ダーク: 第2シリーズ: 幽霊", "ダーク", 2),
        ("ダーク: パート2: 幽霊", "ダーク", 2),
        ("Dark: Limited Series: Ghosts", "Dark", None),
        ("Dark: Minisarja: Haamut", "Dark", None),
        ("Dark 2: Dark 2: Ghosts", "Dark 2", None),
        ("Stranger Things: Stranger Things 4: Chapter One", "Stranger Things", None),
        ("Trollhunters: Tales of Arcadia: Part 1: Home", "Trollhunters: Tales of Arcadia", 1),
        ("Bodyguard – Henkivartija: Jakso 6", "Bodyguard – Henkivartija", None),
    ],
)
def test_what_stands_before_a_season_is_the_show(title: str, show: str, season: int | None) -> None:
    (row,) = rows_of(f'Title,Date\n"{title}","1/31/25"\n')
    if title.startswith("Dark 2"):  # the whole could be a film's name as well
        assert row.names[-1].title == show
        return
    assert [(name.title, name.media_type) for name in row.names] == [(show, "tv")]
    assert row.season == season
    assert row.episode


@pytest.mark.parametrize(
    "title", ["John Wick: Chapter 2", "Kill Bill : volume 1", "Miss Americana", "Up: Part 1"]
)
def test_a_film_keeps_its_colon(title: str) -> None:
    (row,) = rows_of(f'Title,Date\n"{title}","1/31/25"\n')
    assert row.names[0].title == title
    assert row.names[0].is_certain
    assert not any(name.is_certain for name in row.names[1:])


def test_rows_that_begin_alike_are_of_one_show() -> None:
    rows = rows_of(
        'Title,Date\n"Cage: One","1/31/25"\n"Cage: Two","1/30/25"\n"Cage: Six","1/29/25"\n'
    )
    assert all(row.names[1].is_certain for row in rows)


def test_a_special_beside_episodes_of_seasons_is_not_an_episode() -> None:
    rows = rows_of(
        'Title,Date\n"Heist: Season 1: A","1/31/25"\n"Heist: Making of","1/30/25"\n'
        '"Heist: The Band","1/29/25"\n"Heist: The Song","1/28/25"\n'
    )
    assert not any(name.is_certain for row in rows[1:] for name in row.names[1:])


@pytest.mark.parametrize("title", ["", " ", ": ", " : Episode 7"])
def test_a_withdrawn_title_is_reported_and_never_matched(title: str) -> None:
    row, _ = rows_of(f'Title,Date\n"{title}","1/31/25"\n"Heat","1/30/25"\n')
    assert row.skipped == "its title was withdrawn"
    assert row.names == ()


@pytest.mark.parametrize("written", ["New York: : ", "New York :  : ", "New York: :", "New York: "])
def test_an_episode_that_was_withdrawn_still_names_its_show(written: str) -> None:
    """Which is offered: nothing says surely that it is the show."""
    row, _ = rows_of(f'Title,Date\n"{written}","1/31/25"\n"Heat","1/30/25"\n')
    assert row.skipped is None
    assert row.names == (Name("New York", "tv", is_certain=False),)
    assert row.is_of_a_part


def test_trailers_and_seconds_are_no_viewings() -> None:
    rows = rows_of(
        _activity(
            ("2024-06-07 20:00:00", "Trailer: Atlas", "TRAILER", "00:02:00"),
            ("2024-06-07 19:00:00", "Dark: Season 1_hook_primary_16x9", "", "00:00:09"),
            ("2024-06-07 18:00:00", "Heat", "", "00:00:07"),
            ("2024-06-07 15:00:00", "Heat", "", "02:45:00"),
        )
    )
    assert [row.skipped for row in rows] == [
        "no viewing: trailer",
        "no viewing: a trailer",
        "no viewing: left after 0 minutes",
        None,
    ]
    assert rows[3].reached == 165


def test_sittings_of_one_viewing_are_one_and_a_later_one_is_another() -> None:
    rows = rows_of(
        _activity(
            ("2024-06-20 20:00:00", "Heat", "", "02:45:00"),
            ("2024-06-07 22:00:00", "Heat", "", "02:45:00"),
            ("2024-06-07 20:00:00", "Heat", "", "01:05:00"),
        )
    )
    assert [row.skipped for row in rows] == [None, None, "another sitting of the same viewing"]


def test_of_the_sittings_of_a_viewing_the_one_that_came_furthest_counts() -> None:
    rows = rows_of(
        _activity(
            ("2024-06-08 19:00:00", "Heat", "", "00:06:00"),
            ("2024-06-07 20:00:00", "Heat", "", "02:45:00"),
            ("2024-06-07 09:00:00", "Heat", "", "01:05:00"),
            ("2024-06-07 09:00:00", "Ran", "", "Not latest view"),
        )
    )
    assert [row.reached for row in rows if row.skipped is None] == [165, None]


def test_columns_in_another_language_are_known_by_what_stands_in_them() -> None:
    text = _activity(("2024-06-07 20:00:00", "Heat", "", "02:45:00"))
    foreign = text.replace(_HEAD, "Profil,Start,Dauer,Attr,Titel,Zusatz,Gerät,LZ,NLZ,Land\n")
    export = export_of(foreign)
    assert export.source.name == "netflix"
    assert export.rows[0].names[0].title == "Heat"


def test_of_a_household_one_profile_counts() -> None:
    text = _activity(*[("2024-06-07 20:00:00", "Heat", "", "02:45:00")] * 1)
    text += _activity(
        ("2024-06-08 20:00:00", "Up", "", "01:30:00"),
        ("2024-06-09 20:00:00", "Cars", "", "01:50:00"),
        account="Kids",
    ).removeprefix(_HEAD)
    kept = [row.title for row in rows_of(text) if row.skipped is None]
    assert kept == ["Up", "Cars"]
    kept = [row.title for row in rows_of(text, account="dana") if row.skipped is None]
    assert kept == ["Heat"]


def test_thumbs_are_likes_and_dislikes() -> None:
    head = "Profile Name,Title Name,Rating Type,Star Value,Thumbs Value,Device Model,Event Utc Ts\n"
    rows = rows_of(
        head
        + "".join(
            f"Dana,{title},thumb,,{thumbs},TV,2024-06-07 19:40:23\n"
            for title, thumbs in (("Heat", 2), ("Ran", 3), ("Cats", 1), ("Up", 0))
        )
    )
    assert [(row.kind, row.skipped is None) for row in rows] == [
        ("liked", True),
        ("liked", True),
        ("disliked", True),
        ("liked", False),
    ]


def test_the_short_history_is_known_whatever_its_language_calls_the_columns() -> None:
    export = export_of('Titel,Datum\n"Dark: Staffel 1: Lügen","31.01.25"\n"Heat","30.01.25"\n')
    assert export.source.name == "netflix"
    assert [row.names[0].title for row in export.rows] == ["Dark", "Heat"]
    assert export_of("Titel,Jahr\nHeat,1995\n").source.name == "csv"


def test_stars_of_old_are_ratings_and_what_is_below_one_is_none() -> None:
    head = "Profile Name,Title Name,Rating Type,Star Value,Thumbs Value,Device Model,Event Utc Ts\n"
    rows = rows_of(
        head
        + "".join(f"Dana,Heat,star,{stars},,TV,2014-06-07 19:40:23\n" for stars in ("4", "0", "-2"))
    )
    assert [(row.kind, row.rating, row.skipped is None) for row in rows] == [
        ("rated", 8.0, True),
        ("liked", None, False),
        ("liked", None, False),
    ]


def test_my_list_is_a_watchlist() -> None:
    (row,) = rows_of(
        "Profile Name,Title Name,Country,Utc Title Add Date\nDana,Heat,US,2024-06-07\n"
    )
    assert (row.kind, row.title, row.watched_at) == ("watchlist", "Heat", None)
    assert row.logged_at is not None


def test_a_dated_table_of_something_else_is_not_netflixs() -> None:
    packed = zip_of(
        {
            "tracking-prod-records-v2.csv": "key,series_name,s_no\nwatch-episode-1,Lost,1\n",
            "devices.csv": "device,last_seen\nTV,2024-06-07\n",
            "comments.csv": "id,content\n1,Good\n",
        }
    )
    export = export_of(packed, "export.zip")
    assert export.source.name == "tvtime"
    assert [row.title for row in export.rows] == ["Lost"]


@pytest.mark.parametrize(
    "days",
    [
        ("31. Dezember 2023", "25. März 2023"),
        ("31 décembre 2023", "25 mars 2023"),
        ("2023-12-31 00:00:00", "2023-03-25 00:00:00"),
        ("", "25.03.2023"),
    ],
)
def test_columns_in_another_order_are_known_by_their_days_however_written(
    days: tuple[str, str],
) -> None:
    first, second = rows_of(
        f'Datum,Titel\n"{days[0]}","Dark: Staffel 1: Geheimnisse"\n"{days[1]}",Heat\n'
    )
    assert ([name.title for name in first.names], first.season) == (["Dark"], 1)
    assert first.watched_at == (date(2023, 12, 31) if days[0] else None)
    assert second.watched_at == date(2023, 3, 25)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_known_without_its_mark(encoding: str) -> None:
    (row,) = rows_of('Title,Date\n"Amélie","31.12.23"\n'.encode(encoding))
    assert (row.title, row.watched_at) == ("Amélie", date(2023, 12, 31))


def test_accents_that_stand_apart_from_their_letters_are_read() -> None:
    written = 'Título,Fecha\n"Élite: Temporada 1: Bienvenidos","31/12/23"\n'
    (row,) = rows_of(unicodedata.normalize("NFD", written))
    assert ([name.title for name in row.names], row.season) == (["Élite"], 1)
