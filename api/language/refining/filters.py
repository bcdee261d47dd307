"""Proposals of the closed vocabulary: genres, years, minutes, ages, media, unwanted content.

Unknown genres are dropped, years and minutes are clipped to what titles have.
"""

from collections.abc import Callable, Iterable
from datetime import date

from api.catalogue.names.topics import singulars
from api.domain.folding import fold
from api.domain.genres import GENRES, genre_id
from api.domain.items import EVERY_MEDIA_TYPE
from api.domain.years import YearRange
from api.language.intent import Intent, Value
from api.language.maturity.ages import Ages, ages_label
from api.language.parts.runtimes import LONGEST, Minutes, runtime_label
from api.language.parts.years import FIRST, LAST, Years, years_label
from api.language.refining.addition import Addition
from api.language.refining.refinement import Proposal
from api.language.vocabulary.names import Names

_YEARS_AHEAD = 5  # that a title is announced before it comes
_OLDEST = 17  # a cap above it caps nothing
_MOST_LETTERS = 40  # of a keyword


def genre(intent: Intent, proposal: Proposal, *_: object) -> Addition | None:
    wanted = _genre_ids(proposal) - intent.excluded_genres
    if not wanted or any(group <= wanted for group in intent.genres):
        return None
    shown = tuple((genre, GENRES[genre]) for genre in sorted(wanted))
    return Addition("genre", {"genres": (*intent.genres, wanted)}, shown)


def exclude_genre(intent: Intent, proposal: Proposal, *_: object) -> Addition | None:
    refused = _genre_ids(proposal) - intent.excluded_genres - frozenset().union(*intent.genres)
    if not refused:
        return None
    shown = tuple((genre, f"Not {GENRES[genre]}") for genre in sorted(refused))
    changes = {"excluded_genres": intent.excluded_genres | refused}
    return Addition("exclude_genre", changes, shown)


def year(intent: Intent, proposal: Proposal, _: Names, today: date) -> Addition | None:
    newest = today.year + _YEARS_AHEAD
    first = FIRST if proposal.first is None else _clipped(proposal.first, FIRST, newest)
    last = LAST if proposal.last is None else max(proposal.last, FIRST)
    if last > newest:
        last = LAST
    if first > last or (first == FIRST and last == LAST):
        return None
    years: tuple[YearRange, ...] = ((first, last),)
    if intent.years:
        both = ((max(a, first), min(b, last)) for a, b in intent.years)
        years = tuple((a, b) for a, b in both if a <= b)
        if not years or years == intent.years:
            return None
    span = Years(first, last)
    return Addition("year", {"years": years}, (([first, last], years_label(span)),))


def runtime(intent: Intent, proposal: Proposal, *_: object) -> Addition | None:
    first = None if proposal.first is None else _clipped(proposal.first, 1, LONGEST)
    last = None if proposal.last is None else _clipped(proposal.last, 1, LONGEST)
    longest = _tightest(min, intent.runtime_max, last)
    shortest = _tightest(max, intent.runtime_min, first)
    if shortest is not None and longest is not None and shortest > longest:
        return None
    if (shortest, longest) == (intent.runtime_min, intent.runtime_max):
        return None
    changes = {"runtime_min": shortest, "runtime_max": longest}
    shown: Value = [first or 0, last or 0]
    return Addition("runtime", changes, ((shown, runtime_label(Minutes(first, last))),))


def maturity(intent: Intent, proposal: Proposal, *_: object) -> Addition | None:
    if proposal.last is None:
        return None
    oldest = max(proposal.last, 0)
    if oldest > _OLDEST:
        return None
    if intent.age_max is not None and oldest >= intent.age_max:
        if not intent.age_is_of_content:
            return None
        oldest = intent.age_max  # somebody of an age watches: what is refused limits as strictly
    if intent.age_min is not None and oldest < intent.age_min:
        return None
    shown: Value = [0, oldest]
    changes = {"age_max": oldest, "age_is_of_content": False}
    return Addition("maturity", changes, ((shown, ages_label(Ages(None, oldest))),))


def media_type(intent: Intent, proposal: Proposal, *_: object) -> Addition | None:
    wanted = EVERY_MEDIA_TYPE & frozenset(proposal.names)
    known = intent.media_types or EVERY_MEDIA_TYPE
    if not wanted or not wanted < known:
        return None
    (media,) = wanted
    label = "Films" if media == "movie" else "Shows"
    return Addition("media_type", {"media_types": wanted}, ((media, label),))


def exclude_content(intent: Intent, proposal: Proposal, names: Names, _: date) -> Addition | None:
    keywords: set[str] = set()
    genres: set[int] = set()
    shown: dict[str, str] = {}
    for name in proposal.names:
        word = fold(name)
        if (content := names.lexicon.content.words.get(word)) is not None:
            keywords |= {*content.keywords, *content.marks}
            genres |= set(content.genres) - frozenset().union(*intent.genres)
            shown[content.label] = content.label
        elif 0 < len(word) <= _MOST_LETTERS:
            keywords |= {word, *singulars(word)}
            shown[word] = f"No {word}"
    if keywords <= intent.excluded_keywords and genres <= intent.excluded_genres:
        return None
    changes = {
        "excluded_keywords": intent.excluded_keywords | keywords,
        "excluded_genres": intent.excluded_genres | genres,
    }
    return Addition("exclude_content", changes, tuple(shown.items()))


def _genre_ids(proposal: Proposal) -> frozenset[int]:
    return frozenset(found for name in proposal.names if (found := genre_id(name)) is not None)


def _clipped(number: int, low: int, high: int) -> int:
    return min(max(number, low), high)


def _tightest(
    choose: Callable[[Iterable[int]], int], one: int | None, other: int | None
) -> int | None:
    known = [value for value in (one, other) if value is not None]
    return choose(known) if known else None
