"""Asks the running pipeline, without HTTP, what strangers asked, and judges what it says."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter

import numpy as np

from api.http.services import Services
from api.recommend.pipeline.run import Run
from api.recommend.request import RecommendRequest
from tests.quality.strangers.requests import Key, StrangersRequest

_DEEP = 100
_PAGE = 10
_KEPT = 0.3  # a filter that a smaller share of the right answers keep contradicts them


@dataclass
class Answered:
    """What the service says to the requests of one kind, request for request."""

    found: list[list[Key]] = field(default_factory=list)
    votes: list[int] = field(default_factory=list)  # of every title of the first pages
    contradicted: list[tuple[str, ...]] = field(default_factory=list)  # filters, by their codes
    milliseconds: list[float] = field(default_factory=list)
    reading: list[float] = field(default_factory=list)  # milliseconds, of the words alone

    @property
    def empty(self) -> int:
        """Pages without any title."""
        return sum(not found for found in self.found)

    @property
    def short(self) -> int:
        """Pages with fewer than ten titles; those without any are among them."""
        return sum(len(found) < _PAGE for found in self.found)

    @property
    def contradicting(self) -> Counter[str]:
        """How many requests each filter is wrong in."""
        return Counter(code for codes in self.contradicted for code in codes)


def answer(services: Services, requests: Sequence[StrangersRequest]) -> Answered:
    """Asks all of them for a nobody, who has no taste."""
    answered = Answered()
    for request in requests:
        _read(services, request.text, answered)
        started = perf_counter()
        asked = RecommendRequest(user_id="strangers", limit=_DEEP, text=request.text)
        run = services.runs.prepare(asked).run()
        answered.milliseconds.append(1000 * (perf_counter() - started))
        facts = run.query.facts
        rows = run.listed.pool.rows[run.listed.order[:_DEEP]]
        answered.found.append([_key(run, row) for row in rows])
        answered.votes += facts.vote_count[rows[:_PAGE]].tolist()
        answered.contradicted.append(_contradicted(run, request))
    return answered


def _read(services: Services, text: str, answered: Answered) -> None:
    started = perf_counter()
    services.interpreter.read(text, version=0, today=services.clock().date())
    answered.reading.append(1000 * (perf_counter() - started))


def _contradicted(run: Run, request: StrangersRequest) -> tuple[str, ...]:
    """The filters out of the words, as they hold in the end, that most right answers break."""
    facts = run.query.facts
    numbers = facts.tmdb_id * 2 + facts.is_show
    answers = [2 * number + (kind == "tv") for kind, number in request.grades]
    rows = np.flatnonzero(np.isin(numbers, answers)).astype(np.int32)
    if len(rows) == 0:
        return ()
    return tuple(
        one.code
        for one in run.query.constraints
        if one.asked_by == "words" and 1 - one.broken(facts, rows).mean() < _KEPT
    )


def _key(run: Run, row: int) -> Key:
    facts = run.query.facts
    return ("tv" if facts.is_show[row] else "movie", int(facts.tmdb_id[row]))
