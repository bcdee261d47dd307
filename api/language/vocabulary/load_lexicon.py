"""Reads the languages: every TOML file of a folder becomes part of one lexicon.

English is read first, the others in the order of their names; where two languages give a phrase
different meanings in the same table, the first counts.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from functools import cache, reduce
from pathlib import Path
from typing import Any, get_type_hints

from api.domain.folding import fold
from api.language.vocabulary.lexicon import Keys, Lexicon, NeverAlso, Phrases, Terms
from api.platform.errors import ConfigurationError
from config.ranking import read_toml

LANGUAGES = Path(__file__).parent.parent / "languages"
_FIRST = "en"
# Phones leave the apostrophe out: "dont", "isnt". Of ages each form is written in the files, as a
# slip there may lift a limit.
_JOINED = re.compile(r"(?<=n) t\b")
_BY_ITSELF = "maturity."
# Keyboards without umlauts spell them out: "fuer", "Maedchen".
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "ae", "Ö": "oe", "Ü": "ue"})


@cache
def shipped_lexicon() -> Lexicon:
    """The languages that this project comes with."""
    return load_lexicon(LANGUAGES)


def load_lexicon(folder: Path) -> Lexicon:
    """The lexicon of all languages in this folder.

    Raises ConfigurationError for an unknown section or key, a value of the wrong type, a phrase
    without a word in it, and a phrase with two meanings in one section of a file.
    """
    files = sorted(folder.glob("*.toml"), key=lambda path: (path.stem != _FIRST, path.stem))
    if not files:
        raise ConfigurationError(f"{folder} has no language in it.")
    languages = [_Language(path, read_toml(path)) for path in files]
    sections: dict[str, Any] = {}
    for name, kind in get_type_hints(Lexicon).items():
        keys = get_type_hints(kind, include_extras=True)
        found = [language.section(name, kind, keys) for language in languages]
        sections[name] = kind(**{key: reduce(_merged, [one[key] for one in found]) for key in keys})
    return Lexicon(**sections)


def _merged(first: Any, more: Any) -> Any:
    """Sets and tuples grow; what a table says already stands."""
    if isinstance(first, dict):
        return more | first
    return Phrases(first | more) if isinstance(first, Phrases) else first + more


def _rule(hint: Any) -> object:
    """What an annotation says of a key beside its type: `Keys`, `NeverAlso`, or nothing."""
    return next(iter(getattr(hint, "__metadata__", ())), None)


@dataclass(frozen=True, slots=True)
class _Language:
    """One file, and how to say where something in it is wrong."""

    path: Path
    content: Mapping[str, Any]

    def __post_init__(self) -> None:
        self._check_names("section", self.content, [field.name for field in fields(Lexicon)])

    def section(self, name: str, kind: type, keys: Mapping[str, Any]) -> dict[str, Any]:
        """The value of each key; empty for those that the file leaves out."""
        written = self._table(name, self.content.get(name, {}))
        self._check_names(f"key in [{name}]", written, keys)
        values = {key: self._value(f"{name}.{key}", keys[key], written.get(key)) for key in keys}
        self._check_contradictions(name, values, keys)
        if kind is Terms:
            named = values["languages"] | values["language_places"]
            suffixes = values["language_suffixes"]
            longer = {f"{phrase} {end}": named[phrase] for phrase in named for end in suffixes}
            values["languages"] = longer | values["languages"]
        return values

    def _value(self, key: str, hint: Any, written: Any) -> Any:
        rule = _rule(hint)
        if not isinstance(rule, Keys):
            kind = Phrases if rule is not None or hint is Phrases else tuple
            return kind(self._phrases(key, [] if written is None else written))
        table: dict[str, object] = {}
        for name, phrases in self._table(key, {} if written is None else written).items():
            try:
                meaning = rule.read(name)
            except (KeyError, ValueError) as error:
                raise self._error(f"unknown key {name!r} in [{key}]") from error
            for phrase in self._phrases(f"{key}.{name}", phrases):
                if table.setdefault(phrase, meaning) != meaning:
                    raise self._error(f"{phrase!r} in {key}.{name} has another meaning in [{key}]")
        return table

    def _phrases(self, key: str, written: Any) -> Iterator[str]:
        if not isinstance(written, list) or not all(isinstance(one, str) for one in written):
            raise self._error(f"{key} must be an array of strings, not {written!r}")
        for phrase in written:
            if not (folded := fold(phrase)):
                raise self._error(f"{key} has a phrase without a word, {phrase!r}")
            yield folded
            if (spelled := fold(phrase.translate(_SPELLED_OUT))) != folded:
                yield spelled
            if (joined := _JOINED.sub("t", folded)) != folded and not key.startswith(_BY_ITSELF):
                yield joined

    def _table(self, key: str, written: Any) -> Mapping[str, Any]:
        if not isinstance(written, dict):
            raise self._error(f"{key} must be a table, not {written!r}")
        return written

    def _check_names(self, kind: str, written: Iterable[str], known: Iterable[str]) -> None:
        for name in written:
            if name not in known:
                nearest = get_close_matches(name, known, 1)
                meant = f"; did you mean {nearest[0]!r}?" if nearest else ""
                raise self._error(f"unknown {kind}: {name!r}{meant}")

    def _check_contradictions(
        self, section: str, values: Mapping[str, Any], keys: Mapping[str, Any]
    ) -> None:
        meanings: dict[str, tuple[object, str]] = {}
        for key, value in values.items():
            rule = _rule(keys[key])
            if isinstance(rule, NeverAlso) and (both := set(value) & set(values[rule.other])):
                raise self._error(f"{min(both)!r} is in {section}.{rule.other} and {section}.{key}")
            for phrase, meaning in value.items() if isinstance(value, dict) else ():
                known, other = meanings.setdefault(phrase, (meaning, key))
                if known != meaning:
                    raise self._error(
                        f"{phrase!r} in {section}.{key} has another meaning in {section}.{other}"
                    )

    def _error(self, problem: str) -> ConfigurationError:
        return ConfigurationError(f"{self.path}: {problem}.")
