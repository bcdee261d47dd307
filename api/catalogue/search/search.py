"""Search by name as one types: every word is a beginning, accents and small slips do not matter."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from api.catalogue.search import statements as search
from api.catalogue.search.spelling import Spelling
from api.catalogue.search.statements import BEFORE_ALL, FoundPerson, FoundTitle, Narrowed, Place
from api.domain.folding import fold
from api.domain.items import MediaType
from api.domain.limits import Limits
from api.platform.cursors import Cursors
from api.platform.database import Database
from api.platform.errors import InvalidCursor
from api.platform.service_state import catalogue_version

_CURSOR = "search"
_MOST_WORDS = 8
_LONGEST_WORD = 40
_MOST_PEOPLE = 10


@dataclass(frozen=True, slots=True)
class Found:
    """One page; people come with the first one only."""

    titles: Sequence[FoundTitle]
    people: Sequence[FoundPerson]
    next_cursor: str | None


class Search:
    """The use case of GET /search."""

    def __init__(self, database: Database, cursors: Cursors, *, images: str) -> None:
        """`images` is the address that poster paths follow."""
        self.images = images
        self._database = database
        self._cursors = cursors
        self._spelling: tuple[int, Spelling] | None = None  # with its catalogue version
        self._loading = Lock()

    def find(
        self,
        text: str,
        *,
        media_type: MediaType | None,
        cursor: str | None,
        limit: int,
        limits: Limits,
    ) -> Found:
        """Titles within the limits, and people, whose names have every word.

        Raises InvalidCursor.
        """
        narrow = Narrowed(media_type, limits)
        words = [word[:_LONGEST_WORD] for word in fold(text).split()[:_MOST_WORDS]]
        if not words:
            return Found((), (), None)
        asked = _fingerprint(words, media_type)
        if cursor is not None:
            query, after = self._continue(cursor, asked)
            titles = self._titles(query, words, narrow, after, limit)
            people: list[FoundPerson] = []
        else:
            query = as_query([[word] for word in words])
            titles, people = self._first_page(query, words, narrow, limit)
            if not titles and not people and (corrected := self._corrected(words)):
                query = corrected
                titles, people = self._first_page(query, words, narrow, limit)
        if len(titles) <= limit:
            return Found(titles, people, None)
        last = titles[limit - 1]
        place = [last.quality, last.popularity, last.id]
        payload = {"asked": asked, "query": query, "after": place}
        return Found(titles[:limit], people, self._cursors.sign(payload, kind=_CURSOR))

    def _first_page(
        self, query: str, words: Sequence[str], narrow: Narrowed, limit: int
    ) -> tuple[list[FoundTitle], list[FoundPerson]]:
        titles = self._titles(query, words, narrow, BEFORE_ALL, limit)
        with self._database.autocommit() as cursor:
            people = search.people(
                cursor, words=query, name=" ".join(words), limit=min(limit, _MOST_PEOPLE)
            )
        return titles, people

    def _titles(
        self,
        query: str,
        words: Sequence[str],
        narrow: Narrowed,
        after: Place,
        limit: int,
    ) -> list[FoundTitle]:
        with self._database.autocommit() as cursor:
            return search.titles(
                cursor,
                words=query,
                name=" ".join(words),
                narrow=narrow,
                after=after,
                limit=limit + 1,
            )

    def _corrected(self, words: Sequence[str]) -> str | None:
        """The query probably meant: unknown words replaced or, if all are known, widened."""
        spelling = self._current_spelling()
        known = [spelling.is_known(word) for word in words]
        if all(known):
            meant = [[word, *spelling.meant(word)] for word in words]
        else:
            meant = [
                [word] if is_known else spelling.meant(word)
                for word, is_known in zip(words, known, strict=True)
            ]
        return as_query(meant) if all(meant) else None

    def _current_spelling(self) -> Spelling:
        version = catalogue_version(self._database)
        with self._loading:
            if self._spelling is None or self._spelling[0] != version:
                with self._database.autocommit() as cursor:
                    self._spelling = version, Spelling(search.all_words(cursor))
            return self._spelling[1]

    def _continue(self, text: str, asked: str) -> tuple[str, Place]:
        payload: dict[str, Any] = self._cursors.read(text, kind=_CURSOR)
        if payload["asked"] != asked:
            raise InvalidCursor
        return payload["query"], Place(*payload["after"])


def as_query(alternatives: Sequence[Sequence[str]]) -> str:
    """A tsquery that wants a word beginning like one of each group.

    Quoted because to_tsquery would parse what it takes for an operator; folded words have no quote.
    """
    groups = (" | ".join(f"'{word}':*" for word in group) for group in alternatives)
    return " & ".join(f"({group})" for group in groups)


def _fingerprint(words: Sequence[str], media_type: MediaType | None) -> str:
    text = f"{media_type} {' '.join(words)}"
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
