"""/imports on the wire."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from api.domain.items import MediaType
from api.platform.wire.inputs import Cursor, ProfileQuery, Reference, Strict, Text
from api.platform.wire.wrong_field import WrongField
from api.viewers.imports.imports import Choice, Overview, RowsPage
from api.viewers.imports.matching.match import Status
from api.viewers.imports.read_export import title_of
from api.viewers.imports.row import Kind
from api.viewers.imports.statements import (
    Added,
    ListedImport,
    NamedTitle,
    Origin,
    State,
    StoredRow,
)

_MOST_CHOICES = 500


class Counts(BaseModel):
    """How many rows were understood, and how well."""

    rows: int
    matched: int
    uncertain: int
    unmatched: int
    skipped: int

    @classmethod
    def of(cls, counts: Mapping[Status, int]) -> Self:
        """The same as the client sees it."""
        return cls(
            rows=sum(counts.values()),
            matched=counts.get("matched", 0),
            uncertain=counts.get("uncertain", 0),
            unmatched=counts.get("unmatched", 0),
            skipped=counts.get("skipped", 0),
        )


class Written(BaseModel):
    """What an import writes; of one that was applied, as far as nobody has changed it since."""

    events: int
    ratings: Annotated[int, Field(description="Of the events.")]
    watchlist: int
    library: int

    @classmethod
    def of(cls, added: Added) -> Self:
        """The same as the client sees it."""
        return cls(
            events=added.events,
            ratings=added.ratings,
            watchlist=added.watchlist,
            library=added.library,
        )


class ImportOut(BaseModel):
    """An import as it stands."""

    id: int
    user_id: str
    profile: str | None
    source: str
    source_title: Annotated[str, Field(description="How the source writes itself.")]
    file: str
    state: State
    created_at: datetime
    applied_at: datetime | None
    counts: Counts
    says: Annotated[dict[Kind, int], Field(description="What the matched rows are.")]
    added: Written
    would_add: Annotated[
        Written | None,
        Field(
            description="What applying it now would write, asked for by `would_add`: less than the "
            "rows where several say one thing, or what the history says already."
        ),
    ]
    progress: Annotated[
        int | None, Field(description="Percent, while it is being applied; nothing is seen before.")
    ]
    columns: Annotated[
        dict[str, str], Field(description="Of a table of one's own: the column for each meaning.")
    ]
    columns_left: Annotated[
        list[str], Field(description="Of such a table: the columns that were taken for nothing.")
    ]
    rating_scale: Annotated[
        float | None,
        Field(description="The top of the scale of its ratings, as stated or as they need it."),
    ]
    accounts: Annotated[
        list[str], Field(description="People in the export; without `account` the first counts.")
    ]

    @classmethod
    def of(cls, overview: Overview) -> "ImportOut":
        """The same as the client sees it."""
        stored = overview.stored
        return cls(
            id=stored.id,
            user_id=stored.user_id,
            profile=stored.profile,
            source=stored.source,
            source_title=title_of(stored.source),
            file=stored.file_name,
            state=stored.state,
            created_at=stored.created_at,
            applied_at=stored.applied_at,
            counts=Counts.of(overview.counts),
            says=dict(overview.kinds),
            added=Written.of(overview.added),
            would_add=None if overview.would_add is None else Written.of(overview.would_add),
            progress=overview.progress,
            columns=stored.columns,
            columns_left=stored.columns_left,
            rating_scale=stored.rating_scale,
            accounts=stored.accounts,
        )


class ImportsQuery(ProfileQuery):
    """Whose imports, and which page of them."""

    cursor: Cursor | None = None
    limit: Annotated[int, Field(ge=1, le=100, description="Imports on a page.")] = 20


class ListedImportOut(BaseModel):
    """An import among those of a profile."""

    id: int
    source: str
    source_title: Annotated[str, Field(description="How the source writes itself.")]
    via: Annotated[
        Origin, Field(description="A `file`, or what a media server's `hook` or a `sync` brings.")
    ]
    file: Annotated[str | None, Field(description="The name that it came under; null for no file.")]
    state: Annotated[
        State, Field(description="`previewed` is read and shown alone, `applied` written.")
    ]
    created_at: datetime
    applied_at: datetime | None
    counts: Counts
    added: Written

    @classmethod
    def of(cls, listed: ListedImport) -> Self:
        """The same as the client sees it."""
        stored = listed.stored
        return cls(
            id=stored.id,
            source=stored.source,
            source_title=title_of(stored.source),
            via=listed.via,
            file=stored.file_name if listed.via == "file" else None,
            state=stored.state,
            created_at=stored.created_at,
            applied_at=stored.applied_at,
            counts=Counts.of(listed.counts),
            added=Written.of(listed.added),
        )


class ImportsPage(BaseModel):
    """Imports of a profile, the newest first; one that was taken back is gone."""

    items: list[ListedImportOut]
    next_cursor: Annotated[str | None, Field(description="Absent on the last page.")] = None


class ImportQuery(Strict):
    """What else to tell of an import."""

    would_add: Annotated[
        bool, Field(description="Work out what applying it now would write, and write nothing.")
    ] = False


class RowsQuery(Strict):
    """Which rows, and which page of them."""

    status: Annotated[Status | None, Field(description="Rows that stand so alone.")] = None
    cursor: Cursor | None = None
    limit: Annotated[int, Field(ge=1, le=500, description="Rows on a page.")] = 100


class RowTitle(BaseModel):
    """A title that a row means or could mean."""

    id: int
    media_type: MediaType
    tmdb_id: int | None
    title: str
    year: int | None

    @classmethod
    def of(cls, title: NamedTitle) -> "RowTitle":
        """The same as the client sees it."""
        return cls(
            id=title.id,
            media_type=title.media_type,
            tmdb_id=title.tmdb_id,
            title=title.title,
            year=title.year,
        )


class RowOut(BaseModel):
    """A row of the export with what was understood of it."""

    row: Annotated[int, Field(description="In its file, from 1; a header is not counted.")]
    file: str
    says: str
    status: Status
    item: RowTitle | None
    event_type: Kind
    watched_at: Annotated[
        str | None, Field(description="A day, or a moment in UTC; null where it is not known.")
    ]
    rating: Annotated[float | None, Field(description="From 0 to 10, in halves.")]
    certainty: Annotated[float, Field(description="From 0 to 1.")]
    candidates: list[RowTitle]
    reason: str | None

    @classmethod
    def of(cls, row: StoredRow, titles: Mapping[int, NamedTitle]) -> "RowOut":
        """The same as the client sees it."""
        item = titles.get(row.item_id or 0)
        return cls(
            row=row.number,
            file=row.file,
            says=row.says,
            status=row.status,
            item=RowTitle.of(item) if item else None,
            event_type=row.kind,
            watched_at=_written(row),
            rating=row.rating,
            certainty=round(row.certainty, 2),
            candidates=[RowTitle.of(titles[one]) for one in row.candidates if one in titles],
            reason=row.reason,
        )


class RowsOut(BaseModel):
    """Rows in the order of the export."""

    rows: list[RowOut]
    next_cursor: Annotated[str | None, Field(description="Absent on the last page.")] = None

    @classmethod
    def of(cls, page: RowsPage) -> "RowsOut":
        """The same as the client sees it."""
        rows = [RowOut.of(row, page.titles) for row in page.rows]
        return cls(rows=rows, next_cursor=page.next_cursor)


class RowChoice(Strict):
    """Which title a row means."""

    row: Annotated[int, Field(ge=1, description="By its number in its file.")]
    file: Annotated[
        Text | None, Field(description="Needed where several files have such a row.")
    ] = None
    item: Annotated[Reference | None, Field(description="None: leave it out.")]


class ChoicesIn(Strict):
    """Choices; each holds for all rows of its title, and for the next file of the source."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"choices": [{"row": 1, "item": "movie:603"}]}}
    )

    choices: Annotated[
        list[RowChoice],
        Field(min_length=1, max_length=_MOST_CHOICES, description="Up to 500, a row once."),
    ]

    @model_validator(mode="after")
    def _each_row_is_chosen_once(self) -> Self:
        seen: set[tuple[str | None, int]] = set()
        for place, one in enumerate(self.choices):
            if (one.file, one.row) in seen:
                raise WrongField(f"row {one.row} is chosen more than once", "choices", place, "row")
            seen.add((one.file, one.row))
        return self

    def taken(self) -> list[Choice]:
        """The same for the use case."""
        return [Choice(one.row, one.file, one.item) for one in self.choices]


class ChoicesTaken(BaseModel):
    """How many rows the choices were for."""

    ok: bool = True
    rows: int


class ImportTakenBack(BaseModel):
    """The import is gone; what went with it."""

    ok: bool = True
    removed: Written


def _written(row: StoredRow) -> str | None:
    if row.watched_at is None:
        return None
    if row.is_day:
        return row.watched_at.date().isoformat()
    return row.watched_at.isoformat().replace("+00:00", "Z")
