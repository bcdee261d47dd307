"""The strategies of config/strategies/*.toml: named variations of ranking.toml, read at boot.

A file overrides entries of ranking.toml under the names they have there. Its table [strategy] says
which stages are left out and who is served by it. `standard` is ranking.toml as it stands.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from api.platform.errors import ConfigurationError
from config.ranking import Ranking, Share, read_toml
from config.told import first_wrong, with_value

STANDARD = "standard"
CHAMPION = "default"  # on requests: whichever strategy is champion

_NAME = re.compile(r"[a-z0-9_-]{1,40}")
# What the resident catalogue is read by, and what moves the versions of profiles.
_OF_THE_SERVICE = ("trend", "fatigue")
_TAKEN = {STANDARD: "is ranking.toml itself", CHAMPION: "stands for the champion"}

Names = Annotated[tuple[str, ...], Field(max_length=50)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RerankerNumbers(_Section):
    """Which reranker orders the head; the last three are the small one's."""

    provider: Literal["none", "small", "openai", "gemini"] = "none"
    model: str | None = None
    window: int = 40
    output_limit: int = 12
    rank_weight: float = 0.05


class Configuration(_Section):
    """Everything a strategy ranks with. Equal configurations make equal lists of equal inputs."""

    ranking: Ranking
    without_sources: Names = ()
    without_scorers: Names = ()
    without_selectors: Names = ()
    reranker: RerankerNumbers = RerankerNumbers()

    @cached_property
    def digest(self) -> bytes:
        """SHA-256 of the content, whatever the order it was written in."""
        return content_digest(self.model_dump(mode="json"))


class StrategyTable(_Section):
    """The table [strategy] of a file."""

    about: str = Field(default="", max_length=200)
    share: Share = 0
    salt: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    shadow_share: Share = 0
    without_sources: Names = ()
    without_scorers: Names = ()
    without_selectors: Names = ()
    without_reranker: bool = False


@dataclass(frozen=True, slots=True)
class StrategyFile:
    """A strategy as configured."""

    name: str
    configuration: Configuration
    about: str = ""
    share: float = 0.0  # of viewers, who are served by it in place of the champion
    salt: str = ""  # another one draws other viewers
    shadow_share: float = 0.0  # of requests, on which it runs unseen


def load_strategies(
    folder: Path, ranking: Ranking, reranker: RerankerNumbers
) -> dict[str, StrategyFile]:
    """`standard` and the strategies of the folder, by name, in the order of their names.

    Raises ConfigurationError with one sentence that names the file and the key.
    """
    if not folder.is_dir():
        raise ConfigurationError(f"STRATEGIES_PATH: {folder} is not a folder.")
    standard = Configuration(ranking=ranking, reranker=reranker)
    found = [StrategyFile(STANDARD, standard, about="ranking.toml as it stands", salt=STANDARD)]
    found += [_read(path, standard) for path in folder.glob("*.toml")]
    if (total := sum(strategy.share for strategy in found)) > 1 + 1e-9:
        names = ", ".join(sorted(strategy.name for strategy in found if strategy.share))
        raise ConfigurationError(
            f"{folder}: strategy.share of {names}: together {total:g}, and 1 is every viewer."
        )
    return {strategy.name: strategy for strategy in sorted(found, key=lambda one: one.name)}


def content_digest(content: Any) -> bytes:
    """SHA-256 of a JSON document, whatever the order of its keys."""
    written = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(written.encode()).digest()


def _read(path: Path, standard: Configuration) -> StrategyFile:
    name = path.stem
    if not _NAME.fullmatch(name):
        raise ConfigurationError(
            f"{path.name}: a strategy's name has 1 to 40 lower-case letters, digits, - and _."
        )
    if name in _TAKEN:
        raise ConfigurationError(f"{path.name}: the name {name!r} {_TAKEN[name]}; choose another.")
    document = read_toml(path)
    for section in _OF_THE_SERVICE:
        if section in document:
            raise ConfigurationError(
                f"{path.name}: {section}: is the same for every strategy; set it in ranking.toml."
            )
    try:
        table = StrategyTable.model_validate(document.pop("strategy", {}))
    except ValidationError as error:
        raise _wrong(path, error, "strategy") from error
    numbers = _laid_over(standard.ranking.model_dump(), document)
    try:
        ranking = Ranking.model_validate(numbers)
    except ValidationError as error:
        raise _wrong(path, error) from error
    reranker = RerankerNumbers() if table.without_reranker else standard.reranker
    configuration = Configuration(
        ranking=ranking,
        without_sources=tuple(sorted(table.without_sources)),
        without_scorers=tuple(sorted(table.without_scorers)),
        without_selectors=tuple(sorted(table.without_selectors)),
        reranker=reranker,
    )
    return StrategyFile(
        name,
        configuration,
        about=table.about,
        share=table.share,
        salt=table.salt or name,
        shadow_share=table.shadow_share,
    )


def _laid_over(below: dict[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """`below` with the entries of `above`, table by table."""
    merged = dict(below)
    for key, value in above.items():
        known = below.get(key)
        both = isinstance(known, dict) and isinstance(value, dict)
        merged[key] = _laid_over(known, value) if both else value  # type: ignore[arg-type]
    return merged


def _wrong(path: Path, error: ValidationError, *table: str) -> ConfigurationError:
    entry, message = first_wrong(error, *table)
    return ConfigurationError(f"{path.name}: {entry}: {with_value(message, error)}.")
