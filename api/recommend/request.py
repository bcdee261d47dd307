"""What a client asks for."""

from dataclasses import dataclass
from typing import Any

from api.domain.items import MediaType


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
    genres: tuple[int, ...] = ()
    description: str | None = None
    rewrite: str | None = None
    description_weight: float | None = None
    rewrite_weight: float | None = None
    weights: tuple[tuple[str, float], ...] = ()  # mixer overrides

    def fields(self) -> dict[str, Any]:
        """Name to value, not copied: dataclasses.asdict takes thirteen times as long."""
        return {name: getattr(self, name) for name in self.__slots__}
