"""/recommend/batch: lists for many viewers."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import StreamingResponse

from api.access.dependency import CallerOf
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided
from api.recommend.batch.batch import Batches
from api.recommend.batch.schemas import BatchRequest

router = APIRouter(tags=["recommend"])

BatchesOf = Annotated[Batches, Depends(provided(Batches))]
_LINES = "application/x-ndjson"
_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "For each viewer a line of JSON: `user_id`, `profile` and a page as "
        "GET /recommend answers it, or `problem` and no items",
        "content": {_LINES: {"schema": {"type": "string"}}},
    }
}


@router.post(
    "/recommend/batch",
    operation_id="recommend_batch",
    summary="Lists for up to 1,000 viewers, as a file of lines",
    response_class=StreamingResponse,
    responses=documented(400, 403, 404, 413) | _ANSWER,
)
def batch(body: BatchRequest, caller: CallerOf, batches: BatchesOf) -> StreamingResponse:
    """Lines come as they are made; who stops reading stops it, and may ask for the rest later."""
    for user_id in {viewer.user_id for viewer in body.viewers}:
        caller.require_user(user_id)
    caller.require_operator()
    headers = {"Content-Disposition": 'attachment; filename="lists.ndjson"'}
    return StreamingResponse(batches.lines(body), media_type=_LINES, headers=headers)
