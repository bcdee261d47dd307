"""/users/{user_id}/track-record: what became of what was recommended."""

from typing import Annotated

from fastapi import APIRouter, Depends

from api.access.dependency import CallerOf
from api.platform.wire.inputs import UserInPath
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided
from api.platform.wire.query_model import from_query
from api.recommend.track_record.schemas import TrackRecordOut, TrackRecordQuery
from api.recommend.track_record.track_records import TrackRecords
from api.viewers.events import ProfileKey

router = APIRouter(prefix="/users", tags=["users"])

TrackRecordsOf = Annotated[TrackRecords, Depends(provided(TrackRecords))]


@router.get(
    "/{user_id:segment}/track-record",
    operation_id="read_track_record",
    summary="What became of what was recommended to a profile",
    responses=documented(403, 404),
)
def track_record(
    user_id: UserInPath,
    query: Annotated[TrackRecordQuery, from_query(TrackRecordQuery)],
    caller: CallerOf,
    track_records: TrackRecordsOf,
) -> TrackRecordOut:
    """Served lists are kept for SLATE_KEEP_DAYS, so nothing older can be told; see `since`."""
    limits = caller.require_viewer(user_id, query.profile)
    viewer = ProfileKey(user_id, query.profile)
    record = track_records.of(viewer, days=query.days, since=query.since, limits=limits)
    return TrackRecordOut.of(record, user_id=user_id, profile=query.profile)
