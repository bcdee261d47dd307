"""`fields`: which fields of its cards an answer is to have.

They are taken from the answer once it is made. So whatever makes it, keeps it or goes on with it by
a cursor knows nothing of them, and everything beside the cards stays.
"""

from functools import partial
from typing import Any

import orjson
from pydantic import BaseModel, BeforeValidator, WithJsonSchema

from api.platform.wire.storable import is_storable

Fields = tuple[str, ...]

_LONGEST = 500
# A parameter is `Annotated[Fields, among(Card), WRITTEN]`.
WRITTEN = WithJsonSchema(
    {
        "type": "string",
        "maxLength": _LONGEST,
        "description": "Which fields of its titles the answer is to have, with commas between; "
        "`id` for ids alone. All of them where it is not given. What stands beside the titles "
        "stays. The schema of the answer is that of a title with all of them.",
        "examples": ["id,title,poster_url"],
    }
)


def among(card: type[BaseModel]) -> BeforeValidator:
    """Takes names of the card's fields; refuses others by their names, with those there are."""
    return BeforeValidator(partial(_chosen, tuple(card.model_fields)))


def _chosen(known: Fields, given: object) -> Fields:
    if not isinstance(given, str) or len(given) > _LONGEST or not is_storable(given):
        raise ValueError(f"must be names with commas between, of at most {_LONGEST} characters")
    # A name that is empty or said twice asks for nothing more, as in any list with commas.
    chosen = tuple(dict.fromkeys(filter(None, (name.strip() for name in given.split(",")))))
    there_are = f"There are: {', '.join(known)}"
    if not chosen:
        raise ValueError(f"must name a field, or be left out for all of them. {there_are}")
    if unknown := [name for name in chosen if name not in known]:
        raise ValueError(f"there is no field {', '.join(unknown)}. {there_are}")
    return chosen


def with_fields(body: bytes, fields: Fields | None) -> bytes:
    """An answer in JSON whose `items`, and those of each of its `rows`, have these fields alone.

    None: as it is. Takes .1 ms for twenty titles of a list.
    """
    if fields is None:
        return body
    answer: dict[str, Any] = orjson.loads(body)
    for holder in (answer, *answer.get("rows", ())):
        if "items" in holder:
            holder["items"] = [
                {name: card[name] for name in fields if name in card} for card in holder["items"]
            ]
    return orjson.dumps(answer)
