"""/recommend/group: one list for several viewers."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.access.dependency import CallerOf
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided
from api.recommend.group.group import Groups
from api.recommend.group.schemas import GroupPage, GroupRequest
from api.recommend.routes import answer

router = APIRouter(tags=["recommend"])

GroupsOf = Annotated[Groups, Depends(provided(Groups))]


@router.post(
    "/recommend/group",
    operation_id="recommend_to_group",
    summary="One list for two to eight viewers, with what each title is to each of them",
    response_model=GroupPage,
    responses=documented(400, 403, 404, 410, 413),
)
def recommend_to_group(body: GroupRequest, caller: CallerOf, groups: GroupsOf) -> Response:
    """Limits are the strictest of all. The next page takes the same body with `cursor`."""
    caller.require_several()
    limits = [caller.require_viewer(one.user_id, one.profile) for one in body.members]
    return answer(groups.page(body, limits), body.fields)
