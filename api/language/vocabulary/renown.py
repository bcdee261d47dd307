"""What "a hidden gem", "critically acclaimed" and "popular" mean: bounds on votes at TMDB.

How many voted tells how many know a title for good, TMDB's popularity who looks at it now, and the
average of the votes how well it is liked; no other fact of a title says any of this. The bounds are
round numbers of a catalogue of 30,000 titles: a fifth of its films are little known and liked, a
fifteenth are well known, a twentieth acclaimed; of those with 30 votes a ninth is poorly rated.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from api.domain.items import MediaType


@dataclass(frozen=True, slots=True)
class Renown:
    """Votes at least and at most, their average at least and at most; None is open.

    `most_popular` and `least_popular` are percentiles in [0, 1]: none of the titles beyond them.
    `media` is what alone can have it: no show wins an Oscar.
    """

    label: str
    fewest: int | None = None
    most: int | None = None
    average: float | None = None
    highest_average: float | None = None
    most_popular: float = 1
    least_popular: float = 0
    media: MediaType | None = None

    @property
    def goes_by(self) -> str:
        """What titles are judged by, for who asks."""
        bounds = (
            (self.fewest, "at least {:,} votes"),
            (self.most, "at most {:,} votes"),
            (self.average, "an average of {:g} or more"),
            (self.highest_average, "an average of {:g} or less"),
        )
        said = [text.format(bound) for bound, text in bounds if bound is not None]
        if self.most_popular < 1:
            said.append(f"not of the {1 - self.most_popular:.0%} that are looked at most now")
        if self.least_popular > 0:
            said.append(f"of the {1 - self.least_popular:.0%} that are looked at most now")
        return f"Goes by TMDB: {', '.join(said)}."


_FEW, _ENOUGH_TO_JUDGE, _MANY = 1000, 30, 3000
LITTLE_KNOWN = "little known"
WELL_KNOWN = "well known"
ACCLAIMED = "acclaimed"
POORLY_RATED = "poorly rated"
_LIKED = Renown("Acclaimed", fewest=300, average=7.5)
RENOWNS: Mapping[str, Renown] = {
    LITTLE_KNOWN: Renown(
        "Little known", fewest=_ENOUGH_TO_JUDGE, most=_FEW, average=6.8, most_popular=0.9
    ),
    WELL_KNOWN: Renown("Well known", fewest=_MANY),
    ACCLAIMED: _LIKED,
    "prize of films": replace(_LIKED, media="movie"),
    "prize of shows": replace(_LIKED, media="tv"),
    POORLY_RATED: Renown("Poorly rated", fewest=_ENOUGH_TO_JUDGE, highest_average=5.5),
    "popular now": Renown("Popular now", least_popular=0.99),
}
PRAISE = frozenset(one for one in RENOWNS.values() if one.label == _LIKED.label)
# "Nothing mainstream" asks for what few know, whether it is liked or not.
REFUSED: Mapping[Renown, Renown] = {
    RENOWNS[WELL_KNOWN]: Renown("Not well known", most=_MANY - 1),
    RENOWNS[LITTLE_KNOWN]: Renown("Not little known", fewest=_FEW + 1),
    RENOWNS[POORLY_RATED]: Renown("Not poorly rated", fewest=_ENOUGH_TO_JUDGE, average=5.5),
}


def rated_at_least(average: float) -> Renown:
    """Titles of which enough voters say so: one vote of 10 tells nothing."""
    return Renown(f"Rated {average:g} or more", fewest=_ENOUGH_TO_JUDGE, average=average)


def rated_at_most(average: float) -> Renown:
    """The same from the other side."""
    return Renown(f"Rated {average:g} or less", fewest=_ENOUGH_TO_JUDGE, highest_average=average)


def rated_between(lowest: float, highest: float) -> Renown:
    """The same from both sides."""
    label = f"Rated {lowest:g} to {highest:g}"
    return Renown(label, fewest=_ENOUGH_TO_JUDGE, average=lowest, highest_average=highest)
