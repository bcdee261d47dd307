"""Titles that most people like, by the collaborative model's viewers or TMDB's voters."""

from typing import Any

from api.recommend.evidence.kind import (
    FindsTitles,
    GivesReason,
    Kind,
    ScoresTitles,
    Subject,
    Weights,
)
from api.recommend.evidence.reason_facts import Votes
from api.recommend.evidence.shapes import CatalogueScore, first_allowed
from api.recommend.evidence.votes import liked_by_voters
from api.recommend.pipeline.protocols import Source
from api.recommend.pool import Retrieved
from api.recommend.query import Query
from config.explanations import ReasonForm


class Audience(Source):
    """The same titles for everybody, as far as the constraints allow them."""

    name = "audience"

    def __init__(self, k: int) -> None:
        self._k = k

    def applies_to(self, query: Query) -> bool:  # noqa: ARG002 - a protocol's signature
        return True

    def retrieve(self, query: Query) -> Retrieved:
        facts = query.facts
        rows = first_allowed(query, facts.by_audience, self._k)
        return Retrieved(facts.ids[rows], facts.audience[rows])


def _liked_by_many(subject: Subject) -> dict[str, Any] | None:
    """Unless its acclaim, which has the same facts, is told already."""
    return None if "acclaimed" in subject.codes else liked_by_voters(subject)


AUDIENCE = Kind(
    sources=(
        FindsTitles(
            "audience",
            "titles that most people like",
            lambda needs: Audience(needs.numbers.retrieval.source_k),
        ),
    ),
    signal=ScoresTitles(
        "audience",
        "how many people like it",
        lambda _: CatalogueScore("audience", lambda facts, rows: facts.audience[rows]),
        Weights(cold=0.3, lone=0.6),
    ),
    reasons=(
        GivesReason(
            code="liked_by_many",
            form=ReasonForm(
                "Liked by many: {votes} voters give it {average} out of 10.",
                {"average": 7.1, "votes": 9200},
            ),
            facts=Votes,
            signals=("audience",),
            is_personal=False,
            evidence=_liked_by_many,
        ),
    ),
)
