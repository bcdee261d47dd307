""".env.example is the reference of every setting: none missing, none made up, defaults as given."""

import re
from pathlib import Path
from typing import Any

import pytest

from config.ranking import ENVIRONMENT_OVERRIDES
from config.settings import PROJECT_ROOT, Settings

_LINE = re.compile(r"#?([A-Z][A-Z0-9_]*)=(.*)")
_EXAMPLE = (PROJECT_ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
_DOCUMENTED = {
    found[1]: (_EXAMPLE[number - 1], found[2])
    for number, line in enumerate(_EXAMPLE)
    if (found := _LINE.fullmatch(line))
}


def test_names_every_setting_and_no_other() -> None:
    assert set(_DOCUMENTED) == {name.upper() for name in Settings.model_fields}


def test_every_override_of_the_ranking_is_a_setting() -> None:
    assert {name.lower() for name in ENVIRONMENT_OVERRIDES} <= set(Settings.model_fields)


@pytest.mark.parametrize("name", sorted(_DOCUMENTED))
def test_explains_the_setting_and_shows_its_default(name: str) -> None:
    explanation, shown = _DOCUMENTED[name]
    assert explanation.startswith("# ")
    assert shown == _shown(Settings.model_fields[name.lower()].default)


def test_nothing_in_it_is_switched_on() -> None:
    assert [line for line in _EXAMPLE if line and not line.startswith("#")] == []


def _shown(default: Any) -> str:
    match default:
        case None | ():
            return ""
        case bool():
            return "1" if default else "0"
        case Path():
            return str(default.relative_to(PROJECT_ROOT))
        case _:
            return str(default)
