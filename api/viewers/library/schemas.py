"""Changes of a library on the wire."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.platform.wire.inputs import Reference, Strict

_MOST_ITEMS = 1000


class LibraryChange(Strict):
    """Titles of a library."""

    model_config = ConfigDict(json_schema_extra={"example": {"items": ["movie:603", "tv:1399"]}})

    items: Annotated[
        list[Reference],
        Field(min_length=1, max_length=_MOST_ITEMS, description="Up to 1,000."),
    ]


class LibraryAdded(BaseModel):
    """The titles are in the library now."""

    ok: bool = True
    added: Annotated[int, Field(description="How many were not in it before.")]


class LibraryRemoved(BaseModel):
    """The titles are not in the library now."""

    ok: bool = True
    removed: Annotated[int, Field(description="How many were in it before.")]
