"""A ratings set becomes columns; whatever cannot be used is counted, or refused in a sentence."""

import gzip
import zipfile
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.platform.errors import UnusableRatings
from etl.neighbours.ratings_set import RatingsSet, read_ratings
from tests.doubles.ratings import LINKS, ROWS, ratings_csv, write_folder, write_zip

GOOD = [(0, 101, 4.0, 100), (0, 102, 3.5, 200), (1, 103, 5.0, 100), (1, 101, 0.5, 300)]


def rows_of(ratings: RatingsSet) -> list[tuple[int, int, float, int]]:
    columns = (ratings.viewer, ratings.tmdb_id, ratings.rating, ratings.rated_at)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def refusal_of(path: Path) -> str:
    with pytest.raises(UnusableRatings) as refused:
        read_ratings(path)
    said = str(refused.value)
    assert said.endswith(".")
    assert "\n" not in said
    return said


def test_a_folder_becomes_columns_by_viewer_and_time(tmp_path: Path) -> None:
    ratings = read_ratings(write_folder(tmp_path / "set"))
    assert rows_of(ratings) == GOOD
    assert (ratings.name, ratings.read, len(ratings), ratings.viewers) == ("set", 4, 4, 2)
    assert ratings.rejected == {}
    columns = (ratings.viewer, ratings.tmdb_id, ratings.rating, ratings.rated_at)
    assert [str(column.dtype) for column in columns] == ["int32", "int32", "float32", "int64"]


def test_an_archive_says_the_same(tmp_path: Path) -> None:
    assert rows_of(read_ratings(write_zip(tmp_path / "set.zip"))) == GOOD


def test_a_folder_that_holds_one_archive_stands_for_it(tmp_path: Path) -> None:
    write_zip(tmp_path / "set.zip")
    assert rows_of(read_ratings(tmp_path)) == GOOD


def test_tables_may_be_gzipped(tmp_path: Path) -> None:
    (tmp_path / "ratings.csv.gz").write_bytes(gzip.compress(ratings_csv().encode()))
    (tmp_path / "links.csv.gz").write_bytes(gzip.compress(LINKS.encode()))
    assert rows_of(read_ratings(tmp_path)) == GOOD


def test_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    assert rows_of(read_ratings(write_folder(tmp_path, reversed(ROWS)))) == GOOD


def test_byte_order_mark_line_ends_quotes_spaces_and_column_order_are_read(tmp_path: Path) -> None:
    write_folder(tmp_path, links=LINKS.replace("\n", "\r\n"))
    lines = ['"timestamp","Rating",movieid,title,userId']
    for row in ROWS:
        user, movie, rating, time = row.split(",")
        lines += [f'"{time}", {rating} ,{movie},"A ""title"", with commas",{user}', ""]
    written = "\ufeff" + "\r\n".join(lines)
    (tmp_path / "ratings.csv").write_bytes(written.encode())
    ratings = read_ratings(tmp_path)
    assert rows_of(ratings) == GOOD
    assert ratings.read == 4


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("7,99,4,100", "unknown movie id"),
        ("7,-1,4,100", "unknown movie id"),
        ("7,4,4,100", "film without a TMDB id"),
        ("7,3,0,100", "0 stars"),
        ("7,3,0.0,100", "0 stars"),
        ("7,3,5.5,100", "rating outside 0.5 to 5"),
        ("7,3,-1,100", "rating outside 0.5 to 5"),
        ("7,3,0.25,100", "rating outside 0.5 to 5"),
        ("7,3,3.7,100", "not a half star"),
        ("7,3,four,100", "bad number"),
        ("7,3,nan,100", "bad number"),
        ("7,3,inf,100", "bad number"),
        ("7,3,,100", "bad number"),
        ("ann,3,4,100", "bad number"),
        ("7.5,3,4,100", "bad number"),
        ("1e300,3,4,100", "bad number"),
        ("7,1e300,4,100", "bad number"),
        ("7,3,4,-5", "bad number"),
        ("7,3,4,1500000000000", "bad number"),
        ("7,3,4,2015-03-01", "bad number"),
        ('7,3,"4,100', "bad line"),
        ("7,3,4", "bad line"),
        ("7", "bad line"),
        ("7;3;4;100", "bad line"),
        ("\x00", "bad line"),
    ],
)
def test_a_row_that_cannot_be_used_is_counted(tmp_path: Path, row: str, reason: str) -> None:
    ratings = read_ratings(write_folder(tmp_path, [ROWS[0], row, *ROWS[1:]]))
    assert rows_of(ratings) == GOOD
    assert ratings.rejected == {reason: 1}
    assert ratings.read == 5


def test_a_quote_that_is_never_closed_costs_its_own_line_alone(tmp_path: Path) -> None:
    ratings = read_ratings(write_folder(tmp_path, [*ROWS, '7,3,4,"100', "7,3,4,500"]))
    assert len(ratings) == 6 - ratings.rejected.get("older rating of the same film", 0)
    assert ratings.read == 6


def test_bytes_that_are_no_text_are_counted(tmp_path: Path) -> None:
    write_folder(tmp_path)
    with (tmp_path / "ratings.csv").open("ab") as file:
        file.write(b"7,\xff\xfe,4,100\n")
    assert read_ratings(tmp_path).rejected == {"bad number": 1}


def test_the_newest_rating_of_a_film_counts(tmp_path: Path) -> None:
    again = ["7,1,1.0,99", "7,1,2.0,101", "7,1,3.0,101", *ROWS]
    ratings = read_ratings(write_folder(tmp_path, again))
    assert rows_of(ratings)[0] == (0, 101, 3.0, 101)
    assert ratings.rejected == {"older rating of the same film": 3}


def test_two_movies_of_one_film_are_one(tmp_path: Path) -> None:
    links = LINKS + "5,,101\n"
    ratings = read_ratings(write_folder(tmp_path, [*ROWS, "7,5,2.0,500"], links=links))
    assert (0, 101, 2.0, 500) in rows_of(ratings)
    assert ratings.rejected == {"older rating of the same film": 1}


def test_a_long_history_is_cut_to_its_newest(tmp_path: Path) -> None:
    ratings = read_ratings(write_folder(tmp_path), most_per_viewer=1)
    assert rows_of(ratings) == [(0, 102, 3.5, 200), (1, 101, 0.5, 300)]
    assert ratings.rejected == {"beyond the newest 1 of a viewer": 2}


def test_a_million_rows_of_one_viewer_are_bounded(tmp_path: Path) -> None:
    links = "movieId,tmdbId\n" + "".join(f"{movie},{movie}\n" for movie in range(1, 6002))
    rows = [f"7,{1 + place % 6000},4,{place}" for place in range(1_000_000)]
    ratings = read_ratings(write_folder(tmp_path, [*rows, "8,1,4,1"], links=links))
    assert ratings.rejected == {
        "older rating of the same film": 994_000,
        "beyond the newest 5,000 of a viewer": 1_000,
    }
    assert len(ratings) == 5_001
    assert int(ratings.rated_at[0]) == 995_000


def test_bad_links_leave_their_movies_unknown(tmp_path: Path) -> None:
    links = LINKS.replace("3,0113228,103", "3,0113228\nx,y,z\n0,0,9\n5,0,99999999999")
    ratings = read_ratings(write_folder(tmp_path, [*ROWS, "7,5,4,1"], links=links))
    assert ratings.rejected == {"unknown movie id": 1, "film without a TMDB id": 1}


def test_reading_stops_when_it_is_told_to(tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop() -> None:
        raise Stopped

    with pytest.raises(Stopped):
        read_ratings(write_zip(tmp_path / "set.zip"), stop_if_cancelled=stop)


def test_a_path_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    said = refusal_of(tmp_path / "nowhere")
    assert "nowhere" in said
    assert "ratings.csv (userId, movieId, rating, timestamp)" in said


@pytest.mark.parametrize("table", ["ratings.csv", "links.csv"])
def test_a_missing_table_is_named(tmp_path: Path, table: str) -> None:
    (write_folder(tmp_path / "set") / table).unlink()
    assert refusal_of(tmp_path / "set").startswith(f"set holds no {table}. A ratings set in")


@pytest.mark.parametrize("table", ["ratings.csv", "links.csv"])
def test_an_empty_table_is_named(tmp_path: Path, table: str) -> None:
    (write_folder(tmp_path / "set") / table).write_text("\n\n")
    assert refusal_of(tmp_path / "set").startswith(f"{table} of set is empty.")


def test_tables_of_the_older_format_are_told_what_is_wanted(tmp_path: Path) -> None:
    (tmp_path / "ratings.dat").write_text("1::1193::5::978300760\n")
    assert "links.csv (movieId, imdbId, tmdbId)" in refusal_of(tmp_path)


def test_missing_columns_are_named(tmp_path: Path) -> None:
    (write_folder(tmp_path / "set") / "ratings.csv").write_text("userId,movieId,stars\n1,1,4\n")
    said = refusal_of(tmp_path / "set")
    assert said.startswith("ratings.csv of set has no column rating and no column timestamp.")


def test_a_header_alone_is_nothing_to_learn_from(tmp_path: Path) -> None:
    assert refusal_of(write_folder(tmp_path / "set", [])).endswith("be used (it is empty).")


def test_a_set_without_a_usable_rating_says_why(tmp_path: Path) -> None:
    said = refusal_of(write_folder(tmp_path / "set", ["1,99,4,1", "1,98,4,1", "1,1,0,1"]))
    assert said.endswith("(0 stars 1, unknown movie id 2).")


def test_links_without_films_are_refused(tmp_path: Path) -> None:
    said = refusal_of(write_folder(tmp_path / "set", links="movieId,tmdbId\n"))
    assert said.startswith("links.csv of set links no film.")


def test_one_viewer_is_nothing_to_learn_from(tmp_path: Path) -> None:
    said = refusal_of(write_folder(tmp_path / "set", ROWS[:2]))
    assert said == "All ratings of set are one viewer's: nothing to learn."


def test_one_film_is_nothing_to_learn_from(tmp_path: Path) -> None:
    said = refusal_of(write_folder(tmp_path / "set", ["1,1,4,1", "2,1,4,1"]))
    assert said == "All ratings of set are of one film: nothing to learn."


def test_too_many_ratings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableRatings, match=r"has more than 3 ratings\."):
        read_ratings(write_folder(tmp_path), most_ratings=3)


def many_rows() -> list[str]:
    # Times that do not compress well, so that a cut hits the middle of the table.
    chance = Random(1)
    return [f"{n % 97},{1 + n % 3},4,{chance.randrange(10**9)}" for n in range(3000)]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_cut_off_archive_is_one_sentence(tmp_path: Path, share: float) -> None:
    path = write_zip(tmp_path / "set.zip", many_rows())
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    assert refusal_of(path).startswith("set.zip is damaged or cut off: ")


def test_a_damaged_member_is_one_sentence(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "set.zip", many_rows())
    damaged = bytearray(path.read_bytes())
    damaged[len(damaged) // 2] ^= 0xFF
    path.write_bytes(damaged)
    assert refusal_of(path).startswith("set.zip is damaged or cut off: ratings.csv")


def test_a_cut_off_gzip_is_one_sentence(tmp_path: Path) -> None:
    write_folder(tmp_path / "set")
    (tmp_path / "set" / "ratings.csv").unlink()
    whole = gzip.compress(ratings_csv(many_rows()).encode())
    (tmp_path / "set" / "ratings.csv.gz").write_bytes(whole[: len(whole) // 2])
    assert refusal_of(tmp_path / "set").startswith("set is damaged or cut off: ratings.csv")


@pytest.mark.parametrize("content", [b"", b"P", b"userId,movieId,rating,timestamp\n", b"\x1f\x8b"])
def test_a_file_that_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "set").write_bytes(content)
    assert refusal_of(tmp_path / "set").startswith("set is neither a folder nor a zip archive.")


def test_two_tables_of_one_name_are_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "set.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("other/ratings.csv", ratings_csv())
    assert refusal_of(path) == "set.zip holds 2 files named ratings.csv."


def test_an_encrypted_archive_is_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "set.zip")
    marked = bytearray(path.read_bytes())
    # The general purpose flags of each entry, in its own header and in the directory.
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = marked.find(signature)
        while place >= 0:
            marked[place + offset] |= 1
            place = marked.find(signature, place + 1)
    path.write_bytes(marked)
    assert "set.zip cannot be opened" in refusal_of(path)


def test_a_path_in_an_archive_is_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "inside"
    folder.mkdir()
    with zipfile.ZipFile(folder / "set.zip", "w") as archive:
        archive.writestr("../links.csv", LINKS)
        archive.writestr("/tmp/../../ratings.csv", ratings_csv())
    assert rows_of(read_ratings(folder / "set.zip")) == GOOD
    assert [one.name for one in tmp_path.iterdir()] == ["inside"]


def test_a_bomb_is_refused_before_it_is_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.neighbours.ratings_rows._MOST_CHARACTERS", 10_000)
    path = write_zip(tmp_path / "set.zip", ["7,1,4,100"] * 100_000)
    assert refusal_of(path) == "ratings.csv of set.zip is longer than 10,000 characters."


def test_an_endless_line_is_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "set.zip", ["7" * 100_000])
    text = zipfile.ZipFile(path).read("ml-test/ratings.csv").rstrip()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("links.csv", LINKS)
        archive.writestr("ratings.csv", text)
    assert refusal_of(path) == "ratings.csv of set.zip has a line of more than 65,536 characters."


@given(
    st.lists(
        st.tuples(
            st.integers(0, 5),
            st.integers(0, 5),
            st.sampled_from(["0", "0.5", "3", "3.3", "6", "x"]),
        ),
        max_size=40,
    )
)
def test_every_row_is_kept_or_counted(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[int, int, str]]
) -> None:
    rows = [f"{user},{movie},{stars},{place}" for place, (user, movie, stars) in enumerate(drawn)]
    path = write_folder(tmp_path_factory.mktemp("set"), [*rows, *ROWS])
    ratings = read_ratings(path)
    assert ratings.read == len(rows) + len(ROWS) == len(ratings) + sum(ratings.rejected.values())
    pairs = list(zip(ratings.viewer.tolist(), ratings.tmdb_id.tolist(), strict=True))
    assert len(set(pairs)) == len(pairs)
    order = np.lexsort((ratings.rated_at, ratings.viewer))
    assert (order == np.arange(len(ratings))).all()
