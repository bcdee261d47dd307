"""A language of the parser is one file, found by its place and checked when it is read."""

import shutil
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import get_type_hints

import pytest

from api.catalogue.names.text_names import TextNames
from api.language.parser import parse
from api.language.vocabulary.lexicon import Lexicon
from api.language.vocabulary.load_lexicon import LANGUAGES, load_lexicon
from api.language.vocabulary.names import names_of
from api.platform.errors import ConfigurationError
from tests.names_builder import TODAY, labels

_DUTCH = """
[terms.genres]
Horror = ["griezelfilm", "griezelfilms"]

[terms.weak_genres]
War = ["oorlog"]

[terms.languages]
Korean = ["Koreaans", "Koreaanse"]

[negation]
negations = ["zonder", "geen"]
without = ["zonder"]

[years]
decade_nouns = ["jaren"]
from_words = ["uit"]
links = ["de"]

[years.decade_numbers]
1990 = ["negentig"]

[comparisons.before]
below = ["korter dan"]

[numbers.words]
2 = ["twee"]

[runtimes]
hours = ["uur"]
"""
_REQUEST = (
    "Koreaanse griezelfilms uit de jaren negentig, korter dan twee uur, zonder oorlog of reuzen"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the folder that the languages are in."""
    return shutil.copytree(LANGUAGES, tmp_path / "languages")


def _labels(text: str, folder: Path) -> list[str]:
    intent = parse(text, names=names_of(TextNames.of(), load_lexicon(folder)), today=TODAY)
    return [mention.label for mention in intent.mentions]


def test_a_language_is_added_by_writing_its_file(folder: Path) -> None:
    assert _labels(_REQUEST, folder) == []
    (folder / "nl.toml").write_text(_DUTCH, encoding="utf-8")
    understood = ["Korean", "Horror", "Films", "1990–1999", "At most 119 minutes", "Not War"]
    assert _labels(_REQUEST, folder) == understood


def test_another_language_takes_nothing_from_those_before(folder: Path) -> None:
    text = "90s crime thrillers under two hours, sin terror, not too gory"
    (folder / "nl.toml").write_text(_DUTCH, encoding="utf-8")
    assert _labels(text, folder) == labels(text)


def test_where_two_languages_disagree_english_counts(folder: Path) -> None:
    (folder / "aa.toml").write_text('[terms.genres]\nComedy = ["western"]\n', encoding="utf-8")
    assert _labels("western", folder) == ["Western"]


def test_words_are_written_as_they_are_spelled(folder: Path) -> None:
    (folder / "sv.toml").write_text('[terms.genres]\nWar = ["Krigsfilm på Åland"]\n', "utf-8")
    assert _labels("krigsfilm pa aland", folder) == ["War"]


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("[term]", "unknown section: 'term'; did you mean 'terms'?"),
        ('[negation]\nnegation = ["geen"]', "unknown key in [negation]: 'negation'; did you mean"),
        ('[terms.languages]\nKlingon = ["tlhingan"]', "unknown key 'Klingon' in [terms.languages]"),
        ('[numbers.words]\ntwo = ["twee"]', "unknown key 'two' in [numbers.words]"),
        ('negation = ["geen"]', "negation must be a table, not ['geen']"),
        ('[terms]\ngenres = ["komedie"]', "terms.genres must be a table, not ['komedie']"),
        ('[negation]\nnegations = "geen"', "negation.negations must be an array of strings"),
        ("[numbers.words]\n2 = [2]", "numbers.words.2 must be an array of strings, not [2]"),
        ('[years]\nlast = ["!"]', "years.last has a phrase without a word, '!'"),
        (
            '[terms.genres]\nWar = ["oorlog"]\nDrama = ["oorlog"]',
            "'oorlog' in terms.genres.Drama has another meaning in [terms.genres]",
        ),
        (
            '[terms.genres]\nWar = ["oorlog"]\n[terms.weak_genres]\nWar = ["oorlog"]',
            "'oorlog' in terms.weak_genres has another meaning in terms.genres",
        ),
        (
            '[negation]\nnegations = ["geen"]\nharmless = ["geen"]',
            "'geen' is in negation.negations and negation.harmless",
        ),
        ("[terms", "is not valid TOML"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_key(
    written: str, problem: str, tmp_path: Path
) -> None:
    file = tmp_path / "nl.toml"  # alone: no other file makes a mistake of it
    file.write_text(written, encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_lexicon(tmp_path)
    assert str(caught.value).startswith(str(file))
    assert problem in str(caught.value)


def test_a_folder_without_a_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="has no language in it"):
        load_lexicon(tmp_path)


def test_the_english_file_shows_every_key() -> None:
    english = tomllib.loads((LANGUAGES / "en.toml").read_text(encoding="utf-8"))
    for name, section in get_type_hints(Lexicon).items():
        assert english[name].keys() == {field.name for field in fields(section)}, name
