"""The business rules in force, what others would make of a viewer's list, and putting those in."""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import orjson

from api.catalogue.items.synopses import read_synopses
from api.domain.arrays import Ints
from api.platform.database import Database
from api.platform.errors import ConfigurationError, RulesNotWritten
from api.recommend.pipeline.run import Run
from api.recommend.request import RecommendRequest
from api.recommend.runs import Runs
from config.business_rules import BusinessRules, BusinessRulesFile


@dataclass(frozen=True, slots=True)
class RulesInForce:
    """What the file says, or said when it was last valid."""

    rules: BusinessRules
    edition: str  # of the file's text: whoever changes it says which one they read
    problem: str | None


@dataclass(frozen=True, slots=True)
class MovedTitle:
    """A title's place under the rules in force and under those that are tried; None for none."""

    id: int
    title: str
    was: int | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class Trial:
    """The head of a list under other rules, and what they took out of it."""

    items: tuple[MovedTitle, ...]
    gone: tuple[MovedTitle, ...]  # of the head of before
    of: int  # titles listed
    was_of: int
    degraded: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RulesDesk:
    """One per process."""

    database: Database
    runs: Runs
    file: BusinessRulesFile

    def read(self) -> RulesInForce:
        """As every request of this process has them now."""
        rules = self.file.current()
        problem = self.file.problem or self.file.slip
        return RulesInForce(rules, _edition_of(self.file.text()), problem)

    def try_out(self, request: RecommendRequest, rules: BusinessRules, *, head: int) -> Trial:
        """Ranks the list under both; nothing is stored, and nothing counts as served."""
        before = self.runs.prepare(request).run()
        after = self.runs.prepare(request, tried=rules).run()
        return self._compared(before, after, head)

    def put(self, rules: BusinessRules, *, edition: str) -> RulesInForce:
        """Writes the file, which every process reads at its next request.

        Raises RulesNotWritten where the file is of another edition, or may not be written.
        """
        try:
            if _edition_of(self.file.text()) != edition:
                raise RulesNotWritten("The rules were changed meanwhile: read them again first.")
            self.file.replace(_text_of(rules))
        except ConfigurationError as error:
            raise RulesNotWritten(str(error)) from error
        return self.read()

    def _compared(self, before: Run, after: Run, head: int) -> Trial:
        was, now = _places(before.item_ids), _places(after.item_ids)
        shown, old_head = list(now)[:head], list(was)[:head]
        gone = [one for one in old_head if now.get(one, head + 1) > head]
        titles = read_synopses(self.database, [*shown, *gone])

        def moved(ids: list[int]) -> tuple[MovedTitle, ...]:
            return tuple(
                MovedTitle(one, titles[one].title, was.get(one), now.get(one))
                for one in ids
                if one in titles
            )

        return Trial(moved(shown), moved(gone), len(now), len(was), after.trace.degraded)


def _places(item_ids: Ints) -> dict[int, int]:
    return {item_id: place for place, item_id in enumerate(item_ids.tolist(), start=1)}


def written(rules: BusinessRules) -> dict[str, Any]:
    """The rules as a JSON document, without what was left at its default."""
    return rules.model_dump(mode="json", by_alias=True, exclude_unset=True)


def _text_of(rules: BusinessRules) -> str:
    return orjson.dumps(written(rules), option=orjson.OPT_INDENT_2).decode() + "\n"


def _edition_of(text: str) -> str:
    return blake2b(text.encode(), digest_size=12).hexdigest()
