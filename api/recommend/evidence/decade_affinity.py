"""The decades that the viewer likes more than they are common."""

from api.catalogue.facts.catalogue_facts import decades_of
from api.recommend.evidence.kind import Kind, ScoresTitles, Weights
from api.recommend.evidence.shapes import GroupAffinity

DECADE_AFFINITY = Kind(
    signal=ScoresTitles(
        "decade_affinity",
        "the same of the decade",
        lambda _: GroupAffinity(
            "decade_affinity",
            lambda facts, rows: decades_of(facts.year[rows]),
            lambda taste: taste.decades,
        ),
        Weights(query=0.05),
    ),
)
