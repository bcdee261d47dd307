"""Titles between some titles and away from others: the pipeline of /recommend, another query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from api.catalogue.items.named_items import require_known_items
from api.catalogue.limits.shown_titles import ShownTitles
from api.domain.items import ItemRef
from api.domain.limits import Limits
from api.language.interpreter import Interpreter
from api.platform.database import Database
from api.platform.errors import InvalidInput
from api.recommend.blend.schemas import BlendRequest
from api.recommend.recommender import Page, Recommender
from api.recommend.request_reader import RequestReader
from api.recommend.runs import Runs
from api.viewers.events import ProfileKey


@dataclass(frozen=True, slots=True)
class _Side:
    """What is named on one side, without repeats."""

    named: dict[int, str]  # by id in their order, what the title was named by
    words: tuple[str, ...]

    @property
    def ids(self) -> tuple[int, ...]:
        """The titles."""
        return tuple(self.named)


@dataclass(frozen=True, slots=True)
class Blend:
    """The use case of POST /blend; one per process."""

    database: Database
    runs: Runs
    recommender: Recommender
    reader: RequestReader
    interpreter: Interpreter
    shown: ShownTitles

    def page(
        self, asked: BlendRequest, viewer: ProfileKey, limits: Limits, *, names_within: Limits
    ) -> Page:
        """A page of the list; `names_within` are the limits of what may be left out by name.

        Raises UnknownItems for references that are unknown, gone or above the limits, InvalidInput
        for a title on both sides, and as Recommender does for cursors.
        """
        titles = self._titles([*asked.like, *asked.unlike], limits)
        like, unlike = (self._side(one, titles, limits) for one in (asked.like, asked.unlike))
        if both := next((one for one in like.named if one in unlike.named), None):
            raise InvalidInput(_on_both_sides(like.named[both], unlike.named[both]), field="unlike")
        known = self.reader.known(
            asked, [viewer], names_within=names_within, country=limits.country
        )
        request = replace(
            asked.asked(viewer, known),
            like=like.ids,
            unlike=unlike.ids,
            like_words=like.words,
            unlike_words=unlike.words,
            temperature=asked.temperature,
        )
        if asked.cursor is not None:
            return self.recommender.next_page(request, asked.cursor)
        return self.recommender.first_page(request)

    def _titles(self, named: Sequence[int | str], limits: Limits) -> dict[int | str, int]:
        """The title of each reference among what is named; what else is named are words."""
        references = [one for one in named if ItemRef.parse(one) is not None]
        titles = require_known_items(self.database, references, limits)
        return dict(zip(references, titles, strict=True))

    def _side(
        self, named: Sequence[int | str], titles: Mapping[int | str, int], limits: Limits
    ) -> _Side:
        """Titles by their references, titles that words name, and other words."""
        ids: dict[int, str] = {}
        words: dict[str, None] = {}
        for one in named:
            if one in titles:
                ids.setdefault(titles[one], str(one))
            elif by_name := self._titles_named_by(str(one), limits):
                for item_id in by_name:
                    ids.setdefault(item_id, str(one))
            else:
                words[" ".join(str(one).split())] = None
        return _Side(ids, tuple(word for word in words if word))

    def _titles_named_by(self, words: str, limits: Limits) -> list[int]:
        """The title that the words are the name of; none where they are a description."""
        today = self.runs.clock().date()
        intent = self.interpreter.read(words, version=0, today=today)
        if intent.free_text and intent.named_title is None:
            return []
        named = [intent.named_title] if intent.named_title else list(intent.seeds[:1])
        among = self.shown.among(named, limits)
        return [item_id for item_id in named if item_id in among]


def _on_both_sides(liked: str, unliked: str) -> str:
    if liked == unliked:
        return f"{liked} is on both sides: like and unlike"
    return f"{liked} in like and {unliked} in unlike are one title"
