"""/users/{user_id}/watchlist: what a viewer means to watch."""

from typing import Annotated

from fastapi import APIRouter, Depends

from api.access.dependency import CallerOf
from api.platform.wire.inputs import ProfileOnly, ReferenceInPath, UserInPath
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided
from api.platform.wire.query_model import from_query
from api.viewers.added_titles.schemas import AddedTitlesPage, AddedTitlesQuery
from api.viewers.events import ProfileKey
from api.viewers.watchlist.schemas import WatchlistAdded, WatchlistRemoved
from api.viewers.watchlist.watchlist import Watchlist

router = APIRouter(prefix="/users/{user_id:segment}/watchlist", tags=["users"])

WatchlistOf = Annotated[Watchlist, Depends(provided(Watchlist))]


@router.get(
    "",
    operation_id="read_watchlist",
    summary="What a profile means to watch, the newest first",
    response_model_exclude_none=True,
    responses=documented(400, 403, 404),
)
def read_watchlist(
    user_id: UserInPath,
    asked: Annotated[AddedTitlesQuery, from_query(AddedTitlesQuery)],
    caller: CallerOf,
    watchlist: WatchlistOf,
) -> AddedTitlesPage:
    """Titles above the profile's limits are left out."""
    limits = caller.require_viewer(user_id, asked.profile)
    viewer = ProfileKey(user_id, asked.profile)
    page = watchlist.page(viewer, cursor=asked.cursor, limit=asked.limit, limits=limits)
    return AddedTitlesPage.of(*page)


@router.put(
    "/{item:segment}",
    operation_id="add_to_watchlist",
    summary="Put a title on the list",
    responses=documented(403, 404),
)
def add_to_watchlist(
    user_id: UserInPath,
    item: ReferenceInPath,
    asked: Annotated[ProfileOnly, from_query(ProfileOnly)],
    caller: CallerOf,
    watchlist: WatchlistOf,
) -> WatchlistAdded:
    """Makes the profile where there is none. Again, it changes nothing.

    A title above the profile's limits is a 404 that says so; to a credential of one profile it is
    unknown.
    """
    limits = caller.require_viewer(user_id, asked.profile)
    viewer, names = ProfileKey(user_id, asked.profile), caller.names_within(limits)
    added = watchlist.add(viewer, item, limits, names_within=names)
    return WatchlistAdded(added=added)


@router.delete(
    "/{item:segment}",
    operation_id="remove_from_watchlist",
    summary="Take a title off the list",
    responses=documented(403, 404),
)
def remove_from_watchlist(
    user_id: UserInPath,
    item: ReferenceInPath,
    asked: Annotated[ProfileOnly, from_query(ProfileOnly)],
    caller: CallerOf,
    watchlist: WatchlistOf,
) -> WatchlistRemoved:
    """Again, it changes nothing. To a credential of one profile a title above its limits is
    unknown."""
    limits = caller.names_within(caller.require_viewer(user_id, asked.profile))
    removed = watchlist.remove(ProfileKey(user_id, asked.profile), item, limits)
    return WatchlistRemoved(removed=removed)
