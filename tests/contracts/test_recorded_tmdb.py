"""Answers that TMDB really gave become titles without losing a field that is stored.

Runs only where SEENEMALL_RECORDED_TMDB names a folder of recorded v3 bodies, of any layout whose
paths tell the endpoint: TMDB's texts are not ours to ship. By hand:

    SEENEMALL_RECORDED_TMDB=... pytest -n 0 tests/contracts/test_recorded_tmdb.py
"""

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from api.catalogue.writing.title import Title
from api.domain import genres
from api.domain.folding import fold
from api.domain.items import MediaType
from etl.tmdb.parse import parse_page
from etl.tmdb.titles import ServiceNames, read_details, season_runtime

_VARIABLE = "SEENEMALL_RECORDED_TMDB"
_FOLDER = os.environ.get(_VARIABLE)
pytestmark = pytest.mark.skipif(_FOLDER is None, reason=f"{_VARIABLE} names no folder")

_DETAILS = re.compile(r"(movies?|tv)(/|__)(details?|details_full|latest)\.json$")
_BLOCK = re.compile(
    r"(movies?|tv)(/|__)(credits|cast|crew|director|keywords|release_dates|content_ratings|"
    r"external_ids|alternative_titles|similar|recommendations|watch_providers)\.json$"
)
_SEASON = re.compile(r"(tv_seasons/|tv__season__)details?\.json$")
_PAGE = re.compile(
    r"(movies?|tv|trending|discover|changes?)(/|__)"
    r"(popular|top_rated|movie|tv|on_the_air|airing_today|upcoming|now_playing)\.json$"
)
_APPENDED_AS = {
    "cast": "credits",
    "crew": "credits",
    "director": "credits",
    "watch_providers": "watch/providers",
}
_OFFER_KINDS = {"flatrate", "free", "ads", "rent", "buy"}
_ROLES = {"Director", "Producer", "Original Music Composer", "Creator"} | {
    *("Writer", "Co-Writer", "Screenplay", "Screenstory", "Scenario Writer", "Teleplay"),
    *("Story", "Original Story", "Short Story", "Novel", "Book", "Author"),
    *("Comic Book", "Graphic Novel", "Theatre Play"),
}


def recorded(pattern: re.Pattern[str]) -> Iterator[Any]:
    folder = Path(_FOLDER or "nowhere")
    for path in sorted(folder.rglob("*.json")):
        name = path.relative_to(folder).as_posix()
        if found := pattern.search(name):
            yield pytest.param(path, found, id=name)


def documents() -> Iterator[Any]:
    """Detail documents as they were sent, and blocks that were asked for on their own."""
    for entry in recorded(_DETAILS):
        path, found = entry.values
        yield pytest.param(json.loads(path.read_bytes()), _media_type(found), id=entry.id)
    for entry in recorded(_BLOCK):
        path, found = entry.values
        block = _APPENDED_AS.get(found[3], found[3])
        document = {"id": 1, "title": "X", "name": "X", block: json.loads(path.read_bytes())}
        yield pytest.param(document, _media_type(found), id=entry.id)


def _media_type(found: re.Match[str]) -> MediaType:
    return "tv" if found[1] == "tv" else "movie"


@pytest.mark.parametrize(("document", "media_type"), list(documents()))
def test_a_recorded_title_loses_nothing(document: dict[str, Any], media_type: MediaType) -> None:
    described = read_details(document, (media_type, document["id"]), ServiceNames({}))
    assert described.dropped == Counter()
    title = described.title
    assert facts_of(title) == facts_in(document, media_type)
    assert {one.name for one in described.providers} == {
        service["provider_name"] for _, _, service in offers_in(document)
    }
    assert len(title.offers) == len(list(offers_in(document)))
    assert_credits_are_kept(title, document)
    assert_other_names_are_kept(title, document)


@pytest.mark.parametrize(("path", "found"), list(recorded(_PAGE)))
def test_a_recorded_list_is_read_whole(path: Path, found: re.Match[str]) -> None:
    document = json.loads(path.read_bytes())
    page = parse_page(document, found[0]).content
    assert [entry.id for entry in page.results] == [entry["id"] for entry in document["results"]]


@pytest.mark.parametrize(("path", "found"), list(recorded(_SEASON)))
def test_a_recorded_season_is_read(path: Path, found: re.Match[str]) -> None:
    del found
    document = json.loads(path.read_bytes())
    known = any(episode.get("runtime") for episode in document["episodes"])
    assert (season_runtime(document) is not None) == known


def facts_of(title: Title) -> dict[str, Any]:
    return {
        "names": (title.title, title.original_title),
        "texts": (title.overview, title.tagline, title.poster_path, title.status),
        "language": title.original_language,
        "countries": title.countries,
        "numbers": (title.popularity, title.vote_average, title.vote_count),
        "day": title.release_date,
        "runtime": title.runtime,
        "genres": title.genre_ids,
        "collection": (title.collection_id, title.collection_name),
        "imdb": title.imdb_id,
        "keywords": title.keywords,
        "certified": set(title.certificates),
        "similar": title.similar_ids,
        "recommended": title.recommended_ids,
    }


def facts_in(raw: dict[str, Any], media_type: MediaType) -> dict[str, Any]:
    """The same, read plainly from TMDB's own document."""
    film = media_type == "movie"
    names = ("title", "original_title") if film else ("name", "original_name")
    day = raw.get("release_date" if film else "first_air_date")
    collection = raw.get("belongs_to_collection") or {}
    keywords = raw.get("keywords") or {}
    external = raw.get("external_ids") or {}
    named = [one["name"] for one in keywords.get("keywords") or keywords.get("results") or []]
    marked = ["miniseries"] if raw.get("type") == "Miniseries" else []
    return {
        "names": (raw[names[0]], raw.get(names[1])),
        "texts": (
            (raw.get("overview") or "").strip(),
            (raw.get("tagline") or "").strip() or None,
            raw.get("poster_path"),
            raw.get("status"),
        ),
        "language": raw.get("original_language"),
        "countries": tuple(
            raw.get("origin_country")
            or [one["iso_3166_1"] for one in raw.get("production_countries") or []]
        ),
        "numbers": tuple(
            raw.get(name) or 0 for name in ("popularity", "vote_average", "vote_count")
        ),
        "day": date.fromisoformat(day) if day else None,
        "runtime": raw.get("runtime") or None if film else _runtime_in(raw),
        "genres": tuple(genres.from_tmdb(one["id"] for one in raw.get("genres") or [])),
        "collection": (collection.get("id"), collection.get("name")),
        "imdb": raw.get("imdb_id") or external.get("imdb_id"),
        "keywords": tuple(dict.fromkeys([*named, *marked])),
        "certified": set(_certified_in(raw)),
        "similar": _related_in(raw, "similar", media_type),
        "recommended": _related_in(raw, "recommendations", media_type),
    }


def _runtime_in(raw: dict[str, Any]) -> int | None:
    if typical := sorted(filter(None, raw.get("episode_run_time") or [])):
        return int(typical[(len(typical) - 1) // 2])
    return (raw.get("last_episode_to_air") or {}).get("runtime")


def _certified_in(raw: dict[str, Any]) -> Iterator[str]:
    for country in (raw.get("release_dates") or {}).get("results", []):
        if any(release["certification"].strip() for release in country["release_dates"]):
            yield country["iso_3166_1"]
    for country in (raw.get("content_ratings") or {}).get("results", []):
        if country["rating"].strip():
            yield country["iso_3166_1"]


def _related_in(raw: dict[str, Any], block: str, media_type: MediaType) -> tuple[int, ...]:
    results = (raw.get(block) or {}).get("results", [])
    ids = [one["id"] for one in results if one.get("media_type", media_type) == media_type]
    return tuple(dict.fromkeys(ids))[:20]


def offers_in(raw: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for country, offers in (raw.get("watch/providers") or {}).get("results", {}).items():
        for kind in _OFFER_KINDS & offers.keys():
            for service in offers[kind]:
                yield country, kind, service


def assert_credits_are_kept(title: Title, raw: dict[str, Any]) -> None:
    people = raw.get("credits") or {}
    cast = sorted(people.get("cast") or [], key=lambda one: one.get("order", 0))
    kept = [one for one in title.credits if one.role == "cast"]
    assert [(one.person.tmdb_id, one.character or "") for one in kept] == [
        (one["id"], (one.get("character") or "").strip()) for one in cast[:15]
    ]
    crew = [one["id"] for one in people.get("crew") or [] if one["job"] in _ROLES]
    creators = [one["id"] for one in raw.get("created_by") or []]
    assert [one.person.tmdb_id for one in title.credits if one.role != "cast"] == crew + creators


def assert_other_names_are_kept(title: Title, raw: dict[str, Any]) -> None:
    block = raw.get("alternative_titles") or {}
    given = [one["title"] for one in block.get("titles") or block.get("results") or []]
    known = {fold(one) for one in (title.title, title.original_title or "")}
    known.update(map(fold, title.alternative_titles))
    assert {fold(one) for one in given} <= known
