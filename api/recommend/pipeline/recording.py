"""The orders that a run went through, for whoever asks how a title came to its place."""

from dataclasses import dataclass

from api.recommend.ranking import Ranking


@dataclass(frozen=True, slots=True)
class Step:
    """What the list looked like behind one component that puts titles in order."""

    component: str
    ranking: Ranking
