"""/users/{user_id}/taste on the wire."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

_Share = Annotated[float, Field(ge=0, le=1)]


class PartOut(BaseModel):
    """One genre, decade, language, kind or region."""

    model_config = ConfigDict(from_attributes=True)

    value: Annotated[str, Field(examples=["Crime"])]
    titles: Annotated[int, Field(description="Liked titles in it.")]
    share: Annotated[_Share, Field(description="Of the liked titles.")]
    catalogue_share: Annotated[_Share, Field(description="Of all titles: what is common.")]
    recent_share: Annotated[
        _Share | None,
        Field(description="Of the newest twenty liked titles; null for fewer than forty in all."),
    ]


class PersonOut(BaseModel):
    """Somebody whom several liked titles have in common."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    name: str
    titles: int


class TasteOut(BaseModel):
    """What the liked titles of a profile are, the largest part of each first."""

    model_config = ConfigDict(from_attributes=True)

    liked_titles: Annotated[int, Field(description="Watched without regret, liked, rated well.")]
    genres: list[PartOut]
    decades: list[PartOut]
    languages: list[PartOut]
    kinds: list[PartOut]
    regions: Annotated[list[PartOut], Field(description="Of the map; none before it is made.")]
    people: Annotated[list[PersonOut], Field(description="At most fifty, the strongest first.")]
