"""What the words of a request ask for, as filters, seeds and a rest of free text.

Everything that was understood carries the words it was understood from, so that a client can show
it and the viewer can take it back.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from api.catalogue.names.topics import Topic
from api.domain.items import MediaType, OfferType
from api.domain.years import YearRange
from api.language.entities import UnknownName
from api.language.vocabulary.moods import Mood
from api.language.vocabulary.renown import Renown

IntentField = Literal[
    "genre",
    "exclude_genre",
    "mood",
    "exclude_mood",
    "renown",
    "keyword",
    "topic",
    "year",
    "exclude_year",
    "runtime",
    "language",
    "exclude_language",
    "country",
    "exclude_country",
    "maturity",
    "exclude_content",
    "media_type",
    "service",
    "offer_type",
    "person",
    "exclude_person",
    "company",
    "exclude_company",
    "franchise",
    "exclude_franchise",
    "character",
    "seed",
    "exclude_title",
    "title",
    "count",
    "library",
    "watchlist",
    "household_seen",
]
Value = str | int | list[int] | list[str] | None
OwnList = Literal["only", "exclude"]
_LONG = 45  # words
SMALL = 8  # years of children whose lists begin with what was made for them
REWRITE_WORDS = 8  # that count of search words in place of the viewer's


def is_long(text: str) -> bool:
    """Whether so much is told as `Intent.is_long` says."""
    return len(text.split()) >= _LONG


@dataclass(frozen=True, slots=True)
class Part:
    """One of these people in one of these roles; no roles: in any."""

    people: frozenset[int]
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mention:
    """One thing that was understood: characters [start, end) of the text in NFC.

    `note` says why it cannot be honoured; None: it can, and `remark` may say how. A refusal of what
    few titles are marked with is honoured `is_partly`; `limits_ages` is one that ages tell of.
    """

    field: IntentField
    value: Value
    label: str
    start: int
    end: int
    note: str | None = None
    remark: str | None = None
    is_partly: bool = False
    limits_ages: bool = False

    @property
    def may_give_way(self) -> bool:
        """Of contents that are refused those alone that ages tell of, and that less."""
        return self.field != "exclude_content" or self.limits_ages


Status = Literal["enforced", "preferred", "relaxed", "unsupported", "not_understood"]
ChipField = IntentField | Literal["words"]  # "words": of the rest, that no part was read from
UNTOLD = "No keyword of the catalogue tells of it, so nothing can be left out by it."
_NOT_SEARCHED = "No part was read from it, and it is too little to search with."
_SEARCHED = "No part was read from it; it is searched for by its words and its meaning."


@dataclass(frozen=True, slots=True)
class Interpreted:
    """A mention and what became of it, as a client can show it.

    `text` are the viewer's words, or the parameter as it was written.
    """

    field: ChipField
    value: Value
    label: str
    text: str
    status: Status
    note: str | None = None
    source: Literal["words", "parameter"] = "words"


def not_understood(text: str, *, is_searched: bool = True) -> Interpreted:
    """Words that no part was read from."""
    note = _SEARCHED if is_searched else _NOT_SEARCHED
    return Interpreted("words", None, text, text, "not_understood", note)


@dataclass(frozen=True, slots=True)
class Intent:
    """A text, understood. Empty fields ask for nothing; ids are this catalogue's."""

    text: str
    mentions: tuple[Mention, ...] = ()
    genres: tuple[frozenset[int], ...] = ()  # of every set any
    excluded_genres: frozenset[int] = frozenset()
    excluded_kinds: frozenset[frozenset[int]] = frozenset()  # of all genres of a set at once
    moods: tuple[Mood, ...] = ()
    excluded_moods: tuple[Mood, ...] = ()
    renowns: tuple[Renown, ...] = ()  # all of
    keywords: frozenset[str] = frozenset()  # any of
    topics: tuple[Topic, ...] = ()  # all of
    years: tuple[YearRange, ...] = ()  # any of
    excluded_years: tuple[YearRange, ...] = ()
    runtime_min: int | None = None  # minutes
    runtime_max: int | None = None
    episode_max: int | None = None  # minutes of a show's, where it is less
    languages: frozenset[str] = frozenset()  # ISO 639-1, any of
    excluded_languages: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()  # ISO 3166-1, any of
    either_origin: bool = False  # whether one of the languages or of the countries will do
    excluded_countries: frozenset[str] = frozenset()
    age_min: int | None = None  # of certificates, see api/domain/maturity.py
    age_max: int | None = None
    # Whether that is of refused contents alone ("no violence"), and nothing says that a child, or
    # who is of any age, watches.
    age_is_of_content: bool = False
    excluded_keywords: frozenset[str] = frozenset()
    excluded_words: frozenset[str] = frozenset()  # that no keyword and no story may tell of
    excluded_names: frozenset[str] = frozenset()  # as they are written, that no story may name
    media_types: frozenset[MediaType] = frozenset()
    services: frozenset[str] = frozenset()  # short names
    offer_types: frozenset[OfferType] = frozenset()
    parts: tuple[Part, ...] = ()  # all of
    excluded_parts: tuple[Part, ...] = ()  # none of
    companies: tuple[frozenset[int], ...] = ()  # of every set any
    excluded_companies: frozenset[int] = frozenset()
    franchises: frozenset[int] = frozenset()  # TMDB's collections, any of
    excluded_franchises: frozenset[int] = frozenset()
    characters: frozenset[str] = frozenset()  # lower case, any of
    seeds: tuple[int, ...] = ()  # titles to search near to, not in the answer
    unseen: frozenset[int] = frozenset()  # of them those that may be: "I've never seen Heat"
    seed_leads: bool = False  # whether the rest only says how others are to differ from a seed
    likens_people: bool = False  # whether `parts` stand for what they make: "like Tarantino"
    is_to_come: bool = False  # asks for what is not out yet
    named_title: int | None = None  # the title that the whole text names
    stories: tuple[str, ...] = ()  # of titles that the catalogue does not have, to search near to
    excluded_titles: frozenset[int] = frozenset()
    count: int | None = None  # titles asked for
    watchlist: OwnList | None = None  # that of who asks
    library: OwnList | None = None  # that of the household
    preferred: frozenset[IntentField] = frozenset()  # fields whose parts lift and do not filter
    tells_a_liking: bool = False  # whether nothing else is told: "I like comedies"
    is_narrative: bool = False  # whether parts are told, liked or remembered rather than asked for
    free_text: str = ""  # what is left to search with; "" when nothing but filters was said
    rest: tuple[tuple[int, int], ...] = ()  # characters of the words that are in no part
    unknown_names: tuple[UnknownName, ...] = ()  # part of the free text, the likeliest first
    rewrite: str = ""  # a model's words for `free_text`; "" for none
    description: str = ""  # a model's words for a title that would be just right

    @property
    def is_long(self) -> bool:
        """Whether so much is told that its filters, too, tell what is searched for.

        On judged requests that name one title, 45 words and more, the title is among the first
        hundred for .52 of them with the whole text and for .35 with what no part was read from.
        """
        return is_long(self.text)

    @property
    def is_for_small_children(self) -> bool:
        """Whether it is no title that they are to watch, but what there is for them."""
        return self.age_max is not None and self.age_max <= SMALL and self.named_title is None

    def interpreted(
        self,
        relaxed: Collection[IntentField] = (),
        overruled: Mapping[IntentField, str] = MappingProxyType({}),
    ) -> tuple[Interpreted, ...]:
        """Every mention and the rest with their status, in the order of the text.

        `overruled` are fields that other parts of the request decide, each with a sentence why.
        """
        result = [
            (start, not_understood(self.text[start:end], is_searched=bool(self.free_text)))
            for start, end in self._left()
            if self.text[start:end].strip()
        ]
        for mention in self.mentions:
            note = mention.note or overruled.get(mention.field)
            status: Status = "enforced"
            if note is not None:
                status = "unsupported"
            elif mention.field in relaxed and mention.may_give_way:
                status = "relaxed"
            elif mention.field in self.preferred or mention.is_partly:
                status = "preferred"
            text = self.text[mention.start : mention.end]
            remark = note or mention.remark
            one = Interpreted(mention.field, mention.value, mention.label, text, status, remark)
            result.append((mention.start, one))
        return tuple(one for _, one in sorted(result, key=lambda placed: placed[0]))

    def _left(self) -> Iterator[tuple[int, int]]:
        """The rest without what a model read a part from since."""
        for start, end in self.rest:
            at = start
            for mention in sorted(self.mentions, key=lambda one: one.start):
                if at < mention.end and mention.start < end:
                    yield at, mention.start
                    at = mention.end
            yield at, end
