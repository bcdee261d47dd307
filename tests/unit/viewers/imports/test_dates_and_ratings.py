"""Dates are decided over a whole file, ratings come from any scale."""

from datetime import UTC, date, datetime

import pytest

from api.viewers.imports.reading.dates import Dates
from api.viewers.imports.reading.ratings import to_ten


def _read(*texts: str, zone_is_utc: bool = False) -> list[object]:
    dates = Dates.of(texts, zone_is_utc=zone_is_utc)
    return [dates.read(text) for text in texts]


@pytest.mark.parametrize(
    ("texts", "days"),
    [
        (("10/21/20", "9/3/20"), [date(2020, 10, 21), date(2020, 9, 3)]),
        (("18/06/20", "05/11/19"), [date(2020, 6, 18), date(2019, 11, 5)]),
        (("29/03/2021", "01/02/2021"), [date(2021, 3, 29), date(2021, 2, 1)]),
        (("16.8.2022", "2.5.2022"), [date(2022, 8, 16), date(2022, 5, 2)]),
        (("16.08.22.", "02.05.22."), [date(2022, 8, 16), date(2022, 5, 2)]),
        (("2020/05/27", "2020/04/02"), [date(2020, 5, 27), date(2020, 4, 2)]),
        (("2021-03-04",), [date(2021, 3, 4)]),
        (("2020年5月27日",), [date(2020, 5, 27)]),
    ],
)
def test_reads_the_days_of_every_account_language(texts: tuple[str, ...], days: list[date]) -> None:
    assert _read(*texts) == days


def test_where_both_orders_fit_the_one_in_which_the_file_is_sorted_is_meant() -> None:
    assert _read("05/03/20", "11/02/20", "01/02/20")[0] == date(2020, 3, 5)
    assert _read("5/3/20", "4/12/20", "4/2/20")[0] == date(2020, 5, 3)


def test_a_date_that_begins_with_its_year_tells_nothing_of_the_others() -> None:
    american = ["2024-05-01", "4/3/2024", "4/25/2024"]
    dates = Dates.of(american)
    assert [dates.read(text) for text in american] == [
        date(2024, 5, 1),
        date(2024, 4, 3),
        date(2024, 4, 25),
    ]
    unclear = Dates.of(["2024-05-01", "4/3/2024"])
    assert unclear.read("4/3/2024") is None
    assert unclear.read("2024-05-01") == date(2024, 5, 1)


def test_a_day_that_could_be_two_stays_unknown() -> None:
    assert _read("05/06/20") == [None]
    assert _read("06/06/20") == [date(2020, 6, 6)]


def test_days_of_two_orders_in_one_file_stay_unknown() -> None:
    assert _read("31/12/20", "12/31/20") == [None, None]


@pytest.mark.parametrize("text", ["1970-01-01T00:00:00Z", "0000-00-00", "0001-01-01", "", "soon"])
def test_what_stands_for_unknown_is_unknown(text: str) -> None:
    assert _read(text) == [None]


def test_moments_are_in_utc_where_their_zone_is_known() -> None:
    assert _read("2026-04-01T11:10:00.000Z") == [datetime(2026, 4, 1, 11, 10, tzinfo=UTC)]
    assert _read("2024-03-02T21:50:00.0000000+01:00") == [datetime(2024, 3, 2, 20, 50, tzinfo=UTC)]
    assert _read("2024-06-16 14:55:58", zone_is_utc=True) == [
        datetime(2024, 6, 16, 14, 55, 58, tzinfo=UTC)
    ]
    assert _read("1709329560") == [datetime(2024, 3, 1, 21, 46, tzinfo=UTC)]
    assert _read("1736456347817") == [datetime(2025, 1, 9, 20, 59, 7, tzinfo=UTC)]


def test_of_a_clock_without_a_zone_the_day_is_known() -> None:
    assert _read("2024-03-01 20:01:12.1234567") == [date(2024, 3, 1)]
    assert _read("Sat Apr 23 08:36:35 2011", "Apr 23 2017, 08:18") == [
        date(2011, 4, 23),
        date(2017, 4, 23),
    ]


@pytest.mark.parametrize(
    ("text", "top", "rating"),
    [
        ("3.5", 5, 7.0),
        ("0.5", 5, 1.0),
        ("3,5", 5, 7.0),
        ("7", 10, 7.0),
        ("85", 100, 8.5),
        ("73", 100, 7.5),
        ("8/10", 5, 8.0),
        ("A+", 10, 10.0),
        ("b-", 10, 7.5),
        ("F", 10, 1.5),
        ("", 10, None),
        ("0", 10, None),
    ],
)
def test_brings_every_scale_to_ten(text: str, top: float, rating: float | None) -> None:
    assert to_ten(text, top) == rating


def test_zero_is_a_rating_where_a_source_says_so() -> None:
    assert to_ten("0", 100, zero_is_a_rating=True) == 0


@pytest.mark.parametrize("text", ["11", "-1", "great", "E"])
def test_refuses_what_is_not_on_the_scale(text: str) -> None:
    with pytest.raises(ValueError, match="rating"):
        to_ten(text, 10)


def test_a_day_that_a_spreadsheet_left_as_a_number_is_a_day() -> None:
    assert _read("45658") == [date(2025, 1, 1)]
