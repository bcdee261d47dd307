"""The search for titles of a name, and the candidates it returns."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field

from api.domain.items import MediaType
from etl.justwatch.answer import Cleaned, read_answer

CANDIDATES = 10  # asked for; the most popular first, so that a common word still shows an old film
LONGEST_NAME = 200

QUERY = """
query Search(
  $country: Country!, $language: Language!, $first: Int!, $filter: TitleFilter!
) {
  popularTitles(country: $country, first: $first, filter: $filter) {
    edges {
      node {
        id
        objectType
        content(country: $country, language: $language) {
          title
          originalReleaseYear
          ... on MovieOrShowOrSeasonContent {
            externalIds {
              imdbId
              tmdbId
            }
          }
        }
      }
    }
  }
}
"""

OBJECT_TYPES: dict[MediaType, str] = {"movie": "MOVIE", "tv": "SHOW"}
_MEDIA_TYPES: dict[str, MediaType] = {"MOVIE": "movie", "SHOW": "tv"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A title of JustWatch that may be one of ours."""

    node_id: str
    media_type: MediaType | None  # None: a season or an episode
    title: str
    year: int | None
    tmdb_id: int | None
    imdb_id: str | None


def _number(value: Any) -> int | None:
    return int(value) if isinstance(value, str | int) and str(value).isdecimal() else None


class _ExternalIds(BaseModel):
    imdbId: Cleaned = None  # noqa: N815 - JustWatch's spelling
    tmdbId: Annotated[int | None, BeforeValidator(_number)] = None  # noqa: N815


class _Content(BaseModel):
    title: Cleaned = None
    originalReleaseYear: int | None = None  # noqa: N815
    externalIds: _ExternalIds | None = None  # noqa: N815


class _Node(BaseModel):
    id: Annotated[str, Field(min_length=1, max_length=100)]
    objectType: str  # noqa: N815
    content: _Content


class _Edge(BaseModel):
    node: _Node


class _Titles(BaseModel):
    edges: list[_Edge]


class _Found(BaseModel):
    popularTitles: _Titles  # noqa: N815


def read_candidates(document: object) -> list[Candidate]:
    """The titles of the answer in its order; raises Misunderstood."""
    found = read_answer(document, _Found, question="search")
    return [_candidate(edge.node) for edge in found.popularTitles.edges]


def _candidate(node: _Node) -> Candidate:
    ids = node.content.externalIds or _ExternalIds()
    return Candidate(
        node_id=node.id,
        media_type=_MEDIA_TYPES.get(node.objectType),
        title=node.content.title or "",
        year=node.content.originalReleaseYear or None,
        tmdb_id=ids.tmdbId,
        imdb_id=ids.imdbId,
    )
