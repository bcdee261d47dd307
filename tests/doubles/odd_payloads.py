"""Detail documents with seeded faults of the kinds that TMDB has sent, or that nobody thought of.

Every document keeps a name, so every title can be kept, and one part that must survive: a member
of the cast, a keyword and a certificate beside those that are faulty.
"""

import copy
import random
from collections.abc import Callable
from typing import Any

Document = dict[str, Any]

_JUNK: tuple[Any, ...] = (
    None, "", "many", -1, 0, 2**31, 2**63, 1.5, 1e300, True, [], {}, [None], {"a": 1},
    "x\x00y", "y" * 3000, "\U00020000" * 900, "\ud800", [[]], "NaN",
)  # fmt: skip

_LISTS = (
    ("credits", "cast"), ("credits", "crew"), ("keywords", "keywords"), ("keywords", "results"),
    ("release_dates", "results"), ("content_ratings", "results"), ("genres",),
    ("similar", "results"), ("recommendations", "results"), ("alternative_titles", "titles"),
    ("alternative_titles", "results"), ("production_countries",), ("origin_country",),
    ("created_by",), ("seasons",), ("watch/providers", "results", "GB", "flatrate"),
)  # fmt: skip
_PARTS = (
    "credits", "keywords", "release_dates", "content_ratings", "genres", "similar",
    "recommendations", "alternative_titles", "production_countries", "origin_country",
    "watch/providers", "external_ids", "belongs_to_collection", "popularity", "vote_average",
    "vote_count", "runtime", "release_date", "first_air_date", "overview", "tagline", "status",
    "poster_path", "imdb_id", "original_language", "original_title", "original_name", "created_by",
    "seasons", "episode_run_time", "last_episode_to_air", "id_of_nobody",
)  # fmt: skip


def odd_document(media_type: str, tmdb_id: int, chance: random.Random) -> Document:
    """A title's document with one to four faults."""
    document = _whole(media_type, tmdb_id)
    for _ in range(chance.randint(1, 4)):
        fault: Callable[[Document, random.Random], None] = chance.choice(
            [_element, _field_of_element, _field_of_element, _part]
        )
        fault(document, chance)
    return document


def _element(document: Document, chance: random.Random) -> None:
    """Something else among the elements of a list."""
    elements = _at(document, chance.choice(_LISTS))
    if isinstance(elements, list):
        elements.insert(chance.randint(0, len(elements)), copy.deepcopy(chance.choice(_JUNK)))


def _field_of_element(document: Document, chance: random.Random) -> None:
    """An element more, like another, with a field that holds something else."""
    elements = _at(document, chance.choice(_LISTS))
    if not isinstance(elements, list) or not elements or not isinstance(elements[-1], dict):
        return
    odd = copy.deepcopy(elements[-1])
    odd[chance.choice(sorted(odd))] = copy.deepcopy(chance.choice(_JUNK))
    elements.insert(0, odd)


def _part(document: Document, chance: random.Random) -> None:
    """A part of the document, or one within it, that holds something else."""
    name = chance.choice(_PARTS)
    inner = document.get(name)
    junk = copy.deepcopy(chance.choice(_JUNK))
    if isinstance(inner, dict) and inner and chance.random() < 0.5:
        inner[chance.choice(sorted(inner))] = junk
    else:
        document[name] = junk


def _at(document: Document, path: tuple[str, ...]) -> Any:
    value: Any = document
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _whole(media_type: str, tmdb_id: int) -> Document:
    person = {
        "id": 7,
        "name": "Ada Quill",
        "character": "The Keeper",
        "order": 0,
        "popularity": 1.5,
    }
    common: Document = {
        "id": tmdb_id, "popularity": 10.0, "vote_average": 7.1, "vote_count": 300,
        "overview": "A keeper finds a lamp.", "tagline": "Light it.", "status": "Released",
        "poster_path": "/a.jpg", "original_language": "en", "origin_country": ["GB"],
        "production_countries": [{"iso_3166_1": "GB", "name": "United Kingdom"}],
        "genres": [{"id": 18, "name": "Drama"}],
        "credits": {"cast": [person], "crew": [{"id": 8, "name": "Bo Reed", "job": "Director"}]},
        "external_ids": {"imdb_id": f"tt{tmdb_id:07}"},
        "similar": {"results": [{"id": 5}]}, "recommendations": {"results": [{"id": 6}]},
        "watch/providers": {"results": {"GB": {"link": "https://example.org",
            "flatrate": [{"provider_id": 8, "provider_name": "Netflix"}]}}},
    }  # fmt: skip
    if media_type == "movie":
        return common | {
            "title": f"Odd Film {tmdb_id}", "original_title": f"Seltsam {tmdb_id}",
            "release_date": "2020-01-02", "runtime": 99, "imdb_id": f"tt{tmdb_id:07}",
            "belongs_to_collection": {"id": 3, "name": "The Odd Collection"},
            "keywords": {"keywords": [{"id": 1, "name": "fog"}]},
            "release_dates": {"results": [
                {"iso_3166_1": "GB", "release_dates": [{"certification": "12A", "type": 3}]}]},
            "alternative_titles": {"titles": [{"title": "Strange"}]},
        }  # fmt: skip
    return common | {
        "name": f"Odd Show {tmdb_id}", "original_name": f"Seltsam {tmdb_id}",
        "first_air_date": "2020-01-02", "episode_run_time": [44],
        "last_episode_to_air": {"runtime": 44}, "created_by": [{"id": 9, "name": "Cy Holm"}],
        "seasons": [{"season_number": 1, "episode_count": 8, "air_date": "2020-01-02"}],
        "keywords": {"results": [{"id": 1, "name": "fog"}]},
        "content_ratings": {"results": [{"iso_3166_1": "GB", "rating": "12"}]},
        "alternative_titles": {"results": [{"title": "Strange"}]},
    }  # fmt: skip
