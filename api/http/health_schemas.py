"""What probes read."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field

from api.catalogue.published.published_catalogue import SnapshotState


class Alive(BaseModel):
    """All is well."""

    status: Literal["ok"] = "ok"


class PublishedCatalogue(BaseModel):
    """The newest snapshot of names, words and likeness, and what this process reads them from."""

    reads_from: Annotated[
        Literal["snapshot", "rows"],
        Field(description="`rows`: a small catalogue, or none is published that can be opened."),
    ]
    version: Annotated[int | None, Field(description="Of the catalogue in it; null for none.")]
    age_seconds: float | None
    bytes: int | None
    waiting: Annotated[
        bool, Field(description="Whether the catalogue has changes that are not in it.")
    ]


class Ready(Alive):
    """All is well, and what is served of the published catalogue."""

    catalogue: PublishedCatalogue | None

    @classmethod
    def of(cls, state: SnapshotState | None) -> Self:
        """The state as an answer; the reason of a failure is for operators alone."""
        if state is None:
            return cls(catalogue=None)
        newest = state.published
        return cls(
            catalogue=PublishedCatalogue(
                reads_from=state.reads_from,
                version=newest.version if newest else None,
                age_seconds=state.age_seconds,
                bytes=newest.size if newest else None,
                waiting=state.is_waiting,
            )
        )
