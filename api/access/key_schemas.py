"""/admin/keys on the wire."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field

from api.access.key_store import MOST_OF_LABEL, KeyScope, StoredKey
from api.platform.wire.inputs import Strict, Text
from api.platform.wire.wrong_field import Shaped

KeyPrefix = Annotated[
    str,
    Shaped(r"^[A-Za-z0-9_-]{1,64}$", "how the key begins, as the list of keys shows it"),
    Field(examples=["sea_Zx81mQ0a"]),
]


class KeyWanted(Strict):
    """Who will use a key, and for what."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"label": "the television", "scope": "admin"}}
    )

    label: Annotated[
        Text,
        Field(
            min_length=1,
            max_length=MOST_OF_LABEL,
            description="What it is for, to know it by.",
            examples=["the television"],
        ),
    ]
    scope: Annotated[
        KeyScope,
        Field(description="`client` acts for every user, `admin` runs the service as well."),
    ] = "client"


class KeyOut(BaseModel):
    """A key after it was shown."""

    model_config = ConfigDict(from_attributes=True)

    prefix: str
    label: str
    scope: KeyScope
    created_at: datetime
    revoked_at: datetime | None


class KeyList(BaseModel):
    """The oldest first; those of API_KEYS are not among them."""

    items: list[KeyOut]

    @classmethod
    def of(cls, keys: list[StoredKey]) -> Self:
        """The same as the client sees it."""
        return cls(items=[KeyOut.model_validate(key) for key in keys])


class KeyMade(BaseModel):
    """A new key, this once."""

    key: Annotated[str, Field(description="Keep it now: only its hash is stored.")]
    prefix: str
    is_first: Annotated[
        bool,
        Field(description="Whether a key is needed on this machine too from now on."),
    ]


class KeyRevoked(BaseModel):
    """What is no longer valid, in any process."""

    ok: bool = True
    labels: list[str]
