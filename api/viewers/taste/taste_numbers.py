"""The numbers that shape a taste, apart from those that only rank with it."""

from dataclasses import dataclass

from config.ranking import Collaborative, Fatigue, Profile, Ranking


@dataclass(frozen=True, slots=True)
class TasteNumbers:
    """What a taste is learned by. Strategies that are equal in these may share what was learned."""

    profile: Profile
    collaborative: Collaborative
    fatigue: Fatigue
    related_seeds: int  # liked titles whose lists at TMDB are read
    reads_related: bool  # whether any source proposes from those lists
    similar_share: float  # what TMDB's list of similar titles weighs beside its recommendations

    @classmethod
    def of(cls, ranking: Ranking) -> "TasteNumbers":
        """Those of a strategy's numbers."""
        retrieval = ranking.retrieval
        return cls(
            profile=ranking.profile,
            collaborative=ranking.collaborative,
            fatigue=ranking.fatigue,
            related_seeds=retrieval.related_seeds,
            reads_related=retrieval.related_k > 0,
            similar_share=retrieval.similar_share,
        )
