"""/session and the household's PIN on the wire."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from api.access.caller import Caller
from api.access.holder import Scope
from api.access.sessions.sessions import Entry
from api.platform.wire.inputs import ProfileName, Strict, UserId
from api.platform.wire.wrong_field import Shaped, WrongField

Pin = Annotated[
    str, Shaped(r"^[0-9]{4,12}$", "4 to 12 digits"), Field(description="4 to 12 digits.")
]


class SessionProfile(Strict):
    """The profile that a session is for; without any: as it is."""

    model_config = ConfigDict(json_schema_extra={"example": {"user_id": "dana"}})

    user_id: UserId | None = None
    profile: ProfileName | None = None

    def entry(self) -> Entry | None:
        """The profile, if one was named, be it the one without a name."""
        if not {"user_id", "profile"} & self.model_fields_set:
            return None
        return Entry(self.user_id, self.profile)


class SessionStart(SessionProfile):
    """How a session begins, and for whom."""

    model_config = ConfigDict(json_schema_extra={"example": {"user_id": "dana"}})

    pin: Annotated[
        Pin | None, Field(description="The household's, to leave a profile with limits.")
    ] = None
    code: Annotated[
        Annotated[str, Shaped(r"^[A-Za-z0-9-]{8,9}$", "as it is shown, such as 7KQ2-MX9D")] | None,
        Field(
            description="Of POST /session/code, in place of a credential; it names the profile.",
        ),
    ] = None

    @model_validator(mode="after")
    def _a_code_says_it_all(self) -> "SessionStart":
        if self.code is not None and self.model_fields_set != {"code"}:
            raise WrongField("comes alone, without a profile or a PIN", "code")
        return self


class SessionOut(BaseModel):
    """Who asks."""

    scope: Scope
    user_id: Annotated[str | None, Field(description="The one user that it speaks for.")]
    profile: Annotated[str | None, Field(description="The one profile, if `is_bound`.")]
    is_bound: Annotated[bool, Field(description="Whether it speaks for one profile only.")]
    leaving_takes_pin: bool
    expires_at: Annotated[datetime | None, Field(description="null: it is no session.")]

    @classmethod
    def of(cls, caller: Caller) -> "SessionOut":
        """What the caller is."""
        holder = caller.holder
        return cls(
            scope=holder.scope,
            user_id=holder.user_id,
            profile=holder.profile,
            is_bound=holder.is_bound,
            leaving_takes_pin=holder.has_entered,
            expires_at=holder.expires_at if holder.session is not None else None,
        )


class SessionEnded(BaseModel):
    """What became of a DELETE."""

    ok: bool = True
    ended: Annotated[int, Field(description="Sessions that there were.")]


class SessionCode(BaseModel):
    """What another device says to POST /session, once."""

    code: Annotated[str, Field(examples=["7KQ2MX9D"])]
    expires_at: datetime


class PinChange(Strict):
    """A PIN of 4 to 12 digits."""

    model_config = ConfigDict(json_schema_extra={"example": {"pin": "2468"}})

    pin: Pin


class PinState(BaseModel):
    """Whether the household has a PIN."""

    user_id: str
    pin_is_set: bool
