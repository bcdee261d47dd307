"""/recommend/batch and /recommend/batches: lists for many viewers, at once or ordered."""

from collections.abc import Iterator
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Response
from fastapi.responses import StreamingResponse

from api.access.caller import Caller
from api.access.dependency import CallerOf
from api.platform.wire.problem import described, documented
from api.platform.wire.provided import provided
from api.recommend.batch.batch import Batches
from api.recommend.batch.order_store import Order
from api.recommend.batch.orders import Orders
from api.recommend.batch.schemas import BatchAnswer, BatchRequest, BatchState

router = APIRouter(tags=["recommend"])

BatchesOf = Annotated[Batches, Depends(provided(Batches))]
OrdersOf = Annotated[Orders, Depends(provided(Orders))]
BatchInPath = Annotated[UUID, Path(description="A batch.")]
_LINES = "application/x-ndjson"
_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "For each viewer a line of JSON: `user_id`, `profile` and a page as "
        "GET /recommend answers it, or `problem` and no items",
        "content": {_LINES: {"schema": {"type": "string"}}},
    }
}
_UNMADE: dict[int | str, dict[str, Any]] = {409: described("Its lists are still being made")}


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
    return _file(batches.lines(body))


@router.post(
    "/recommend/batches",
    operation_id="order_batch",
    summary="Order lists for up to 1,000 viewers, to be downloaded later",
    status_code=202,
    responses=documented(400, 403, 404, 413),
)
def order(
    body: BatchRequest, caller: CallerOf, orders: OrdersOf, response: Response
) -> BatchAnswer:
    """A worker makes them, with the job `lists`; `Location` tells how far it is."""
    for user_id in {viewer.user_id for viewer in body.viewers}:
        caller.require_user(user_id)
    caller.require_operator()
    ordered = orders.order(body)
    response.headers["Location"] = f"/recommend/batches/{ordered.id}"
    return _answer(orders, ordered)


@router.get(
    "/recommend/batches/{batch:segment}",
    operation_id="read_batch",
    summary="How far ordered lists are",
    responses=documented(403, 404),
)
def read(batch: BatchInPath, caller: CallerOf, orders: OrdersOf) -> BatchAnswer:
    """`done` can be downloaded until it expires; `waits_for` tells what keeps it from that."""
    return _answer(orders, _own(batch, caller, orders))


@router.get(
    "/recommend/batches/{batch:segment}/lists",
    operation_id="download_batch",
    summary="Ordered lists as a file of lines",
    response_class=StreamingResponse,
    responses=documented(403, 404) | _ANSWER | _UNMADE,
)
def download(batch: BatchInPath, caller: CallerOf, orders: OrdersOf) -> StreamingResponse:
    """The lines of POST /recommend/batch. What limits forbid by now is left out."""
    return _file(orders.lines(_own(batch, caller, orders)))


@router.delete(
    "/recommend/batches/{batch:segment}",
    operation_id="call_off_batch",
    summary="Call ordered lists off, or remove what was made",
    status_code=204,
    responses=documented(403, 404),
)
def call_off(batch: BatchInPath, caller: CallerOf, orders: OrdersOf) -> None:
    """Lists that were made stay known as lists: feedback may still name them."""
    orders.call_off(_own(batch, caller, orders))


def _own(batch_id: UUID, caller: Caller, orders: Orders) -> Order:
    order = orders.read(batch_id)
    for user_id in order.user_ids:
        caller.require_user(user_id)
    caller.require_operator()
    return order


def _answer(orders: Orders, order: Order) -> BatchAnswer:
    state: BatchState = "done" if order.is_done else "working" if order.made else "waiting"
    return BatchAnswer(
        id=order.id,
        state=state,
        viewers=order.viewers,
        made=order.made,
        created_at=order.created_at,
        expires_at=order.expires_at,
        waits_for=orders.why_it_waits(order),
    )


def _file(lines: Iterator[bytes]) -> StreamingResponse:
    headers = {"Content-Disposition": 'attachment; filename="lists.ndjson"'}
    return StreamingResponse(lines, media_type=_LINES, headers=headers)
