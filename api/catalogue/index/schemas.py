"""/admin/index on the wire."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from api.catalogue.index.catalogue_index import IndexReport
from api.catalogue.index.index_state import HnswState
from api.catalogue.published.published_catalogue import SnapshotState


class _Part(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class Space(_Part):
    """A model, version and template, and the vectors made with them."""

    id: int
    model: str
    version: str
    template: str
    dimension: int
    active: Annotated[bool, Field(description="Whether this one is searched.")]
    created_at: datetime
    built_at: Annotated[datetime | None, Field(description="When it last became active.")]
    vectors: int
    text_hash: Annotated[
        str | None,
        Field(description="Digest of all texts behind the vectors; null until it was active."),
    ]
    hnsw: Annotated[HnswState, Field(description="Its index for approximate search.")]
    hnsw_bytes: int


class ConfiguredSpace(_Part):
    """What this process's EMBED_ settings name."""

    model: str
    version: str
    template: str
    active: Annotated[
        bool, Field(description="False: `make embed` would build it and switch to it.")
    ]


class Titles(_Part):
    """Titles by media type; `retired` are in neither."""

    movie: int
    tv: int
    retired: int
    with_vector: Annotated[
        int,
        Field(
            description="Not retired, in the active space. A vector may be of an older text: only "
            "the next embedding run can tell."
        ),
    ]
    to_fetch: Annotated[int, Field(description="Known to the TMDB job, not stored yet.")]
    to_read_anew: Annotated[
        int, Field(description="Stored, and waiting for the TMDB job to read them once more.")
    ]


class CollaborativeModel(_Part):
    """The item-item model in use."""

    id: int
    interactions: int
    profiles: int
    items: int
    built_at: datetime


class Failures(_Part):
    """Titles on which a job failed."""

    job: str
    due: Annotated[int, Field(description="Tried again by the next run.")]
    later: Annotated[int, Field(description="Tried again when their time has come.")]
    given_up: int


class Snapshot(BaseModel):
    """The published catalogue: names, words and likeness as processes map them."""

    reads_from: Annotated[
        Literal["snapshot", "rows"],
        Field(description="`rows`: a small catalogue, or none is published that can be opened."),
    ]
    version: Annotated[int | None, Field(description="Of the catalogue in the newest; or null.")]
    served: Annotated[int | None, Field(description="Of the one that this process has mapped.")]
    built_at: datetime | None
    age_seconds: float | None
    seconds: Annotated[float | None, Field(description="That making it took.")]
    bytes: int | None
    waiting: Annotated[
        int, Field(description="Versions of the catalogue since then, a change or a batch each.")
    ]
    problem: Annotated[
        str | None, Field(description="Why this process last failed to publish or open one.")
    ]

    @classmethod
    def of(cls, state: SnapshotState) -> Self:
        """The state as an answer."""
        newest = state.published
        return cls(
            reads_from=state.reads_from,
            version=newest.version if newest else None,
            served=state.served,
            built_at=newest.built_at if newest else None,
            age_seconds=state.age_seconds,
            seconds=newest.seconds if newest else None,
            bytes=newest.size if newest else None,
            waiting=state.catalogue_version - newest.version if newest else 0,
            problem=state.problem,
        )


class IndexAnswer(BaseModel):
    """What recommendations are made from, and how complete it is."""

    catalogue_version: int
    active_space: Annotated[int | None, Field(description="Null until a space is complete.")]
    configured: ConfiguredSpace
    spaces: list[Space]
    titles: Titles
    collaborative_model: CollaborativeModel | None
    failures: list[Failures]
    snapshot: Snapshot

    @classmethod
    def of(cls, report: IndexReport) -> Self:
        """The report as an answer."""
        state = report.state
        return cls(
            catalogue_version=state.catalogue_version,
            active_space=next((space.id for space in state.spaces if space.active), None),
            configured=ConfiguredSpace.model_validate(report.configured),
            spaces=[Space.model_validate(space) for space in state.spaces],
            titles=Titles.model_validate(state.titles),
            collaborative_model=(
                CollaborativeModel.model_validate(state.collaborative_model)
                if state.collaborative_model
                else None
            ),
            failures=[Failures.model_validate(one) for one in state.failures],
            snapshot=Snapshot.of(report.snapshot),
        )
