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
    """The service can answer, and what it serves of the published catalogue."""

    faults: Annotated[
        dict[str, str],
        Field(
            description="What is wrong and worked around, by name: a file that cannot be used, in "
            "whose place the last good one is in force, or a champion that is not configured.",
            examples=[{"business_rules": "filters.exclude_genres: must be a list."}],
        ),
    ]
    catalogue: PublishedCatalogue | None

    @classmethod
    def of(cls, state: SnapshotState | None, faults: dict[str, str]) -> Self:
        """The state as an answer; the reason of a failure is for operators alone."""
        if state is None:
            return cls(faults=faults, catalogue=None)
        newest = state.published
        return cls(
            faults=faults,
            catalogue=PublishedCatalogue(
                reads_from=state.reads_from,
                version=newest.version if newest else None,
                age_seconds=state.age_seconds,
                bytes=newest.size if newest else None,
                waiting=state.is_waiting,
            ),
        )
