"""A name that a model does not know, with the one that was meant where that is but for a slip."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from pydantic import ValidationError
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError

UNKNOWN = "extra_forbidden"  # as pydantic calls it
_A_SLIP = 0.8  # of the letters that two names share
_LONGEST = 40  # of a name that may be one but for a slip


def meant_by(name: str, known: Iterable[str]) -> str | None:
    """The known name that this one nearly is. Takes a tenth of a millisecond, so it is looked for
    where it is told, and not for every name of a body."""
    nearest = get_close_matches(name, known, n=1, cutoff=_A_SLIP) if len(name) <= _LONGEST else []
    return nearest[0] if nearest else None


def with_known(error: ValidationError, known: Sequence[str]) -> ValidationError:
    """The same error of a model; for names that the model itself does not know it has those that
    it knows."""
    found = error.errors(include_url=False)
    if not any(map(_is_of_model, found)):
        return error
    told = [
        InitErrorDetails(
            type=PydanticCustomError(
                one["type"], one["msg"], {"known": known} if _is_of_model(one) else one.get("ctx")
            ),
            loc=one["loc"],
            input=one["input"],
        )
        for one in found
    ]
    return ValidationError.from_exception_data(error.title, told)


def _is_of_model(error: ErrorDetails) -> bool:
    return error["type"] == UNKNOWN and len(error["loc"]) == 1
