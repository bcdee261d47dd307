"""Looking up one person."""

import re
from typing import Any

from api.catalogue.people.person_records import PersonRef, read_person, read_titles_of
from api.domain.limits import Limits
from api.platform.database import Database
from api.platform.errors import NotFound
from api.platform.largest_integer import LARGEST_INTEGER

_REFERENCE = re.compile(r"(tmdb:)?([1-9]\d{0,9})")


class People:
    """The use case of GET /people/{person}."""

    def __init__(self, database: Database, *, images: str) -> None:
        """`images` is the address that poster paths follow."""
        self._database = database
        self._images = images

    def record(self, reference: str, *, limits: Limits, limit: int) -> dict[str, Any]:
        """The person with at most `limit` titles within the limits. Raises NotFound."""
        person = parse_person(reference)
        found = read_person(self._database, person) if person else None
        if found is None:
            raise NotFound(f"The catalogue has no person {reference}.")
        titles = read_titles_of(self._database, found["id"], limits=limits, limit=limit)
        for title in titles:
            poster = title.pop("poster_path")
            title["poster_url"] = f"{self._images}{poster}" if poster else None
        return found | {"titles": titles}


def parse_person(reference: str) -> PersonRef | None:
    """Reads "17" or "tmdb:287"; else None."""
    found = _REFERENCE.fullmatch(reference)
    if found is None or int(found[2]) > LARGEST_INTEGER:
        return None
    return PersonRef(int(found[2]), is_tmdb=found[1] is not None)
