"""The page's texts are whole in every language, and its scripts are few."""

import json
import re
from typing import Any

import pytest

from api.domain.genres import GENRES
from api.http.page.page_files import FOLDER, read_files
from api.jobs.job_options import JOB_NAMES
from api.language.vocabulary.kinds_of_shows import OF_FILMS_ALONE, SITCOM
from api.language.vocabulary.meanings import CONTENTS
from api.language.vocabulary.moods import MOODS
from api.language.vocabulary.renown import REFUSED, RENOWNS
from config.settings import PROJECT_ROOT

_TEXTS: dict[str, dict[str, Any]] = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in (FOLDER / "texts").glob("*.json")
}
_SCRIPTS = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.js")}
_MOST_BYTES_OF_SCRIPT = 62 * 1024


def _places(text: Any) -> list[set[str]]:
    """Of each form that a count has; phrasings have them all alike, or no sentence is whole."""
    if isinstance(text, list):
        first, *others = (_places(phrasing) for phrasing in text)
        assert all(places == first for places in others), text
        return first
    forms = text.values() if isinstance(text, dict) else [text]
    return [set(re.findall(r"\{(\w+)\}", form)) for form in forms]


def test_there_are_four_languages() -> None:
    assert set(_TEXTS) == {"en", "de", "es", "fr"}


@pytest.mark.parametrize("language", _TEXTS)
def test_a_language_has_every_text_with_its_places(language: str) -> None:
    english, own = _TEXTS["en"], _TEXTS[language]
    assert list(own) == list(english)
    assert {key: _places(text) for key, text in own.items()} == {
        key: _places(text) for key, text in english.items()
    }
    assert all(text for text in own.values())


def test_every_text_that_a_script_names_is_there_and_none_is_left_over() -> None:
    english = _TEXTS["en"]
    named = {
        name
        for script in _SCRIPTS.values()
        for name in re.findall(r'"([a-z_]+(?:\.[\w.]+)?)"', script)
    }
    said = {name for script in _SCRIPTS.values() for name in re.findall(r'\bt\("([^"]+)"', script)}
    stems = {
        stem for script in _SCRIPTS.values() for stem in re.findall(r"`([a-z_]+\.)\$\{", script)
    }
    assert said - set(english) == set()
    unused = {key for key in english if key not in named and not key.startswith(tuple(stems))}
    assert unused == set()


def test_what_the_newcomers_run_presses_is_on_the_page() -> None:
    run = (PROJECT_ROOT / "tests" / "page" / "newcomer.py").read_text(encoding="utf-8")
    pressed = re.findall(r'(?:name=|get_by_label\()"([^"]+)"', run)
    said = str(list(_TEXTS["en"].values()))
    assert len(pressed) > 5
    assert [name for name in pressed if name not in said] == []


def test_every_genre_and_every_reason_has_its_words() -> None:
    english = _TEXTS["en"]
    assert {key[6:] for key in english if key.startswith("genre.")} == set(GENRES.values())
    templates = json.loads(
        (PROJECT_ROOT / "config" / "explanation_templates.json").read_text(encoding="utf-8")
    )
    assert {key[7:] for key in english if key.startswith("reason.")} == set(templates["sentences"])


def test_every_mood_renown_and_content_that_a_request_names_has_its_words() -> None:
    english = set(_TEXTS["en"])
    moods = {mood.label for mood in (*MOODS.values(), *OF_FILMS_ALONE.values(), SITCOM)}
    renowns = {renown.label for renown in (*RENOWNS.values(), *REFUSED.values())}
    # Shows have some genres as moods, which are called as genres are.
    assert {mood for mood in moods if f"mood.{mood}" not in english} <= set(GENRES.values())
    assert {renown for renown in renowns if f"renown.{renown}" not in english} == set()
    assert {content for content in CONTENTS if f"content.{content}" not in english} == set()


def test_the_scripts_are_within_their_budget() -> None:
    packed = sum(len(file.packed) for file in read_files() if file.path.endswith(".js"))
    assert packed <= _MOST_BYTES_OF_SCRIPT


def test_operators_can_queue_every_job() -> None:
    (listed,) = re.findall(r"const JOBS = (\[.*?\]);", _SCRIPTS["operator.js"])
    assert json.loads(listed) == list(JOB_NAMES)
