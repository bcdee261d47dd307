"""Entries of API_KEYS."""

import pytest
from pydantic import SecretStr

from api.access.environment_keys import EnvironmentKeys
from api.platform.errors import ConfigurationError


def _keys(*entries: str) -> EnvironmentKeys:
    return EnvironmentKeys(SecretStr(entry) for entry in entries)


@pytest.mark.parametrize(
    ("entry", "scope"),
    [
        ("sixteen-characters", "client"),
        ("client:sixteen-characters", "client"),
        ("admin:sixteen-characters", "admin"),
    ],
)
def test_a_scope_may_stand_before_the_key(entry: str, scope: str) -> None:
    holder = _keys("another-key-entirely", entry).holder("sixteen-characters")
    assert holder is not None
    assert holder.scope == scope
    assert "sixteen" not in holder.identity


@pytest.mark.parametrize("guess", ["", "admin:sixteen-characters", "sixteen-character", "ключ"])
def test_anything_else_is_nobodys(guess: str) -> None:
    assert _keys("admin:sixteen-characters").holder(guess) is None


def test_an_unknown_scope_stops_the_boot_without_showing_the_key() -> None:
    with pytest.raises(ConfigurationError) as refused:
        _keys("root:sixteen-characters")
    assert "sixteen" not in str(refused.value)
