"""The languages that the viewer likes more than they are common."""

from api.recommend.evidence.kind import Kind, ScoresTitles, Weights
from api.recommend.evidence.shapes import GroupAffinity

LANGUAGE_AFFINITY = Kind(
    signal=ScoresTitles(
        "language_affinity",
        "how much more a language is liked than it is common",
        lambda _: GroupAffinity(
            "language_affinity",
            lambda facts, rows: facts.likely_language[rows],
            lambda taste: taste.languages,
        ),
        Weights(few=0.2, warm=0.2, lone=0.3, query=0.05),
    ),
)
