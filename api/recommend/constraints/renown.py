"""How well known titles are and how well liked, as the words ask for it: by votes at TMDB."""

from collections.abc import Iterator
from dataclasses import dataclass

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.domain.arrays import Ints, Mask
from api.language.vocabulary.renown import Renown
from api.platform.counted import counted
from api.recommend.constraints.asked import Asked
from api.recommend.constraints.constraint import Constraint, Explained, PreviewedTitle

_TURN = 60


@dataclass(frozen=True, slots=True)
class RenownBounds(Constraint):
    """Votes and their average within these bounds; where too few titles are, they are given up."""

    code = "renown"
    intent_field = "renown"
    relaxed_as = "renown"
    turns = (_TURN,)

    renown: Renown

    @classmethod
    def made_from(cls, asked: Asked) -> Iterator["RenownBounds"]:
        for renown in asked.intent.renowns:
            yield cls("words", renown)

    def broken(self, facts: CatalogueFacts, rows: Ints | slice) -> Mask:
        votes, average = facts.vote_count[rows], facts.vote_average[rows]
        popularity = facts.popularity_percentile[rows]
        broken: Mask = (popularity > self.renown.most_popular) | (
            popularity < self.renown.least_popular
        )
        if self.renown.fewest is not None:
            broken |= votes < self.renown.fewest
        if self.renown.most is not None:
            broken |= votes > self.renown.most
        if self.renown.average is not None:
            broken |= average < self.renown.average
        if self.renown.highest_average is not None:
            broken |= average > self.renown.highest_average
        return broken

    def looser(self, turn: int) -> "RenownBounds | None":
        return None if turn == _TURN else self

    def explain(self, title: PreviewedTitle) -> Explained:
        votes = int(title.facts.vote_count[title.row])
        average = round(float(title.facts.vote_average[title.row]), 1)
        told = (
            f"Has {counted(votes, 'vote')}, {average:g} of 10 on average; the request asks for "
            f"what is {self.renown.label.lower()}."
        )
        return told, {"votes": votes, "average": average}
