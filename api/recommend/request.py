"""What a client asks for."""

from dataclasses import dataclass
from typing import Any, Literal

from api.domain.items import MediaType
from api.recommend.constraints.constraint import Constraint
from api.recommend.constraints.parameters import to_json
from api.recommend.likeness.likeness import LikenessBy

# How a list for several is made of theirs, and whose having seen a title keeps it out.
Fairness = Literal["fair", "average", "least_misery"]
SeenBy = Literal["any", "all"]


@dataclass(frozen=True, slots=True)
class RecommendRequest:
    """What the client asked for, as validated at the edge. Equal requests get equal answers."""

    user_id: str
    profile: str | None = None
    limit: int = 20
    text: str | None = None
    diversify: bool = True
    country: str = ""
    services: tuple[str, ...] = ()  # short names
    media_type: MediaType | None = None
    strategy: str | None = None  # as asked for; None leaves the choice to the service
    use_llm_intent: bool = True  # whether a model may read the text
    genres: tuple[int, ...] = ()  # any of
    description: str | None = None
    rewrite: str | None = None
    description_weight: float | None = None
    rewrite_weight: float | None = None
    weights: tuple[tuple[str, float], ...] = ()  # mixer overrides
    filters: tuple[Constraint, ...] = ()  # set as parameters, beside those above
    like: tuple[int, ...] = ()  # ids of titles that the list is to be like
    by: LikenessBy = "mix"
    unlike: tuple[int, ...] = ()  # ids of titles that it is to keep away from
    like_words: tuple[str, ...] = ()  # each stands for a title
    unlike_words: tuple[str, ...] = ()
    temperature: float = 0.0  # above 0 places are drawn, the higher the more freely
    members: tuple[tuple[str, str | None], ...] = ()  # users and profiles that watch together
    fairness: Fairness = "fair"
    seen_by: SeenBy = "any"
    shelves_of: str | None = None  # the day, ISO 8601: a list in rows
    path: tuple[int, ...] = ()  # ids of the two titles that a chain is to lead between
    steps: int = 0  # titles of the chain at most
    path_seed: int | None = None  # for another chain than the best one
    evening: str | None = None  # the day of it, ISO 8601: a title to watch then, wherever it is on
    names_country: bool = True  # else it is the profile's own or the service's, which may change

    @property
    def names_titles(self) -> bool:
        """Whether the list is to be like something."""
        return bool(self.like or self.like_words)

    def fields(self) -> dict[str, Any]:
        """Name to value, not copied: dataclasses.asdict takes thirteen times as long.

        What is not asked for of `_LATER` is left out, so that cursors of older lists stay valid.
        """
        fields = {name: getattr(self, name) for name in self.__slots__}
        del fields["names_country"]  # the country itself is there
        for name, unasked in _LATER.items():
            if fields[name] == unasked:
                del fields[name]
        if self.filters:
            fields["filters"] = [to_json(constraint) for constraint in self.filters]
        return fields


# Fields that lists were stored without before there were those, and what that means.
_LATER: dict[str, Any] = {
    "filters": (),
    "like": (),
    "by": "mix",
    "unlike": (),
    "like_words": (),
    "unlike_words": (),
    "temperature": 0.0,
    "members": (),
    "fairness": "fair",
    "seen_by": "any",
    "shelves_of": None,
    "path": (),
    "steps": 0,
    "path_seed": None,
    "evening": None,
}
