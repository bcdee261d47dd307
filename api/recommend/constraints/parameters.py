"""Filters as parameters: how a client writes them, and how they are kept with a list."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any, ClassVar

import orjson
from pydantic import AfterValidator, BaseModel, Field, TypeAdapter

from api.domain.limits import Limits
from api.platform.database import Database
from api.platform.wire.inputs import Text
from api.recommend.constraints.constraint import Constraint
from api.viewers.events import ProfileKey

_MOST_LISTED = 50


def split(written: str | None) -> list[str]:
    """The parts of a list with commas, without those that are empty."""
    return [part for part in (name.strip() for name in (written or "").split(",")) if part]


def _is_short(written: str) -> str:
    if (count := len(split(written))) > _MOST_LISTED:
        raise ValueError(f"at most {_MOST_LISTED} may be listed, not {count}")
    return written


Csv = Annotated[Text, Field(max_length=500), AfterValidator(_is_short)]


class FilterGroup(BaseModel):
    """The parameters of one kind of filter; a subclass adds them as fields.

    Whatever a parameter asks for holds: it is a command and is never relaxed.
    """

    kinds: ClassVar[tuple[type[Constraint], ...]] = ()  # that it makes

    def constraints(self, database: Database) -> Iterator[Constraint]:  # noqa: ARG002 - few ask it
        """What these parameters ask for; raises InvalidInput or UnknownItems for unknown names."""
        yield from ()

    def of_titles(
        self,
        database: Database,  # noqa: ARG002
        names_within: Limits,  # noqa: ARG002
    ) -> Iterator[Constraint]:
        """What they ask for of titles by name; raises UnknownItems for what may not be named."""
        yield from ()

    def of_viewers(self, viewers: Sequence[ProfileKey]) -> Iterator[Constraint]:  # noqa: ARG002
        """What they ask for that depends on whom the list is for; `viewers` may be nobody."""
        yield from ()


def filters_of(
    parameters: FilterGroup,
    database: Database,
    viewers: Sequence[ProfileKey],
    *,
    names_within: Limits,
) -> tuple[Constraint, ...]:
    """What all the groups ask for that these parameters are made of.

    `names_within` are the limits within which whoever asks may name titles.
    """
    return tuple(
        constraint
        for group in _groups(type(parameters))
        for made in (
            group.constraints(parameters, database),
            group.of_titles(parameters, database, names_within),
            group.of_viewers(parameters, viewers),
        )
        for constraint in made
    )


def to_json(constraint: Constraint) -> dict[str, Any]:
    """A filter as it is stored; equal filters give equal JSON in every process."""
    fields: dict[str, Any] = orjson.loads(orjson.dumps(constraint, default=sorted))
    return {"code": constraint.code, **fields}


def from_json(
    parameters: type[FilterGroup], stored: Iterable[Mapping[str, Any]]
) -> tuple[Constraint, ...]:
    """The filters again. One of a newer release is left out: only a replay would need it."""
    kinds = {kind.code: kind for group in _groups(parameters) for kind in group.kinds}
    return tuple(
        TypeAdapter(kinds[fields["code"]]).validate_python(fields)
        for fields in stored
        if fields["code"] in kinds
    )


def _groups(parameters: type[FilterGroup]) -> list[type[FilterGroup]]:
    return [
        group
        for group in parameters.__mro__
        if issubclass(group, FilterGroup) and "kinds" in vars(group)
    ]
