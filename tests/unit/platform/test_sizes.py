"""Sizes as people say them."""

import pytest

from api.platform.sizes import in_words


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (64 * 1024 * 1024 + 64 * 1024, "64 MB"),
        (1024 * 1024, "1 MB"),
        (1024 * 1024 - 1, "1023 KB"),
        (8192, "8 KB"),
        (1023, "1023 bytes"),
    ],
)
def test_a_size_is_said_in_its_largest_whole_unit(size: int, said: str) -> None:
    assert in_words(size) == said
