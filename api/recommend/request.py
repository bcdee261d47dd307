"""What a client asks for."""

from dataclasses import dataclass
from typing import Any

from api.domain.items import MediaType
from api.recommend.constraints.constraint import Constraint
from api.recommend.constraints.parameters import to_json


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

    def fields(self) -> dict[str, Any]:
        """Name to value, not copied: dataclasses.asdict takes thirteen times as long.

        Without filters there is no `filters`, so that cursors of older lists stay valid.
        """
        fields = {name: getattr(self, name) for name in self.__slots__}
        filters = [to_json(constraint) for constraint in fields.pop("filters")]
        return fields | {"filters": filters} if filters else fields
