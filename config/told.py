"""What is wrong with a setting or a file, in the words in which requests are refused."""

from pydantic import ValidationError

from api.platform.wire.validation_problem import message_of
from api.platform.wire.wrong_field import place_of

_WITHOUT_VALUE = ("missing", "extra_forbidden")
_OF_A_NAME = "[key]"  # how pydantic says that the name of an entry is wrong, and not what it holds


def first_wrong(error: ValidationError, *within: str) -> tuple[str, str]:
    """The first wrong entry's name, with dots, and what is wrong with it.

    `within` are the tables that the checked part stands in. No name: it is the whole.
    """
    first = error.errors(include_url=False)[0]
    place = (*within, *(part for part in place_of(first) if part != _OF_A_NAME))
    return ".".join(map(str, place)), message_of(first)


def with_value(message: str, error: ValidationError) -> str:
    """The same with the value that is there, unless the message begins with it.

    Nothing is added for a missing entry, whose value would be that of all beside it.
    """
    first = error.errors(include_url=False)[0]
    written = str(first["input"])
    if first["type"] in _WITHOUT_VALUE or (written and message.startswith(written)):
        return message
    return f"{message}, not {first['input']!r}"
