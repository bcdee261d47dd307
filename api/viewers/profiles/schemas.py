"""/users/{user_id}/profiles on the wire."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StringConstraints

from api.domain.limits import CHILD_MAX_AGE, ProfileKind, Unrated
from api.domain.maturity import OLDEST_AGE
from api.platform.wire.inputs import CountryCode, Strict, Text
from api.platform.wire.wrong_field import Shaped
from api.viewers.profiles.profile_settings import ProfileSettings

_MAX_AGE = (
    "Shown is what has a certificate whose age is at most this, by the strictest of the profile's "
    f"country and the well-kept scales; null: no limit. {CHILD_MAX_AGE} for a child unless given."
)
_UNRATED = "What nobody whose word counts has rated; hidden from a child unless given."
_COUNTRY = "Whose board counts beside the well-kept scales; JUSTWATCH_COUNTRY for limits."


class ProfileChange(Strict):
    """What to set; what is left out stays as it is."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"name": "Noa", "kind": "child", "max_age": 9, "country": "IL"}
        }
    )

    name: Annotated[
        Annotated[Text, Field(min_length=1, max_length=100)] | None,
        Field(description="What people call it."),
    ] = None
    kind: Annotated[
        ProfileKind, Field(description="A `child` has limits whether or not an age is given.")
    ] = "adult"
    max_age: Annotated[StrictInt, Field(ge=0, le=OLDEST_AGE)] | None = Field(
        default=None, description=_MAX_AGE
    )
    unrated: Annotated[Unrated, Field(description=_UNRATED)] = "show"
    country: Annotated[CountryCode | None, Field(description=_COUNTRY)] = None
    services: Annotated[
        tuple[Annotated[Text, StringConstraints(min_length=1, max_length=100)], ...],
        Field(max_length=50, description="The household's, by short name or plain name."),
    ] = ()
    languages: Annotated[
        tuple[Annotated[str, Shaped(r"^[A-Za-z]{2}$", "a code of ISO 639-1, such as en")], ...],
        Field(max_length=50, description="That the viewer understands, of ISO 639-1."),
    ] = ()

    def changes(self) -> dict[str, Any]:
        """The fields that were given."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class ProfileOut(BaseModel):
    """A profile as it is set."""

    user_id: str
    profile: Annotated[str | None, Field(description="As requests name it; null: the unnamed one.")]
    name: str | None
    kind: ProfileKind
    max_age: int | None
    unrated: Unrated
    country: str | None
    services: list[str]
    languages: list[str]

    @classmethod
    def of(cls, user_id: str, profile: str | None, settings: ProfileSettings) -> "ProfileOut":
        """The same as the client sees it."""
        return cls(
            user_id=user_id,
            profile=profile,
            name=settings.name,
            kind=settings.kind,
            max_age=settings.max_age,
            unrated=settings.unrated,
            country=settings.country,
            services=list(settings.services),
            languages=list(settings.languages),
        )


class ProfileList(BaseModel):
    """The profiles that the caller speaks for, the unnamed one first."""

    user_id: str
    profiles: list[ProfileOut]


class ProfileRemoved(BaseModel):
    """Everything of the profile went with it."""

    ok: bool = True
