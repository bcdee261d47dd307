"""What of a typed text is a name."""

import pytest

from api.catalogue.names.typed_names import TypedName, name_within


@pytest.mark.parametrize(
    ("typed", "name", "is_show"),
    [
        ("the movie Inception", "inception", False),
        ("inception movie", "inception", False),
        ("watch inception online free", "inception", None),
        ("fargo tv show", "fargo", True),
        ("tv series fargo", "fargo", True),
        ("Heat (1995 film)", "heat 1995", False),
        ("heat film 1995", "heat 1995", False),
        ("city of god 2002 movie", "city of god 2002", False),
        ("Heat.1995.1080p.BluRay.x264-GROUP", "heat 1995", None),
        ("The_Wire_S01E02_720p.mkv", "the wire", None),
        ("movie", None, None),
        ("the heat", None, None),
        ("scary movie night", None, None),
        ("1080p", None, None),
        ("…", None, None),
    ],
)
def test_what_asks_and_what_is_of_a_file_is_no_name(
    typed: str, name: str | None, is_show: bool | None
) -> None:
    assert name_within(typed) == (None if name is None else TypedName(name, is_show))
