"""/users/{user_id} on the wire."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from typing import Annotated, Any
from uuid import UUID

import orjson
from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter

from api.domain.assignment import Assignment
from api.domain.items import MediaType
from api.domain.limits import ProfileKind, Unrated
from api.platform.wire.inputs import ProfileName, Strict
from api.viewers.events import EventType, FeedbackType
from api.viewers.preferences.preference import PreferenceKind, Stance


class ConsentChange(Strict):
    """What to change; what is left out stays as it is."""

    model_config = ConfigDict(json_schema_extra={"example": {"collaborative": True}})

    profile: ProfileName | None = None
    collaborative: Annotated[
        bool | None, Field(description="May others' recommendations learn from this profile.")
    ] = None
    llm: Annotated[
        bool | None,
        Field(
            description="May this profile's tastes, and the words of its requests, go to a "
            "hosted model."
        ),
    ] = None


class ConsentState(BaseModel):
    """What the profile allows now."""

    user_id: str
    profile: str | None
    collaborative: bool
    llm: bool


class UserForgotten(BaseModel):
    """What was removed; everything else of the user went with it."""

    ok: bool = True
    profiles: int
    recommendations: int


class HeldProfile(BaseModel):
    """A profile, its consents and what is set for it."""

    profile: str | None
    collaborative: bool
    llm: bool
    created_at: datetime
    name: str | None
    kind: ProfileKind
    max_age: int | None
    unrated: Unrated
    country: str | None
    services: list[str]
    languages: list[str]


class HeldEvent(BaseModel):
    """An event of a history."""

    profile: str | None
    item_id: int
    media_type: MediaType
    tmdb_id: int | None
    title: str
    event_type: EventType
    rating: float | None
    weight: float
    watched_at: datetime | None
    occurred_at: datetime
    recorded_at: datetime
    snoozed_until: datetime | None
    import_id: int | None
    source: str | None
    scale: float | None
    episodes: int | None


class HeldWish(BaseModel):
    """A title on a watchlist."""

    profile: str | None
    item_id: int
    media_type: MediaType
    tmdb_id: int | None
    title: str
    added_at: datetime
    import_id: int | None


class HeldOwnedTitle(BaseModel):
    """A title that the household owns."""

    item_id: int
    media_type: MediaType
    tmdb_id: int | None
    title: str
    added_at: datetime
    import_id: int | None


class HeldImport(BaseModel):
    """What was brought from elsewhere, and what became of it."""

    id: int
    profile: str | None
    source: str
    file_name: str
    columns: dict[str, str]
    columns_left: list[str]
    rating_scale: float | None
    accounts: list[str]
    state: str
    created_at: datetime
    applied_at: datetime | None
    via: str


class HeldImportRow(BaseModel):
    """A row of it, as it was understood."""

    import_id: int
    position: int
    number: int
    file: str
    says: str
    title_key: str
    kind: str
    watched_at: datetime | None
    is_day: bool
    logged_at: datetime | None
    rating: float | None
    scale: float | None
    season: int | None
    episode: str | None
    episodes: int | None
    is_part: bool
    is_owned: bool
    reached: float | None
    sought: dict[str, Any] | None
    status: str
    item_id: int | None
    left_item_id: int | None
    certainty: float
    candidates: list[int]
    reason: str | None
    asked_at: datetime | None


class HeldReplacedOpinion(BaseModel):
    """An opinion of an earlier import, as it was before a later one changed it."""

    import_id: int
    interaction_id: int
    rating: float | None
    scale: float | None
    source: str | None
    occurred_at: datetime
    recorded_at: datetime
    replaced_import_id: int


class HeldImportChoice(BaseModel):
    """Which title a viewer chose for what a source calls one."""

    profile: str | None
    source: str
    title_key: str
    item_id: int | None


class HeldFeedback(BaseModel):
    """A piece of feedback."""

    profile: str | None
    item_id: int | None
    event_type: FeedbackType
    recommendation_id: UUID | None
    place: int | None = Field(description="In that list, over all its pages, from 1.")
    meta: dict[str, JsonValue] | None
    occurred_at: datetime


class HeldRecommendation(BaseModel):
    """A list as it was served."""

    recommendation_id: UUID
    profile: str | None
    strategy: str
    assignment: Assignment
    created_at: datetime
    item_ids: list[int]
    scores: list[float]
    request: JsonValue = Field(description="What was asked, words included.")
    made_with: JsonValue = Field(description="What else it was made with, words as read included.")
    evening: date | None = Field(description="That it was made for; null for none.")


class HeldSharedList(BaseModel):
    """A list for several viewers, as far as it is about this one."""

    recommendation_id: UUID
    profile: str | None
    created_at: datetime
    item_ids: list[int]
    fits: list[float | None] = Field(
        description="How well each title fits, 0 to 1; null where no taste was known."
    )


class HeldBatchList(BaseModel):
    """That lists were ordered for many, this viewer among them."""

    batch_id: UUID
    profile: str | None
    created_at: datetime
    expires_at: datetime


class HeldPreference(BaseModel):
    """What a viewer says of their taste."""

    profile: str | None
    kind: PreferenceKind
    value: str
    stance: Stance
    source: str
    created_at: datetime


class HeldShadowList(BaseModel):
    """What another strategy would have served in place of a list; nobody saw it."""

    recommendation_id: UUID
    strategy: str
    item_ids: list[int]


class HeldSession(BaseModel):
    """A browser that is let in as the user, or within a profile of theirs."""

    profile: str | None
    created_at: datetime
    expires_at: datetime


class HeldAnswer(BaseModel):
    """An answer that is kept for a day in case its request is repeated."""

    profile: str | None
    key: str
    response: JsonValue
    created_at: datetime


class HeldPin(BaseModel):
    """That a household has a PIN, of which the hash is kept, and how often it was tried."""

    set_at: datetime
    tries: int
    lockouts: int
    locked_until: datetime | None


class HeldHook(BaseModel):
    """What a media server sends to; its token is not kept."""

    id: int
    source: str
    prefix: str
    created_at: datetime


class HeldHookAccount(BaseModel):
    """Whose plays count there, and for which profile."""

    hook_id: int
    account: str
    profile: str | None


class HeldConnection(BaseModel):
    """A source that is asked for a profile; its tokens are not shown."""

    profile: str | None
    source: str
    account: str | None
    created_at: datetime
    synced_at: datetime | None
    synced_to: datetime | None
    problem: str | None


class UserExport(BaseModel):
    """Everything held of one user."""

    user_id: str
    profiles: list[HeldProfile]
    preferences: list[HeldPreference]
    history: list[HeldEvent]
    watchlist: list[HeldWish]
    library: list[HeldOwnedTitle]
    imports: list[HeldImport]
    import_rows: list[HeldImportRow]
    import_replaced: list[HeldReplacedOpinion]
    import_choices: list[HeldImportChoice]
    hooks: list[HeldHook]
    hook_accounts: list[HeldHookAccount]
    connections: list[HeldConnection]
    feedback: list[HeldFeedback]
    recommendations: list[HeldRecommendation]
    shared_lists: list[HeldSharedList]
    batch_lists: list[HeldBatchList]
    sessions: list[HeldSession]
    shadow_lists: list[HeldShadowList]
    idempotency_keys: list[HeldAnswer]
    household_pins: list[HeldPin]


_BATCH = 1_000  # rows that are written at once


def export_as_json(
    user_id: str, held: Iterable[tuple[str, Iterable[Mapping[str, Any]]]]
) -> Iterator[bytes]:
    """The JSON of a `UserExport` of these rows, by kind, piece by piece: never all at once."""
    yield b'{"user_id":' + orjson.dumps(user_id)
    for kind, rows in held:
        rows_of_kind: Any = UserExport.model_fields[kind].annotation
        of_kind = TypeAdapter[Any](rows_of_kind)
        yield f',"{kind}":['.encode()
        waiting = iter(rows)
        comma = b""
        while batch := list(islice(waiting, _BATCH)):
            yield comma + of_kind.dump_json(of_kind.validate_python(batch))[1:-1]
            comma = b","
        yield b"]"
    yield b"}"
