"""Invented titles in TMDB's form, as many as wanted and the same for the same seed."""

import random
from typing import Any

from tests.doubles.tmdb import TmdbDouble

_TEXT = """
amber anchor ash autumn bell birch bridge candle canal cedar clock coast copper cove creek
dawn delta drift dune echo ember falcon fern field fjord flint fog forest frost garden glass
granite grove gull harbour hazel heath heron hill hollow ice iron island ivory lake lantern
larch light linen maple marsh meadow mill mirror mist moor moss night oak ocean orchard otter
paper pearl pebble pine quarry quill rain raven reed ridge river road rose salt sand shadow
shore silver slate smoke snow spruce star stone storm summer swan thistle thorn tide timber
tower valley velvet wave willow wind winter wolf wren
"""
_WORDS = _TEXT.split()
_GENRES = (12, 14, 16, 18, 27, 28, 35, 36, 37, 53, 80, 99, 878, 9648, 10402, 10749, 10751, 10752)
_LANGUAGES = ("en", "fr", "de", "es", "ja", "ko")
_PEOPLE = 2000
_LIST_LENGTH = 100


def invent_titles(tmdb: TmdbDouble, count: int, *, seed: int) -> None:
    """Fills the double: three films to each show, and every list."""
    chance = random.Random(seed)  # the same titles for the same seed
    for tmdb_id in range(1, count + 1):
        name = " ".join(chance.sample(_WORDS, 3)).title()
        if tmdb_id % 4:
            tmdb.add_film(tmdb_id, name, **_film(chance))
        else:
            tmdb.add_show(tmdb_id, name, **_show(chance))
    for media_type in ("movie", "tv"):
        ids = [tmdb_id for kind, tmdb_id in tmdb.titles if kind == media_type]
        for path in (
            f"{media_type}/popular",
            f"{media_type}/top_rated",
            f"trending/{media_type}/day",
            f"trending/{media_type}/week",
        ):
            tmdb.lists[path] = chance.sample(ids, min(_LIST_LENGTH, len(ids)))


def _film(chance: random.Random) -> dict[str, Any]:
    return _common(chance) | {
        "release_date": _day(chance),
        "runtime": chance.randint(60, 200),
        "keywords": {"keywords": _keywords(chance)},
        "release_dates": {
            "results": [
                {
                    "iso_3166_1": "US",
                    "release_dates": [{"certification": chance.choice(["PG", "R"]), "type": 3}],
                }
            ]
        },
    }


def _show(chance: random.Random) -> dict[str, Any]:
    return _common(chance) | {
        "first_air_date": _day(chance),
        "episode_run_time": [chance.randint(20, 60)],
        "keywords": {"results": _keywords(chance)},
        "content_ratings": {"results": [{"iso_3166_1": "US", "rating": "TV-14"}]},
    }


def _common(chance: random.Random) -> dict[str, Any]:
    return {
        "overview": " ".join(chance.choices(_WORDS, k=chance.randint(10, 60))).capitalize() + ".",
        "popularity": round(chance.lognormvariate(1, 1), 3),
        "vote_average": round(chance.uniform(2, 9), 1),
        "vote_count": chance.randint(0, 20_000),
        "original_language": chance.choice(_LANGUAGES),
        "genres": [{"id": one, "name": ""} for one in chance.sample(_GENRES, 2)],
        "credits": {
            "cast": [_member(chance) | {"order": place} for place in range(6)],
            "crew": [_member(chance) | {"job": job} for job in ("Director", "Writer")],
        },
        "watch/providers": {
            "results": {
                country: {"flatrate": [{"provider_id": 8, "provider_name": "Netflix"}]}
                for country in chance.sample(["GB", "US", "DE", "IL"], 2)
            }
        },
        "alternative_titles": {
            "titles": [{"iso_3166_1": "FR", "title": " ".join(chance.sample(_WORDS, 2)).title()}],
        },
    }


def _day(chance: random.Random) -> str:
    return f"{chance.randint(1950, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"


def _keywords(chance: random.Random) -> list[dict[str, Any]]:
    return [{"id": _WORDS.index(word) + 1, "name": word} for word in chance.sample(_WORDS, 4)]


def _member(chance: random.Random) -> dict[str, Any]:
    person = chance.randint(1, _PEOPLE)
    words = random.Random(person).choices(_WORDS, k=2)  # a person has one name
    return {"id": person, "name": " ".join(words).title(), "popularity": float(person % 50)}
