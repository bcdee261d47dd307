"""Titles that most people like, by the collaborative model's viewers or TMDB's voters."""

from api.recommend.evidence.kind import FindsTitles, Kind, ScoresTitles, Weights
from api.recommend.evidence.shapes import CatalogueScore
from api.recommend.pipeline.protocols import Source
from api.recommend.pool import Retrieved
from api.recommend.query import Query


class Audience(Source):
    """The same titles for everybody, as far as the constraints allow them."""

    name = "audience"

    def __init__(self, k: int) -> None:
        self._k = k

    def applies_to(self, query: Query) -> bool:  # noqa: ARG002 - a protocol's signature
        return True

    def retrieve(self, query: Query) -> Retrieved:
        facts = query.facts
        rows = facts.by_audience[query.allowed[facts.by_audience]]
        rows = rows[: self._k]
        return Retrieved(facts.ids[rows], facts.audience[rows])


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
        Weights(cold=0.3, few=0.16),
    ),
)
