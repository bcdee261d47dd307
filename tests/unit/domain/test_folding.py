"""Folding: names in any script, with and without accents, come down to plain words."""

import pytest

from api.domain.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Se7en: The_End!", "se7en the end"),
        ("Sé7en: Thé_End!", "se7en the end"),
        ("  A--B ", "a b"),
        ("Straße Ærø İstanbul", "strasse aero istanbul"),
        ("__", ""),
        ("é_", "e"),
        ("東京", "東京"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded
