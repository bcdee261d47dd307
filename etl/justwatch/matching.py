"""Whether a title of JustWatch is one of ours: by an id, else by title, year and type."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from api.domain.folding import fold
from etl.justwatch.search import Candidate
from etl.justwatch.title_nodes import DueTitle

SURE_ENOUGH = 0.9  # the score from which title, year and type prove a match
NEAR = 0.6  # from here on a miss is a near one, worth a line in the log
_A_YEAR_OFF = 0.05  # festivals and countries differ by one; more is another film


@dataclass(frozen=True, slots=True)
class Match:
    """The outcome of a search; without a node id no candidate is certain to be the title."""

    node_id: str | None = None
    matched_by: Literal["tmdb_id", "imdb_id", "title"] | None = None
    score: float | None = None  # of the best candidate by title, in [0, 1]
    nearest: Candidate | None = None

    @property
    def is_near_miss(self) -> bool:
        """Whether a candidate came close and was not taken."""
        return self.node_id is None and self.score is not None and self.score >= NEAR


def find_match(title: DueTitle, candidates: Sequence[Candidate]) -> Match:
    """The candidate that is the title: one of its ids, else the best score by far enough."""
    for candidate in candidates:
        if title.tmdb_id is None:
            break
        if candidate.media_type == title.media_type and candidate.tmdb_id == title.tmdb_id:
            return Match(candidate.node_id, "tmdb_id")
    for candidate in candidates:
        if title.imdb_id is not None and candidate.imdb_id == title.imdb_id:
            return Match(candidate.node_id, "imdb_id")
    scored = sorted(
        ((score(title, candidate), candidate) for candidate in candidates),
        key=lambda pair: (-pair[0], pair[1].node_id),
    )
    if not scored or scored[0][0] == 0:
        return Match()
    best, nearest = scored[0]
    # Two that are equally good prove neither.
    is_alone = len(scored) == 1 or scored[1][0] < best
    if best >= SURE_ENOUGH and is_alone:
        return Match(nearest.node_id, "title", best, nearest)
    return Match(score=best, nearest=nearest)


def score(title: DueTitle, candidate: Candidate) -> float:
    """How alike they are by title, year and type, in [0, 1]; 0 for what excludes a match.

    Excluded are another type, a year that is unknown or off by more than one, other numbers in the
    title (a sequel), and an id that says it is another title.
    """
    if candidate.media_type != title.media_type or _contradicts(title, candidate):
        return 0.0
    if title.year is None or candidate.year is None:
        return 0.0
    years = abs(title.year - candidate.year)
    if years > 1:
        return 0.0
    alike = max((_alike(name, candidate.title) for name in title.names), default=0.0)
    return max(0.0, alike - years * _A_YEAR_OFF)


def _contradicts(title: DueTitle, candidate: Candidate) -> bool:
    other_tmdb = candidate.tmdb_id is not None and candidate.tmdb_id != title.tmdb_id
    other_imdb = None not in (candidate.imdb_id, title.imdb_id) and (
        candidate.imdb_id != title.imdb_id
    )
    return other_tmdb or other_imdb


def _alike(one: str, other: str) -> float:
    one, other = fold(one), fold(other)
    if not one or not other or _numbers(one.split()) != _numbers(other.split()):
        return 0.0
    return fuzz.ratio(one, other) / 100


def _numbers(words: Iterable[str]) -> list[str]:
    return sorted(word for word in words if word.isdecimal())
