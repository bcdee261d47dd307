"""/users/{user_id}/preferences on the wire."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.platform.wire.inputs import Strict, Text
from api.viewers.preferences.preference import PreferenceKind, Stance
from api.viewers.preferences.preferences import Inferred, InferredKind, StatedByClient
from api.viewers.preferences.statements import Stated

_MOST = 200


class PreferenceIn(Strict):
    """One thing that a viewer says."""

    kind: Annotated[PreferenceKind, Field(description="What it is about.")]
    value: Annotated[
        Text,
        Field(
            min_length=1,
            max_length=40,
            description=(
                "A genre's name, a language of ISO 639-1, a decade such as 1990s, movie or tv; for "
                "maturity an age from 1 to 21: titles for that age and older."
            ),
        ),
    ]
    stance: Annotated[
        Stance,
        Field(description="never: none of it, ever; avoid and prefer move titles down and up."),
    ]


class PreferencesIn(Strict):
    """All preferences of a viewer; they replace those of before."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "preferences": [
                    {"kind": "genre", "value": "Music", "stance": "never"},
                    {"kind": "language", "value": "en", "stance": "avoid"},
                    {"kind": "decade", "value": "1990s", "stance": "prefer"},
                ]
            }
        }
    )

    preferences: Annotated[
        list[PreferenceIn], Field(max_length=_MOST, description=f"Up to {_MOST}; none: no more.")
    ]

    def stated(self) -> list[StatedByClient]:
        """As the service takes it."""
        return [StatedByClient(one.kind, one.value, one.stance) for one in self.preferences]


class StatedPreference(BaseModel):
    """What the viewer says."""

    kind: PreferenceKind
    value: str
    stance: Stance
    source: Literal["user"] = "user"
    created_at: datetime


class InferredPreference(BaseModel):
    """What the history says."""

    model_config = ConfigDict(from_attributes=True)

    kind: InferredKind
    value: str
    strength: Annotated[
        float,
        Field(
            ge=0,
            le=1,
            description=(
                "Genres: the share of the likings. Languages and decades: 0.5 is liked as often as "
                "it is common. People: beside the strongest."
            ),
        ),
    ]
    source: Literal["inferred"] = "inferred"


class PreferencesOut(BaseModel):
    """What a profile's viewer says, and what their history says."""

    user_id: str
    profile: str | None
    preferences: list[StatedPreference]
    inferred: list[InferredPreference]

    @classmethod
    def of(
        cls, user_id: str, profile: str | None, stated: list[Stated], inferred: list[Inferred]
    ) -> "PreferencesOut":
        """The answer."""
        return cls(
            user_id=user_id,
            profile=profile,
            preferences=[
                StatedPreference(
                    kind=one.preference.kind,
                    value=one.preference.value,
                    stance=one.preference.stance,
                    created_at=one.created_at,
                )
                for one in stated
            ],
            inferred=[InferredPreference.model_validate(one) for one in inferred],
        )
