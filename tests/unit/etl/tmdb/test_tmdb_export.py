"""The daily export is read line by line, and one bad line costs one title."""

import gzip
from io import BytesIO

from etl.tmdb.export import popular_in


def export(*lines: str) -> BytesIO:
    return BytesIO(gzip.compress("\n".join([*lines, ""]).encode()))


def test_the_floor_and_adult_titles_are_left_out() -> None:
    file = export(
        '{"adult":false,"id":1,"original_title":"A","popularity":5.0,"video":false}',
        '{"adult":false,"id":2,"original_title":"B","popularity":0.6,"video":false}',
        '{"adult":true,"id":3,"original_title":"C","popularity":9.0,"video":false}',
        '{"id":4,"original_name":"D","popularity":0.7}',
    )
    assert list(popular_in(file, min_popularity=0.7)) == [(1, 5.0), (4, 0.7)]


def test_a_line_that_cannot_be_read_costs_one_title() -> None:
    file = export('{"id":1,"popularity":2}', "{", '{"id":-1,"popularity":2}', '{"popularity":2}',
                  '{"id":3000000000,"popularity":2}', '{"id":2,"popularity":1e999}',
                  '{"id":9,"popularity":null}')  # fmt: skip
    assert list(popular_in(file, min_popularity=0)) == [(1, 2.0), (9, 0.0)]


def test_it_can_be_read_twice() -> None:
    file = export('{"id":1,"popularity":2}')
    assert list(popular_in(file, min_popularity=0)) == list(popular_in(file, min_popularity=0))
