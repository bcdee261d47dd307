"""Exports as people have them: saved anew, in another language, of another year, with more."""

import gzip
import json
from datetime import date

import pytest

from api.platform.errors import UnusableImport
from api.viewers.imports.families import only
from api.viewers.imports.row import Name, Row
from tests.unit.viewers.imports.exports import export_of, rows_of, zip_of

_FILM = {"title": "Heat", "year": 1995, "ids": {"trakt": 1, "imdb": "tt0113277", "tmdb": 949}}
_IMDB = "Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,Year\n"
_MAL = "<myanimelist><manga><manga_title>Monster</manga_title></manga></myanimelist>"


def _json(value: object) -> str:
    return json.dumps(value)


def _told(row: Row) -> str:
    """Kind, title, medium, year, ids, day, rating, part, and why it is passed over."""
    name = row.names[0] if row.names else None
    day = f" {str(row.watched_at)[:10]}" if row.watched_at else ""
    rating = f" {row.rating:g}" if row.rating is not None else ""
    part = f" s{row.season or ''}e{row.episode or ''}" if row.is_of_a_part else ""
    part += f" {row.episodes} episodes" if row.episodes else ""
    about = [name.title if name else row.title, name.media_type if name else "", row.year]
    ids = [row.ids.imdb, row.ids.tmdb, row.ids.tvdb]
    words = " ".join(str(one) for one in (*about, *ids) if one)
    return f"{row.kind} {words}{day}{rating}{part}" + (f" [{row.skipped}]" if row.skipped else "")


@pytest.mark.parametrize(
    ("source", "content", "told"),
    [
        pytest.param(*case[1:], id=case[0])
        for case in (
            (
                *("without years", "letterboxd"),
                "Date,Name,Letterboxd URI,Rating\n2024-01-02,Heat,https://boxd.it/1,4\n",
                "rated Heat movie 8",
            ),
            (
                *("stars", "letterboxd"),
                "Date,Name,Year,Letterboxd URI,Rating\n2024-01-02,Heat,1995,x,★★★★½\n",
                "rated Heat movie 1995 9",
            ),
            (
                *("semicolons and a decimal comma", "letterboxd"),
                "\ufeffDate;Name;Year;Letterboxd URI;Rating\r\n2024-01-02;Heat;1995;x;4,5\r\n",
                "rated Heat movie 1995 9",
            ),
            (
                *("a page's address for an id", "imdb"),
                _IMDB + "https://www.imdb.com/title/tt0113277/?ref_=x,9,,Heat,Heat,u,Movie,1995\n",
                "rated Heat movie 1995 tt0113277 9",
            ),
            (
                *("a hyphen in the kind", "imdb"),
                _IMDB + "tt0185906,10,,Band of Brothers,,u,TV Mini-Series,2001\n",
                "rated Band of Brothers tv 2001 tt0185906 10",
            ),
            (
                *("adults'", "imdb"),
                _IMDB + "tt0068468,5,,Deep Throat,,u,Adult Movie,1972\n",
                "rated Deep Throat movie 1972 tt0068468 5",
            ),
            (
                *("a list of few columns", "imdb"),
                "Position,Const,Created,Title\n1,tt0113277,2024-01-02,Heat\n",
                "watchlist Heat tt0113277",
            ),
            (
                *("UTF-16 with tabs", "imdb"),
                "\ufeffConst\tYour Rating\tTitle\tURL\tTitle Type\ntt0113277\t9\tHeat\tu\tMovie\n",
                "rated Heat movie tt0113277 9",
            ),
            (
                *("colons of Chinese", "netflix"),
                '标题,日期\n"暗黑：第 1 季：秘密",2024/1/25\n',
                "watched 暗黑 tv 2024-01-25 s1e秘密",
            ),
            (
                *("a limited series in Portuguese", "netflix"),
                'Título,Data\n"O Gambito da Rainha: Minissérie: Aberturas",26/01/2024\n',
                "watched O Gambito da Rainha tv 2024-01-26 seAberturas",
            ),
            (
                *("a season alone", "netflix"),
                'Title,Date\n"Dark: Staffel 2",25.01.2024\n',
                "watched Dark tv 2024-01-25 s2e",
            ),
            (
                *("empty columns behind", "netflix"),
                "Title,Date,,\nHeat,1/25/24,,\n",
                "watched Heat 2024-01-25",
            ),
            (
                *("numbered rows", "netflix"),
                ',Title,Date\n0,"Dark: Season 1: Secrets",1/25/24\n',
                "watched Dark tv 2024-01-25 s1eSecrets",
            ),
            (
                *("an activity with few columns", "netflix"),
                "Profile Name,Start Time,Duration,Title,Bookmark\n"
                'Dana,2024-01-25 20:00:00,00:50:00,"Dark: Season 1: Secrets",00:50:00\n',
                "watched Dark tv 2024-01-25 s1eSecrets",
            ),
            (
                *("parts in one file", "trakt"),
                _json({"watchlist": [{"listed_at": "2024-01-25", "movie": _FILM}]}),
                "watchlist Heat movie 1995 tt0113277 949",
            ),
            (
                *("a history as a table", "trakt"),
                "watched_at,type,title,year,trakt_id,season_number,episode_number\n"
                "2024-01-25T21:00:00Z,episode,Dark,2017,2,1,1\n",
                "watched Dark tv 2017 2024-01-25 s1e1",
            ),
            (
                *("a watchlist as a table", "trakt"),
                "rank,listed_at,type,title,year,trakt_id\n1,2024-01-25T20:00Z,movie,Heat,1995,1\n",
                "watchlist Heat movie 1995",
            ),
            (
                *("a show without a name", "trakt"),
                _json([{"watched_at": "2024-01-25", "show": {"title": None, "ids": {"trakt": 9}}}]),
                "watched tv 2024-01-25 [names no title]",
            ),
            (
                *("episodes of before", "tvtime"),
                "created_at,episode_number,episode_season_number,tv_show_id,tv_show_name\n"
                "2018-01-25 20:00:00,1,1,334824,Dark\n",
                "watched Dark tv 334824 2018-01-25 s1e1",
            ),
            (
                *("one part as a list", "simkl"),
                _json(
                    [
                        {
                            "status": "completed",
                            "user_rating": 9,
                            "movie": {"title": "Heat", "ids": {"simkl": 1, "tmdb": "949"}},
                        }
                    ]
                ),
                "rated Heat movie 949 9",
            ),
            (
                *("what is read, not seen", "myanimelist"),
                gzip.compress(_MAL.encode()),
                "watched Monster [a manga, which is read]",
            ),
            (
                *("the name that it has now", "ryot"),
                _json(
                    {
                        "metadata": [
                            {
                                "lot": "movie",
                                "source": "tmdb",
                                "identifier": "949",
                                "source_id": "Heat",
                                "seen_history": [{"ended_on": "2024-01-25"}],
                            }
                        ]
                    }
                ),
                "watched Heat movie 949 2024-01-25",
            ),
            (
                *("a history in JSON", "plex"),
                _json(
                    {
                        "MediaContainer": {
                            "Metadata": [{"type": "movie", "title": "Heat", "viewedAt": 1706212800}]
                        }
                    }
                ),
                "watched Heat movie 2024-01-25",
            ),
            (
                *("a table", "tautulli"),
                "date,user,media_type,title,grandparent_title,year,watched_status\n"
                "1706212800,dana,movie,Heat,,1995,1\n",
                "watched Heat movie 1995 2024-01-25",
            ),
            (
                *("items alone", "jellyfin"),
                _json(
                    [
                        {
                            "Name": "Heat",
                            "Type": "Movie",
                            "ProviderIds": {"Tmdb": "949"},
                            "UserData": {"Played": True},
                        }
                    ]
                ),
                "watched Heat movie 949",
            ),
            (
                *("an address behind it", "kodi"),
                "<movie><title>Heat</title><playcount>1</playcount></movie>\nhttps://tmdb/949\n",
                "watched Heat movie",
            ),
            (
                *("no header", "netflix"),
                '"Dark: Season 1: Secrets","1/25/24"\n',
                "watched Dark tv 2024-01-25 s1eSecrets",
            ),
            (
                *("no header, the day first", "netflix"),
                "2024-01-25;Heat\n",
                "watched Heat 2024-01-25",
            ),
            (
                *("a title above the header", "letterboxd"),
                "My films\n\nDate,Name,Year,Letterboxd URI,Rating\n2024-01-02,Heat,1995,x,4\n",
                "rated Heat movie 1995 8",
            ),
            (
                *("comments above the header", "csv"),
                "# of 2024, by a tool\n# two, lines\nTitle,Year,Rating\nHeat,1995,9\n",
                "rated Heat 1995 9",
            ),
            (
                *("a separator of one's own", "csv"),
                "sep=^\nTitle^Year^Rating\nHeat^1995^9\n",
                "rated Heat 1995 9",
            ),
            (
                *("a line for a cell", "netflix"),
                '"Title,Date"\n"""Dark: Season 1: Secrets"",1/25/24"\n',
                "watched Dark tv 2024-01-25 s1eSecrets",
            ),
            (
                *("blanks before quotes", "netflix"),
                'Title, Date\n"Heat", "1/25/24"\n',
                "watched Heat 2024-01-25",
            ),
            (
                *("an editor's quotes", "netflix"),
                "“Title”,“Date”\n“Crouching Tiger, Hidden Dragon”,“1/25/24”\n",
                "watched Crouching Tiger, Hidden Dragon 2024-01-25",
            ),
            (
                *("an editor's quotes in German", "csv"),
                "Titel;Jahr;Wertung\n„Heat“;1995;9\n",
                "rated Heat 1995 9",
            ),
            (
                *("an activity out of a spreadsheet", "netflix"),
                "Profile Name,Start Time,Duration,Title,Bookmark\n"
                "Dana,1/25/2024 20:00,0:50:00,Heat,0:50:00\n",
                "watched Heat 2024-01-25",
            ),
            (
                *("blanks in the names of columns", "simkl"),
                "SIMKL ID, Title, Type, Year, Watchlist, Last Ep Watched, Watched Date, Rating, "
                "TVDB, TMDB, IMDB\n"
                "1,Dark,tv,2017,completed,s1e2,2024-01-25,9,334824,70523,tt5753856\n",
                "rated Dark tv 2017 tt5753856 70523 334824 2024-01-25 9 2 episodes",
            ),
            (
                *("blanks in the names of its import's columns", "letterboxd"),
                "Letterboxd URI 2,LetterboxdURI,tmdb ID,imdb ID,Title,Year,Directors,Rating,"
                "Rating10,Watched Date\nx,x,949,tt0113277,Heat,1995,M,4.5,9,2024-01-25\n",
                "rated Heat movie 1995 tt0113277 949 2024-01-25 9",
            ),
            (
                *("names of columns in one word", "movielens"),
                "movieId,imdbId,tmdbId,rating,title\n6,0113277,949,4.5,Heat (1995)\n",
                "rated Heat movie 1995 tt0113277 949 9",
            ),
            (
                *("titles alone", "csv"),
                "Title\nHeat\n",
                "watched Heat",
            ),
            (
                *("no rating in a word", "csv"),
                "Title,Year,Rating\nHeat,1995,N/A\n",
                "watched Heat 1995",
            ),
            (
                *("pipes", "csv"),
                "Title|Year|Rating\nHeat|1995|9\n",
                "rated Heat 1995 9",
            ),
            (
                *("an address for an id, a scale in brackets", "csv"),
                "Movie,IMDb link,Rating (out of 10)\nHeat,https://imdb.com/title/tt0113277,5\n",
                "rated Heat tt0113277 5",
            ),
            (
                *("a page at TMDB", "csv"),
                "Movie,TMDb URL,My score\nDark,https://www.themoviedb.org/tv/70523-dark,9/10\n",
                "rated Dark tv 70523 9",
            ),
            (
                *("what somebody plans to see", "csv"),
                "Title,Type,Year,Status\nDark,TV Show,2017,Plan to watch\n",
                "watchlist Dark tv 2017",
            ),
            (
                *("ten points that are all low", "csv"),
                "Title,Year,Rating10\nHeat,1995,4\n",
                "rated Heat 1995 4",
            ),
        )
    ],
)
def test_what_is_put_another_way_means_the_same(
    source: str, content: str | bytes, told: str
) -> None:
    if isinstance(content, str) and content.startswith("\ufeffConst\t"):
        content = content.encode("utf-16-le")
    export = export_of(content)
    assert (export.source.name, [_told(row) for row in export.rows]) == (source, [told])


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Jan 25, 2024", date(2024, 1, 25)),
        ("January 25th, 2024", date(2024, 1, 25)),
        ("25 January 2024", date(2024, 1, 25)),
        ("Thursday, 25 January 2024", date(2024, 1, 25)),
        ("25. März 2024", date(2024, 3, 25)),
        ("25 août 2024", date(2024, 8, 25)),
        ("1er juillet 2024", date(2024, 7, 1)),
        ("25 de dezembro de 2024", date(2024, 12, 25)),
        ("25-Dec-2024", date(2024, 12, 25)),
        ("25 ottobre 2024", date(2024, 10, 25)),
        ("Jan 25 2024 08:18", date(2024, 1, 25)),
        ("20240125", date(2024, 1, 25)),
        ("25 Frimaire 2024", None),
    ],
)
def test_reads_days_whose_month_is_written_out(written: str, day: date | None) -> None:
    (row,) = rows_of(f'Title,Date watched\nHeat,"{written}"\n')
    assert row.watched_at == day


def test_short_years_that_come_first_are_told_by_how_the_columns_change() -> None:
    days = ["24. 1. 25.", "24. 1. 27.", "24. 2. 3."]
    rows = rows_of("제목,날짜\n" + "".join(f"히트,{day}\n" for day in days))
    assert [row.watched_at for row in rows] == [
        *(date(2024, 1, 25), date(2024, 1, 27)),
        date(2024, 2, 3),
    ]


def test_of_several_profiles_in_one_table_the_rows_of_one_are_brought() -> None:
    table = 'Profile,Title,Date\nDana,"Dark: Season 1: Secrets",1/25/24\nKim,Alien,1/26/24\n'
    export = export_of(table, account="kim")
    assert export.accounts == ("Dana", "Kim")
    assert [row.title for row in export.rows if row.skipped is None] == ["Alien"]


def test_an_episode_of_imdb_may_have_a_colon_and_so_may_its_show() -> None:
    table = _IMDB + "tt1,8,,Star Trek: Discovery: Point: Break,,u,TV Episode,2019\n"
    (row,) = rows_of(table)
    assert [(name.title, name.is_certain) for name in row.names] == [
        ("Star Trek: Discovery: Point", True),
        ("Star Trek: Discovery", False),
        ("Star Trek", False),
    ]


def test_a_zip_that_was_packed_once_more_is_opened_and_no_further() -> None:
    film = "Date,Name,Year,Letterboxd URI\n2024-01-02,Heat,1995,x\n"
    inner = zip_of({"watched.csv": film})
    assert [row.title for row in rows_of(zip_of({"mine/letterboxd.zip": inner}))] == ["Heat"]
    twice = zip_of({"a.zip": zip_of({"b.zip": inner}), "watched.csv": film})
    assert [row.file for row in rows_of(twice)] == ["watched.csv"]


def test_a_library_of_kodis_in_one_file_holds_films_shows_and_episodes() -> None:
    seen = "<playcount>1</playcount>"
    episode = (
        f"<episodedetails><showtitle>Dark</showtitle><season>1</season>{seen}</episodedetails>"
    )
    library = (
        f"<videodb><movie><title>Heat</title>{seen}</movie>"
        f"<tvshow><title>Dark</title>{episode}</tvshow></videodb>"
    )
    assert [_told(row) for row in rows_of(library)] == [
        "watched Heat movie",
        "owned Dark tv",
        "watched Dark tv s1e",
    ]
    several = f'<?xml version="1.0"?>{episode}{episode}'
    assert [row.title for row in rows_of(several)] == ["Dark", "Dark"]


@pytest.mark.parametrize(
    ("title", "names", "year"),
    [
        ("Castlevania (2017)", ["Castlevania (2017)", "Castlevania"], 2017),
        ("The Office (U.S.)", ["The Office (U.S.)", "The Office?"], None),
        ("Being Human (UK)", ["Being Human (UK)", "Being Human?"], None),
        ("The Matrix (4K UHD)", ["The Matrix (4K UHD)", "The Matrix"], None),
        ("Parasite [English Subtitled]", ["Parasite [English Subtitled]", "Parasite"], None),
        ("Blade Runner (The Final Cut)", ["Blade Runner (The Final Cut)", "Blade Runner"], None),
        ("(500) Days of Summer", ["(500) Days of Summer"], None),
        ("Birdman or (The Unexpected Virtue)", ["Birdman or (The Unexpected Virtue)"], None),
    ],
)
def test_a_note_behind_a_title_is_no_part_of_its_name(
    title: str, names: list[str], year: int | None
) -> None:
    (row,) = rows_of(f'Title,Date\n"{title}","1/31/25"\n')
    assert [name.title + ("" if name.is_certain else "?") for name in row.names] == names
    assert row.year == year


@pytest.mark.parametrize(
    ("title", "season"),
    [
        ("Ozark: Season 4 Part 2: Mud", 4),
        ("Ozark: Season 1 (English Dub): Sugarwood", 1),
        ("Ozark: Ozark: Sugarwood", None),
    ],
)
def test_a_season_may_say_more_than_its_number(title: str, season: int | None) -> None:
    (row,) = rows_of(f'Title,Date\n"{title}","1/31/25"\n')
    assert ([name.title for name in row.names], row.season) == (["Ozark"], season)


def test_columns_that_a_tool_added_leave_netflix_what_it_is() -> None:
    first, second = rows_of(
        "Title,Date,Genre,Country\n"
        '"Dark: Season 1: Secrets","1/31/25",Mystery,DE\n"Roma","1/30/25",Drama,MX\n'
    )
    assert (first.names[0].title, first.season, first.watched_at) == ("Dark", 1, date(2025, 1, 31))
    assert (second.title, second.watched_at) == ("Roma", date(2025, 1, 30))


def test_a_table_of_ones_own_with_ratings_is_not_netflix() -> None:
    export = export_of('Title,Date,Rating\n"Dark: Season 1: Secrets",2025-01-31,9\n')
    assert export.source.name == "csv"
    assert export.rows[0].rating == 9


def test_commas_of_a_title_without_quotes_do_not_cost_it_its_day() -> None:
    rows = rows_of(
        "Title,Date\nRoma,12/30/23\nCrouching Tiger, Hidden Dragon,12/31/23\nThe Good, x, y\n"
    )
    assert [(row.title, row.watched_at) for row in rows[:2]] == [
        ("Roma", date(2023, 12, 30)),
        ("Crouching Tiger, Hidden Dragon", date(2023, 12, 31)),
    ]
    assert rows[2].skipped == "has more cells than the header has columns"


@pytest.mark.parametrize(
    "table",
    [
        "Date,Name,Year,URL,Rating\n2025-01-02,Heat,1995,https://letterboxd.com/film/heat/,4.5\n",
        "Date,Name,Year,Rating,Rewatch,Tags,Watched Date\n2025-01-02,Heat,1995,4.5,,,2025-01-01\n",
    ],
    ids=["an address of before", "no address"],
)
def test_letterboxds_day_of_logging_is_no_viewing(table: str) -> None:
    export = export_of(table)
    assert export.source.name == "letterboxd"
    (row,) = export.rows
    assert row.logged_at == date(2025, 1, 2)
    assert row.watched_at in (None, date(2025, 1, 1))
    assert (row.rating, row.scale) == (9.0, 5.0)


def test_a_list_of_imdb_is_one_without_its_places() -> None:
    head = "Const,Created,Title,URL,Title Type,Your Rating,Year\n"
    unseen, liked = (
        "tt0113277,2025-01-01,Heat,u,Movie,,1995\n",
        "tt0089881,2025-01-01,Ran,u,Movie,9,1985\n",
    )
    assert [row.kind for row in rows_of(head + unseen)] == ["watchlist"]
    rows = rows_of(head + liked + unseen)
    assert [row.skipped for row in rows] == [None, "no rating of one's own"]


def test_signs_that_a_page_wrote_out_are_signs() -> None:
    (row,) = rows_of("Title,Watched,URL\nFast &amp; Furious &#39;9&#39;,2025-01-01,u?a=1&copy=2\n")
    assert row.title == "Fast & Furious '9'"


def test_a_name_of_a_column_needs_no_accents() -> None:
    (row,) = rows_of("Titre,Annee,Vu le\nAmélie,2001,2025-01-01\n")
    assert (row.title, row.year, row.watched_at) == ("Amélie", 2001, date(2025, 1, 1))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7 ...", "list.bin is a PDF; save the table it was made of as CSV and send that."),
        (b"Rar!\x1a\x07", "list.bin is a RAR archive; "),
        (b"SQLite format 3\0", "list.bin is a database of SQLite; "),
        (zip_of({"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<a/>"}), "an Excel workbook"),
        (zip_of({"mimetype": "x", "content.xml": "<a/>"}), "It is a spreadsheet; save it as CSV"),
    ],
)
def test_what_programs_keep_is_called_by_its_name(content: bytes, sentence: str) -> None:
    with pytest.raises(UnusableImport) as refused:
        export_of(content, "list.bin")
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("watched (1).csv", "watched"),
        ("my films.csv", "watched"),
        ("watchlist-dana.csv", "watchlist"),
        ("likes.csv", "liked"),
    ],
)
def test_a_bare_list_of_letterboxd_is_what_its_file_is_called(name: str, kind: str) -> None:
    table = "Date,Name,Year,Letterboxd URI\n2025-01-02,Heat,1995,https://boxd.it/1\n"
    (row,) = rows_of(table, name)
    assert (row.kind, row.skipped) == (kind, None)


def test_a_bare_list_of_letterboxd_by_another_name_is_not_taken_for_seen() -> None:
    table = "Date,Name,Year,Letterboxd URI\n2025-01-02,Heat,1995,https://boxd.it/1\n"
    (row,) = rows_of(table, "export.csv")
    assert row.skipped
    assert row.skipped.startswith("seen or wanted: name the file watched.csv or watchlist.csv")


def test_json_lines_are_a_list() -> None:
    viewing = {"watched_at": "2024-01-25T20:00:00Z", "movie": _FILM}
    lines = f"{_json(viewing)}\n\n{_json(viewing)}\n"
    for content in (lines, zip_of({"watched-history.jsonl": lines})):
        export = export_of(content, "history.jsonl")
        assert export.source.name == "trakt"
        assert [_told(row) for row in export.rows] == [
            "watched Heat movie 1995 tt0113277 949 2024-01-25"
        ] * 2
    with pytest.raises(UnusableImport, match="breaks off in entry 3"):
        export_of(lines + '{"watched', "history.jsonl")


def test_quotes_of_an_editor_belong_to_the_titles_of_a_file_with_plain_ones() -> None:
    review = 'Name,Year,Letterboxd URI,Rating,Review\nHeat,1995,x,4,"He says\n“yes”,“no”\nand"\n'
    assert [row.title for row in rows_of(review, "reviews.csv")] == ["Heat"]


@pytest.mark.parametrize(
    "content",
    ["Heat,1995,9\nRan,1985,8\n", '{"title": "Heat"}\n{"title": "Ran"}\n', "Heat\nRan\n"],
)
def test_what_has_no_names_for_its_columns_is_told_what_was_looked_for(content: str) -> None:
    with pytest.raises(UnusableImport, match=r"Netflix.* a header that names a column of titles"):
        export_of(content)


@pytest.mark.parametrize("above", ["", "Netflix viewing history\n", "# from Netflix, 2025\n\n"])
def test_netflix_without_its_header_is_known_by_its_first_row(above: str) -> None:
    export = export_of(f'{above}"Dark: Season 1: Secrets","1/31/25"\n"I, Tonya","1/30/25"\n')
    assert export.source.name == "netflix"
    assert [(row.number, row.names[0].title, row.season) for row in export.rows] == [
        (1, "Dark", 1),
        (2, "I, Tonya", None),
    ]
    assert export.rows[0].watched_at == date(2025, 1, 31)


@pytest.mark.parametrize(
    "above",
    [
        "My ratings\n",
        "My ratings, of 2025\n\n",
        "My ratings,,,,\n",
        "# made by a program\n# of Dana's films, their years, ratings, links and days\n",
        "sep=,\nMy ratings\n",
        '"My ratings"\n',
    ],
)
def test_lines_above_a_header_are_no_part_of_the_table(above: str) -> None:
    table = "Date,Name,Year,Letterboxd URI,Rating\n2025-01-02,Heat,1995,https://boxd.it/1,4\n"
    export = export_of(above + table, "ratings.csv")
    assert export.source.name == "letterboxd"
    assert [(row.number, row.title, row.rating) for row in export.rows] == [(1, "Heat", 8)]


def test_a_header_within_a_table_of_nobody_is_not_looked_for() -> None:
    with pytest.raises(UnusableImport, match="is of no source"):
        export_of("alpha,beta,gamma\n1,2,3\nTitle,Year,Rating\nHeat,1995,9\n")


def test_simkls_columns_may_have_blanks() -> None:
    export = export_of(
        "Simkl ID,Title,Type,Year,Watch list,Last Ep Watched,Watched Date,Rating,TVDB,TMDB,IMDB\n"
        "2,Dark,tv,2017,plantowatch,,13/11/2023 01:48,,,70523,tt5753856\n"
        "3,Ozark,tv,2017,watching,s1e2,14/11/2023 01:48,,,69740,tt5071412\n"
    )
    assert export.source.name == "simkl"
    assert [_told(row) for row in export.rows] == [
        "watchlist Dark tv 2017 tt5753856 70523 2023-11-13",
        "watched Ozark tv 2017 tt5071412 69740 2023-11-14 2 episodes",
    ]


@pytest.mark.parametrize(
    "table",
    [
        "Title,Date\n“I, Tonya”,“1/31/25”\n“Roma”,“1/30/25”\n",
        "“Title”,“Date”\n„I, Tonya“,„1/31/25“\n»Roma«,»1/30/25«\n",
        "Title,Date\n«I, Tonya»,1/31/25\nRoma,1/30/25\n",
    ],
)
def test_typographic_quotes_around_a_cell_are_quotes(table: str) -> None:
    assert [(row.title, row.watched_at) for row in rows_of(table)] == [
        ("I, Tonya", date(2025, 1, 31)),
        ("Roma", date(2025, 1, 30)),
    ]


def test_typographic_quotes_within_a_cell_are_of_the_title() -> None:
    rows = rows_of("Title,Date\n“Crocodile” Dundee,1/31/25\nThe “Human” Factor,1/30/25\n")
    assert [row.title for row in rows] == ["“Crocodile” Dundee", "The “Human” Factor"]


def test_a_row_with_more_cells_does_not_change_the_scale_of_the_others() -> None:
    rows = rows_of("Title,Year,Rating\nHeat,1995,9\nThe Good, the Bad,1966,10\n")
    assert rows[0].rating == 9
    assert rows[1].skipped == "has more cells than the header has columns"


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("tmdb_id,type\n949,movie\n", "949"),
        ("imdb\ntt0113277\n", "tt0113277"),
        ("title,season,episode\nDark,1,2\n", "Dark season 1 episode 2"),
        ("title,season,episode\nDark,1,Episode 2: Lies\n", "Dark season 1, Episode 2: Lies"),
        ("title,season,episode\nDark,1,Lies\n", "Dark season 1, Lies"),
    ],
)
def test_what_a_row_is_about_is_one_line_that_is_never_empty(table: str, said: str) -> None:
    (row,) = rows_of(table)
    assert row.says == said


def test_a_list_of_one_column_has_titles_with_commas() -> None:
    rows = rows_of('Title\nThe Good, the Bad and the Ugly\n"Me, Myself"\nHeat,,\n\n10,000 BC\n')
    assert [row.title for row in rows if row.skipped is None] == [
        "The Good, the Bad and the Ugly",
        "Me, Myself",
        "Heat",
        "10,000 BC",
    ]


def test_a_zip_with_the_separators_of_windows_is_read_as_any_other() -> None:
    film = "Date,Name,Year,Letterboxd URI\n2024-01-02,{},1995,x\n"
    packed = zip_of(
        {"lb\\watched.csv": film.format("Heat"), "lb\\deleted\\diary.csv": film.format("Ran")}
    )
    assert [(row.file, row.title) for row in rows_of(packed)] == [("lb/watched.csv", "Heat")]


def test_elements_of_kodi_within_each_other_without_end_are_not_followed() -> None:
    deep = "<videodb>" * 3000 + "<movie><title>Heat</title></movie>" + "</videodb>" * 3000
    with pytest.raises(UnusableImport):
        rows_of(deep, "videodb.xml")


@pytest.mark.parametrize(
    ("title", "is_trailer"),
    [
        ("Dune - Official Trailer 2", True),
        ("Trailer: Dune", True),
        ("Dune (Trailer)", True),
        ("Trailer Park Boys", False),
    ],
)
def test_a_trailer_at_amazon_is_called_so_at_an_end_of_its_name(
    title: str, is_trailer: bool
) -> None:
    table = f'Playback Hour,Video Type,Title\n2024-01-02 20:00:00,Movie,"{title}"\n'
    (row,) = rows_of(table, "Digital.PrimeVideo.Viewinghistory.csv")
    assert (row.skipped is not None) == is_trailer


def test_only_what_does_not_tell_what_it_is_becomes_what_is_asked_for() -> None:
    told = [
        Row(1, "diary.csv", names=(Name("Heat"),), watched_at=date(2024, 1, 2)),
        Row(2, "ratings.csv", "rated", names=(Name("Ran"),), rating=8),
    ]
    a_list = [Row(1, "list.csv", names=(Name("Heat"),))]
    assert [row.kind for row in only(a_list, "watchlist")] == ["watchlist"]
    assert all(row.skipped for row in only(told, "watchlist"))
    assert all(row.skipped for row in only(told, "library"))
    assert all(row.skipped for row in only(a_list, "ratings"))
