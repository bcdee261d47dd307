"""/imports: what viewers bring from elsewhere."""

from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Path, UploadFile

from api.access.caller import Caller
from api.access.dependency import CallerOf
from api.domain.limits import Limits
from api.platform.errors import NotAuthorised, NotFound
from api.platform.wire.inputs import ProfileName, Text, UserId
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided
from api.platform.wire.query_model import from_query
from api.viewers.events import ProfileKey
from api.viewers.imports.families import Family
from api.viewers.imports.imports import Imports
from api.viewers.imports.schemas import (
    ChoicesIn,
    ChoicesTaken,
    ImportOut,
    ImportQuery,
    ImportsPage,
    ImportsQuery,
    ImportTakenBack,
    ListedImportOut,
    RowsOut,
    RowsQuery,
    Written,
)

IMPORTS_PATH = "/imports"

router = APIRouter(prefix=IMPORTS_PATH, tags=["users"])

ImportsOf = Annotated[Imports, Depends(provided(Imports))]
ImportInPath = Annotated[
    int, Path(ge=1, le=2**63 - 1, description="An import, by its id.", examples=[1])
]
_Source = Annotated[
    Text | None, Form(max_length=40, description="Of which source it is, whatever it looks like.")
]
_Family = Annotated[
    Family | None,
    Form(description="Bring that alone; of a file that does not tell, it says what it is."),
]
_Account = Annotated[
    Text | None, Form(max_length=200, description="Whose rows, of an export of several people.")
]


@router.post(
    "",
    status_code=201,
    operation_id="create_import",
    summary="Read an export, without any effect yet",
    responses=documented(400, 403, 404, 413),
)
def create_import(
    caller: CallerOf,
    imports: ImportsOf,
    file: Annotated[UploadFile, File(description="As it came, a zip too; up to 64 MiB.")],
    user_id: Annotated[UserId, Form()],
    profile: Annotated[ProfileName | None, Form()] = None,
    source: _Source = None,
    kind: _Family = None,
    account: _Account = None,
) -> ImportOut:
    """What cannot be read is a 422 with one sentence. Of what was read and not applied, a user has
    the ten newest: one more and the oldest is gone. To a credential of one profile a title above
    its limits is unknown."""
    limits = caller.require_viewer(user_id, profile)
    overview = imports.create(
        ProfileKey(user_id, profile),
        file.file,
        file.filename or "file",
        source=source,
        family=kind,
        account=account,
        limits=caller.names_within(limits),
    )
    return ImportOut.of(overview)


@router.get(
    "",
    operation_id="list_imports",
    summary="What was brought, the newest first",
    response_model_exclude_unset=True,
    responses=documented(400, 403, 404),
)
def list_imports(
    query: Annotated[ImportsQuery, from_query(ImportsQuery)], caller: CallerOf, imports: ImportsOf
) -> ImportsPage:
    """Each can be read, applied and taken back by its id; of one that was taken back nothing is
    left. An unknown user has none, and a credential of a profile with limits is told of none, as
    its history names none."""
    limits = caller.require_viewer(query.user_id, query.profile)
    page, next_cursor = imports.page(
        ProfileKey(query.user_id, query.profile),
        cursor=query.cursor,
        limit=query.limit,
        limits=caller.names_within(limits),
    )
    listed = [ListedImportOut.of(one) for one in page]
    if next_cursor is None:
        return ImportsPage(items=listed)
    return ImportsPage(items=listed, next_cursor=next_cursor)


@router.get(
    "/{import_id:segment}",
    operation_id="read_import",
    summary="An import as it stands",
    responses=documented(403, 404),
)
def read_import(
    import_id: ImportInPath,
    asked: Annotated[ImportQuery, from_query(ImportQuery)],
    caller: CallerOf,
    imports: ImportsOf,
) -> ImportOut:
    """How many rows were understood, what was written of them, and what would be."""
    _require(caller, imports, import_id)
    return ImportOut.of(imports.overview(import_id, would_add=asked.would_add))


@router.get(
    "/{import_id:segment}/rows",
    operation_id="read_import_rows",
    summary="Every row of the export with what was understood of it",
    response_model_exclude_unset=False,
    responses=documented(400, 403, 404),
)
def read_rows(
    import_id: ImportInPath,
    asked: Annotated[RowsQuery, from_query(RowsQuery)],
    caller: CallerOf,
    imports: ImportsOf,
) -> RowsOut:
    """Titles above the profile's limits are not named."""
    limits = _require(caller, imports, import_id)
    page = imports.rows(
        import_id, status=asked.status, cursor=asked.cursor, limit=asked.limit, limits=limits
    )
    return RowsOut.of(page)


@router.patch(
    "/{import_id:segment}/rows",
    operation_id="choose_import_rows",
    summary="Say which titles rows mean",
    responses=documented(400, 403, 404, 413),
)
def choose(
    import_id: ImportInPath, body: ChoicesIn, caller: CallerOf, imports: ImportsOf
) -> ChoicesTaken:
    """Counts when the import is applied, again where it was: what it had written of another title
    goes then."""
    limits = _require(caller, imports, import_id)
    return ChoicesTaken(rows=imports.choose(import_id, body.taken(), limits))


@router.post(
    "/{import_id:segment}/apply",
    operation_id="apply_import",
    summary="Write what the matched rows say",
    responses=documented(403, 404),
)
def apply(import_id: ImportInPath, caller: CallerOf, imports: ImportsOf) -> ImportOut:
    """All of it or, when something fails, nothing. Again, it writes what was matched since: by
    titles that arrived, or by choices made after it was applied."""
    _require(caller, imports, import_id)
    return ImportOut.of(imports.apply(import_id))


@router.delete(
    "/{import_id:segment}",
    operation_id="take_back_import",
    summary="Take an import back",
    responses=documented(403, 404),
)
def take_back(import_id: ImportInPath, caller: CallerOf, imports: ImportsOf) -> ImportTakenBack:
    """Leaves what was there before, what other imports told as well, and what was changed since."""
    _require(caller, imports, import_id)
    return ImportTakenBack(removed=Written.of(imports.take_back(import_id)))


def _require(caller: Caller, imports: Imports, import_id: int) -> Limits:
    """The limits of whose it is; another's import is not found.

    Nor is to a credential of one profile what somebody else brought for it, or was brought before
    there was a limit, where that names titles above its limits.
    """
    viewer = imports.find(import_id).viewer
    try:
        limits = caller.require_viewer(viewer.user_id, viewer.profile)
    except (NotFound, NotAuthorised):
        raise NotFound("No such import.") from None
    if not imports.is_within(import_id, caller.names_within(limits)):
        raise NotFound("No such import.")
    return limits
