"""Names in a request that the catalogue does not know, and what TMDB knows of them."""

from dataclasses import dataclass
from typing import Literal

from api.domain.items import MediaType


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A name of a clear role in a text, for which the catalogue has no title and no person."""

    kind: Literal["title", "person"]
    name: str  # as it is written
    is_sure: bool  # written as a name is: in quotes, with capitals, or after words such as "by"
    year: int | None = None  # what else the text says of a title
    media_type: MediaType | None = None
    roles: frozenset[str] = frozenset()  # of a person


@dataclass(frozen=True, slots=True)
class TitleAtTmdb:
    """A title that TMDB names so; `id` is the catalogue's, None for one that it does not have."""

    media_type: MediaType
    tmdb_id: int
    title: str
    year: int | None
    overview: str
    id: int | None = None

    @property
    def label(self) -> str:
        """The title, with its year where that is known."""
        return f"{self.title} ({self.year})" if self.year else self.title

    @property
    def reference(self) -> str:
        """The title as clients refer to it."""
        return f"{self.media_type}:{self.tmdb_id}"

    @property
    def story(self) -> str:
        """What there is to search near to, like the vectors of titles; "" without an overview."""
        return f"{self.title}: {self.overview}" if self.overview else ""


@dataclass(frozen=True, slots=True)
class PersonAtTmdb:
    """A person whom TMDB names so; `id` as of titles."""

    tmdb_id: int
    name: str
    id: int | None = None


EntityAtTmdb = TitleAtTmdb | PersonAtTmdb
