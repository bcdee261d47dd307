"""What cannot be an export is refused with one sentence."""

import re
import struct
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from random import Random
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED

import pytest

from api.platform.errors import UnusableImport
from api.viewers.imports.read_export import checked
from api.viewers.imports.reading import archive
from api.viewers.imports.row import Name, Row
from tests.unit.viewers.imports.exports import export_of, rows_of, zip_of

_NETFLIX = 'Title,Date\n"Heat","1/31/25"\n'
_DIARY = "Date,Name,Year,Letterboxd URI\n2025-01-01,Heat,1995,https://boxd.it/1\n"


def _refusal(content: str | bytes, name: str = "file.csv") -> str:
    with pytest.raises(UnusableImport) as refused:
        export_of(content, name)
    sentence = str(refused.value)
    assert re.fullmatch(r"[^\n]+\.", sentence)
    return sentence


def test_an_empty_file() -> None:
    assert _refusal(b"") == "The file is empty."


def test_a_zip_that_is_cut_short() -> None:
    assert "cut short" in _refusal(zip_of({"a.csv": _NETFLIX})[:-30])


def test_a_zip_whose_data_is_damaged() -> None:
    packed = bytearray(zip_of({"a.csv": _NETFLIX * 50}))
    packed[60:70] = b"\0" * 10
    assert "damaged" in _refusal(bytes(packed))


@pytest.mark.parametrize("packing", [ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA])
def test_a_zip_that_is_damaged_anywhere_is_refused_or_read(packing: int) -> None:
    """What is wrong with it is found in different places, and called differently there."""
    packed = zip_of({"a.csv": _NETFLIX * 200, "b.csv": _NETFLIX * 200}, packing=packing)
    draw = Random(7)
    for _ in range(150):
        damaged = bytearray(packed)
        start = draw.randrange(4, len(packed))
        if draw.random() < 0.5:
            del damaged[start : start + draw.randint(1, 200)]
        else:
            damaged[start : start + 4] = draw.randbytes(4)
        with suppress(UnusableImport):
            rows_of(bytes(damaged))


def test_an_entry_of_a_zip_that_has_no_name_is_passed_over() -> None:
    assert len(rows_of(zip_of({".": _NETFLIX, "a.csv": _NETFLIX}))) == 1


def test_a_zip_with_a_password() -> None:
    packed = bytearray(zip_of({"a.csv": _NETFLIX}))
    entry = packed.index(b"PK\x01\x02")
    packed[6:8] = packed[entry + 8 : entry + 10] = struct.pack("<H", 1)
    assert "password" in _refusal(bytes(packed))


@pytest.mark.parametrize("path", ["../a.csv", "/etc/a.csv", "a/../../b.csv", "C:/a.csv"])
def test_a_zip_with_paths_that_lead_out_of_it(path: str) -> None:
    assert "leads out" in _refusal(zip_of({path: _NETFLIX}))


def test_a_zip_that_states_more_than_may_be_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_UNPACKED_BYTES", 1000)
    assert "unpacks to more" in _refusal(zip_of({"a.csv": _NETFLIX * 100}))


def test_a_zip_that_unpacks_to_more_than_it_states(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_FILE_BYTES", 1000)
    assert "unpacks to more" in _refusal(zip_of({"a.csv": _NETFLIX * 100}))


def test_a_web_page_saved_as_a_table() -> None:
    assert "web page" in _refusal("\n<!DOCTYPE html><html><body>Sign in</body></html>")


def test_two_encodings_in_one_file() -> None:
    mixed = b'Title,Date\n"Am\xc3\xa9lie","1/31/25"\n"Am\xe9lie","1/30/25"\n'
    assert "two encodings" in _refusal(mixed)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("title;year\nИрония судьбы;1975\nСталкер;1979\n", "cp1251"),
        ("title;year\nΚυνόδοντας;2009\n", "cp1253"),
        ("title;year\nאסקימו לימון;1978\n", "cp1255"),
        ("Title,Date\n千と千尋の神隠し,2024/01/01\nもののけ姫,2024/02/01\n", "shift_jis"),
        ("title,date\n살인의 추억,2024-01-01\n", "euc_kr"),
        ("title,date\n霸王别姬,2024-01-01\n", "gb18030"),
    ],
)
def test_an_encoding_in_which_every_title_would_be_garbled(text: str, encoding: str) -> None:
    assert "save it as UTF-8" in _refusal(text.encode(encoding))
    assert rows_of(text)  # as UTF-8 it is read


def test_accents_and_signs_of_windows_1252_are_read() -> None:
    titles = ["Café “Amélie” …", "Das große Fressen", "Señora Ñandú", "L’été à “Évian”…", "Å ÆØ"]
    text = "".join(f"{title};2001\n" for title in titles)
    rows = rows_of(f"title;year\n{text}".encode("cp1252"))
    assert [row.title for row in rows] == titles


def test_what_is_no_text() -> None:
    assert "not text" in _refusal(b"Title,Date\n\0\0\0\0")


def test_a_quote_that_never_closes() -> None:
    assert "never closes" in _refusal('Title,Date\n"Heat,1/31/25\n"Ran","1/30/25"\nUp,1/1/25\n"\n')


def test_a_row_of_a_megabyte() -> None:
    assert "128 KB" in _refusal(f"Title,Date\n{'x' * 1_000_000},1/31/25\n")


def test_more_columns_than_any_export_has() -> None:
    columns = ",".join(f"c{number}" for number in range(300))
    assert "302 columns" in _refusal(f"title,year,{columns}\n")


def test_files_of_two_sources_in_one_zip() -> None:
    sentence = _refusal(zip_of({"diary.csv": _DIARY, "NetflixViewingHistory.csv": _NETFLIX}))
    assert "Letterboxd and of Netflix" in sentence


def test_an_unknown_file_is_told_what_was_looked_for() -> None:
    sentence = _refusal("alpha,beta\n1,2\n", "taxes.csv")
    assert sentence.startswith("taxes.csv is of no source")
    assert "Letterboxd" in sentence
    assert "Trakt" in sentence


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("profile.csv", "Date Joined,Username,Given Name,Favorite Films\n2017-12-15,ada,Ada,x\n"),
        ("profile.csv", "Date Joined,Username\n2017-12-15,ada\n"),
        ("comments.csv", 'Date,Content,Comment\n2025-01-01,https://boxd.it/1,"Ha"\n'),
        ("lists.csv", "Date,Content\n2025-01-01,https://boxd.it/1\n"),
        ("watchlist.csv", "Date,Name,Year,Letterboxd URI\n"),
    ],
)
def test_a_file_of_letterboxd_without_a_history_is_told_which_to_send(
    name: str, content: str
) -> None:
    sentence = _refusal(content, name)
    assert sentence.startswith(f"{name} was read as Letterboxd, but tells of nothing")
    assert sentence.endswith("of its files diary.csv, watched.csv, ratings.csv or watchlist.csv.")
    assert _refusal(zip_of({name: content})) == sentence


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "lists-lists.json",
            '[{"name": "Mine", "item_count": 2, "ids": {"trakt": 9, "slug": "m"}}]',
        ),
        ("user-profile.json", '{"username": "ada", "private": false, "vip": true, "ids": {}}'),
        ("ratings-shows.json", "[]"),
    ],
)
def test_a_file_of_trakt_without_a_history_is_told_which_to_send(name: str, content: str) -> None:
    sentence = _refusal(content, name)
    assert sentence.startswith(f"{name} was read as Trakt, but tells of nothing")
    assert "watched-history-1.json" in sentence


@pytest.mark.parametrize(
    ("content", "title"), [("Title,Date\n", "Netflix"), ("title;year\n", "a table of your own")]
)
def test_a_header_alone_is_told_to_tell_nothing(content: str, title: str) -> None:
    sentence = _refusal(content)
    assert sentence.startswith(f"file.csv was read as {title}, but tells of nothing")


def test_files_without_a_history_keep_no_others_out() -> None:
    profile = "Date Joined,Username,Given Name\n2017-12-15,ada,Ada\n"
    assert len(rows_of(zip_of({"profile.csv": profile, "diary.csv": _DIARY}))) == 1


def test_a_single_file_that_nobody_knows_is_told_of_the_whole_export() -> None:
    assert _refusal("Device,Country\nTV,DE\n", "Devices.csv").endswith(
        "of an export of several files the whole zip tells more than one of them."
    )


def test_json_that_breaks_off() -> None:
    assert "breaks off" in _refusal('[{"watched_at": "2025-01-01T0', "history.json")


def test_xml_with_entities_that_explode() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><myanimelist>&c;</myanimelist>'
    assert "cannot be read" in _refusal(f'<?xml version="1.0"?>{bomb}', "list.xml")


def test_a_table_of_ones_own_whose_values_are_none_is_called_so() -> None:
    sentence = _refusal(f"title,tmdb\nHeat,{'9' * 5000}\n", "mine.csv")
    assert sentence.startswith("mine.csv was read as a table of your own, but")


def test_a_source_that_there_is_not() -> None:
    with pytest.raises(UnusableImport, match="There is no source 'blockbuster'"):
        export_of(_NETFLIX, source="blockbuster")


def test_a_source_that_the_file_is_not_of() -> None:
    with pytest.raises(UnusableImport, match="reads as one of IMDb"):
        export_of(_NETFLIX, source="imdb")


def test_a_rating_that_is_none_is_passed_over() -> None:
    now = datetime(2026, 11, 1, tzinfo=UTC)
    rated = Row(1, "films.csv", kind="rated", title="Heat", names=(Name("Heat"),))
    assert checked(rated, now, None).skipped == "has no rating"
    assert checked(replace(rated, rating=7.0), now, None).skipped is None
    assert checked(replace(rated, kind="liked"), now, None).skipped is None


def test_a_day_in_the_future_is_passed_over_and_the_rest_is_kept() -> None:
    future, past = rows_of('Title,Date\n"Heat","1/31/27"\n"Ran","1/31/25"\n')
    assert future.skipped == "2027-01-31 is in the future"
    assert past.skipped is None


def test_a_row_with_more_cells_than_columns_is_passed_over() -> None:
    header, row = "Date,Name,Year,Letterboxd URI", "2025-01-01,I, Robot,2004,https://boxd.it/1"
    rows = rows_of(f"{header}\n{row}\n", "watched.csv")
    assert rows[0].skipped == "has more cells than the header has columns"


def test_reads_a_nested_zip_folder_without_what_was_deleted() -> None:
    packed = zip_of(
        {
            "letterboxd/diary.csv": _DIARY,
            "letterboxd/deleted/diary.csv": _DIARY.replace("Heat", "Gone"),
            "letterboxd/orphaned/diary.csv": _DIARY.replace("Heat", "Gone"),
            "__MACOSX/letterboxd/._diary.csv": b"\0\0",
            "letterboxd/photo.jpg": b"\xff\xd8",
        }
    )
    assert [row.title for row in rows_of(packed, "export.bin")] == ["Heat"]


def test_the_archive_is_a_zip_whatever_it_is_called() -> None:
    packed = zip_of({"a.csv": _NETFLIX})
    assert len(rows_of(packed, "history.csv")) == 1


def test_a_file_that_nobody_needs_keeps_the_others_in_and_is_reported() -> None:
    packed = zip_of({"diary.csv": _DIARY, "photos.csv": b"a,b\n\0\0", "terms.csv": "<html>"})
    rows = rows_of(packed, "export.zip")
    assert [(row.file, row.skipped is None) for row in rows] == [
        ("diary.csv", True),
        ("photos.csv", False),
        ("terms.csv", False),
    ]
    assert "web page" in (rows[2].skipped or "")


@pytest.mark.parametrize(
    "content",
    [
        '[{"watched_at": [], "type": {}, "movie": {"ids": {"trakt": 1, "tmdb": [1]}}}]',
        '[{"watched_at": 1e308, "movie": {"title": 7, "year": "x", "ids": {"trakt": 1}}}]',
        '{"Items": [{"ProviderIds": 7, "Type": null, "UserData": []}]}',
        '{"movies": [{"status": 1, "movie": {"ids": []}, "user_rating": 99}]}',
        '{"media": [{"lot": 1, "identifier": {}, "seen_history": 3, "reviews": [1]}]}',
        '[{"status": "FINISHED", "rating": "x", "content": {"tmdbId": "x"}, "activity": 2}]',
    ],
)
def test_values_of_another_type_break_nothing(content: str) -> None:
    for row in rows_of(content, "export.json"):
        assert row.rating is None
        assert row.watched_at is None


def test_a_character_that_cannot_be_stored_is_left_out() -> None:
    film = '{"title": "He\\u0000at", "ids": {"slug": "h"}}'
    text = f'[{{"watched_at": "2024-01-01T00:00:00Z", "movie": {film}}}]'
    (row,) = rows_of(text, "history.json")
    assert (row.title, row.names[0].title) == ("Heat", "Heat")


def test_what_spreadsheets_put_before_a_header_is_passed_over() -> None:
    rows = rows_of("sep=;\n\nDate;Name;Year;Letterboxd URI\n2025-01-01;Heat;1995;https://x\n")
    assert [(row.number, row.title, row.year) for row in rows] == [(1, "Heat", 1995)]


def test_a_row_that_ends_early_is_read_as_far_as_it_goes() -> None:
    rows = rows_of("Title,Date\nHeat\nRan,1/31/25\n")
    assert [(row.title, row.watched_at is None) for row in rows] == [("Heat", True), ("Ran", False)]
