"""/users/{user_id}/library: what a household owns."""

from typing import Annotated

from fastapi import APIRouter, Depends

from api.access.dependency import CallerOf
from api.platform.wire.inputs import UserInPath
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided
from api.platform.wire.query_model import from_query
from api.viewers.added_titles.schemas import AddedTitlesPage, AddedTitlesQuery
from api.viewers.library.library import Library
from api.viewers.library.schemas import LibraryAdded, LibraryChange, LibraryRemoved

router = APIRouter(prefix="/users/{user_id:segment}/library", tags=["users"])

LibraryOf = Annotated[Library, Depends(provided(Library))]


@router.get(
    "",
    operation_id="read_library",
    summary="What a household owns, the newest first",
    response_model_exclude_none=True,
    responses=documented(400, 403, 404),
)
def read_library(
    user_id: UserInPath,
    asked: Annotated[AddedTitlesQuery, from_query(AddedTitlesQuery)],
    caller: CallerOf,
    library: LibraryOf,
) -> AddedTitlesPage:
    """Titles above the profile's limits are left out."""
    limits = caller.require_viewer(user_id, asked.profile)
    page = library.page(user_id, cursor=asked.cursor, limit=asked.limit, limits=limits)
    return AddedTitlesPage.of(*page)


@router.put(
    "",
    operation_id="add_to_library",
    summary="Add titles that a household owns",
    responses=documented(400, 403, 404, 413),
)
def add_to_library(
    user_id: UserInPath,
    body: LibraryChange,
    caller: CallerOf,
    library: LibraryOf,
) -> LibraryAdded:
    """All of them or, where one is unknown, none. Again, it changes nothing."""
    caller.require_user(user_id)
    return LibraryAdded(added=library.add(user_id, body.items))


@router.delete(
    "",
    operation_id="remove_from_library",
    summary="Take titles out of it",
    responses=documented(400, 403, 404, 413),
)
def remove_from_library(
    user_id: UserInPath,
    body: LibraryChange,
    caller: CallerOf,
    library: LibraryOf,
) -> LibraryRemoved:
    """All of them or, where one is unknown, none. Again, it changes nothing."""
    caller.require_user(user_id)
    return LibraryRemoved(removed=library.remove(user_id, body.items))
