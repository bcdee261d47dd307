"""Reading a document of TMDB's part by part: what cannot be read is left out and counted.

One null id in a crew list costs that member, not the title.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=BaseModel)
Place = tuple[int | str, ...]

# A part without its id goes in two rounds, first the id and then what cannot be without it.
_MOST_ROUNDS = 6


class Unreadable(Exception):
    """A document that says nothing even without its faulty parts."""


@dataclass(frozen=True, slots=True)
class Pruned(Generic[Model]):
    """What could be read, and how many parts were left out, by place and reason."""

    content: Model
    dropped: Counter[str]


def read_pruned(model: type[Model], document: object) -> Pruned[Model]:
    """`document` as `model`, without the parts that are not of its shape.

    An element of a list goes by itself, any other value as if it had not been sent. Raises
    Unreadable when what is left is not of the shape either.
    """
    dropped: Counter[str] = Counter()
    for _ in range(_MOST_ROUNDS):
        try:
            return Pruned(model.model_validate(document), dropped)
        except ValidationError as error:
            faults = error.errors(include_url=False, include_context=False)
        by_place = {_part_of(fault): fault for fault in faults}
        if () in by_place:
            break
        dropped.update(_reason(place, fault) for place, fault in by_place.items())
        document = _without(document, set(by_place))
    raise Unreadable


def _part_of(fault: ErrorDetails) -> Place:
    """The element of the innermost list that holds the fault; outside of lists the value itself."""
    place = fault["loc"]
    if place and place[-1] == "[key]":
        place = place[:-1]
    for length in range(len(place), 0, -1):
        if isinstance(place[length - 1], int):
            return place[:length]
    return place[:-1] if fault["type"] == "missing" else place


def _reason(place: Place, fault: ErrorDetails) -> str:
    """Where and what, such as "credits.crew: id, int_type"; never the value itself."""
    part = ".".join(step for step in place if isinstance(step, str))
    within = ".".join(map(str, fault["loc"][len(place) :]))
    return f"{part}: {within}, {fault['type']}" if within else f"{part}: {fault['type']}"


def _without(value: Any, places: set[Place], at: Place = ()) -> Any:
    """A copy without what is at `places`; branches that hold none of them are shared."""
    if not any(place[: len(at)] == at for place in places):
        return value
    if isinstance(value, dict):
        return {
            name: _without(part, places, (*at, name))
            for name, part in value.items()
            if (*at, name) not in places
        }
    if isinstance(value, list):
        return [
            _without(part, places, (*at, number))
            for number, part in enumerate(value)
            if (*at, number) not in places
        ]
    return value
