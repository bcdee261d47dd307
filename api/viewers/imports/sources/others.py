"""Sources with shapes of their own: MyAnimeList, Criticker, Watcharr, Ryot, Takeout."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from api.domain.items import MediaType
from api.viewers.imports.reading.dates import UTC_DATES, Dates
from api.viewers.imports.reading.document import Document
from api.viewers.imports.reading.ratings import rating_of, to_ten
from api.viewers.imports.row import Ids, Kind, Name, Row
from api.viewers.imports.sources.json_values import at, entries, first, text
from api.viewers.imports.sources.records import (
    GIVEN_UP,
    as_rated,
    imdb_id,
    media_type_of,
    number,
    split_year,
    year_of,
)
from api.viewers.imports.sources.source import Source

# --- MyAnimeList: romaji titles, and ids that a catalogue may know -------------------------------


def _knows_mal(document: Document) -> bool:
    return document.xml is not None and document.xml.tag == "myanimelist"


def _read_mal(documents: Sequence[Document]) -> Iterator[Row]:
    for document in documents:
        assert document.xml is not None  # noqa: S101 - `_knows_mal` asked for it
        listed = [one for one in document.xml if one.tag in ("anime", "manga")]
        for place, entry in enumerate(listed, 1):
            fields = {one.tag: (one.text or "").strip() for one in entry}
            if entry.tag == "manga":
                title = fields.get("manga_title", "")
                yield Row(place, document.path, title=title, skipped="a manga, which is read")
            else:
                yield _anime(place, document.path, fields)


def _anime(place: int, path: str, fields: dict[str, str]) -> Row:
    media_type: MediaType = "movie" if fields.get("series_type") == "Movie" else "tv"
    title, state = fields.get("series_title", ""), fields.get("my_status", "").casefold()
    rating = rating_of(fields.get("my_score", ""), 10)
    kind: Kind = "watchlist" if state in ("plan to watch", "6") else "watched"
    skipped = GIVEN_UP if state in ("dropped", "4") and rating is None else None
    seen = number(fields.get("my_watched_episodes"))
    if kind == "watched" and seen is None and rating is None:
        skipped = skipped or "not begun"
    return Row(
        place,
        path,
        as_rated(kind, rating),
        title,
        names=(Name(title, media_type),),
        media_type=media_type,
        ids=Ids(mal=number(fields.get("series_animedb_id"))),
        watched_at=UTC_DATES.read(fields.get("my_finish_date", "")) if kind == "watched" else None,
        rating=rating,
        scale=None if rating is None else 10,
        episodes=seen if media_type == "tv" else None,
        skipped=skipped,
    )


# --- Criticker: 0 to 100, where 0 is a rating; some keep a scale of their own --------------------


def _knows_criticker(document: Document) -> bool:
    if document.xml is not None:
        return document.xml.tag == "recentratings"
    return document.has_columns("score", "film name") or document.has_columns("score", "imdb id")


def _read_criticker(documents: Sequence[Document]) -> Iterator[Row]:
    for document in documents:
        listed = _criticker_entries(document)
        scores = [number(one.get("rating")) or 0 for one in listed]
        top = 100.0 if max(scores, default=0) > 10 else 10.0
        dates = Dates.of(one.get("reviewdate", "") for one in listed)
        for place, one in enumerate(listed, 1):
            title, year = split_year(one.get("filmname", ""))
            year = year or year_of(one.get("year"))
            rating = _criticker_rating(one, top)
            yield Row(
                place,
                document.path,
                "rated",
                title,
                names=(Name(title),),
                year=year,
                ids=Ids(imdb_id(one.get("imdbid"))),
                logged_at=dates.read(one.get("reviewdate", "")),
                rating=rating,
                scale=top,
                skipped=None if rating is not None else "without a rating",
            )


def _criticker_rating(fields: dict[str, str], top: float) -> float | None:
    try:
        return to_ten(fields.get("rating", ""), top, zero_is_a_rating=True)
    except ValueError:
        return None


def _criticker_entries(document: Document) -> list[dict[str, str]]:
    if document.xml is not None:
        films = document.xml.iter("film")
        return [{one.tag: (one.text or "").strip() for one in film} for film in films]
    names = {
        "score": "rating",
        "film name": "filmname",
        "imdb id": "imdbid",
        "date rated": "reviewdate",
    }
    table = document.table
    return [
        {names.get(column, column): cell for column, cell in record.items()}
        for _, record in (table or ())
    ]


# --- Watcharr ------------------------------------------------------------------------------------


def _knows_watcharr(document: Document) -> bool:
    entry = first(document.json)
    return at(entry, "content", "tmdbId") is not None and "status" in entry


def _read_watcharr(documents: Sequence[Document]) -> Iterator[Row]:
    for document in documents:
        for place, entry in entries(document.json):
            yield _watcharr(place, document.path, entry)


def _watcharr(place: int, path: str, entry: dict[str, Any]) -> Row:
    about, state = at(entry, "content"), text(entry, "status")
    media_type, title = media_type_of(text(about, "type")), text(about, "title")
    rating = rating_of(text(entry, "rating"), 10)
    kind: Kind = "watchlist" if state == "PLANNED" else "watched"
    finished = [
        text(one, "customDate") or text(one, "createdAt")
        for _, one in entries(entry, "activity")
        if "FINISHED" in text(one, "data")
    ]
    return Row(
        place,
        path,
        as_rated(kind, rating),
        title,
        names=(Name(title, media_type),),
        media_type=media_type,
        year=year_of(text(about, "release_date") or text(about, "first_air_date")),
        ids=Ids(imdb_id(text(about, "imdb_id")), number(at(about, "tmdbId"))),
        watched_at=UTC_DATES.read(finished[-1]) if finished else None,  # never the day it was added
        logged_at=UTC_DATES.read(text(entry, "createdAt")),
        rating=rating,
        scale=None if rating is None else 10,
        skipped=GIVEN_UP if state == "DROPPED" and rating is None else None,
    )


# --- Ryot ----------------------------------------------------------------------------------------


_WHOLE = (None, None)


def _knows_ryot(document: Document) -> bool:
    return any("lot" in entry and "identifier" in entry for _, entry in _ryot_entries(document))


def _ryot_entries(document: Document) -> Iterator[tuple[int, dict[str, Any]]]:
    """Under the name that the version of its export gives them."""
    held = document.json
    listed = held if isinstance(held, list) else at(held, "media") or at(held, "metadata")
    return entries(listed)


def _read_ryot(documents: Sequence[Document]) -> Iterator[Row]:
    for document in documents:
        for place, entry in _ryot_entries(document):
            yield from _ryot(place, document.path, entry)


def _ryot(place: int, path: str, entry: dict[str, Any]) -> Iterator[Row]:
    """A row for each viewing, and for the newest opinion of the whole; one where there is neither.

    The opinion of an episode or a season is not the show's, and says that it was seen.
    """
    media_type = media_type_of(text(entry, "lot"))
    title = text(entry, "source_id")
    tmdb = number(entry.get("identifier")) if text(entry, "source") == "tmdb" else None
    row = Row(
        place,
        path,
        title=title,
        names=(Name(title, media_type),) if title else (),
        media_type=media_type,
        ids=Ids(tmdb=tmdb),
        skipped=None if media_type else "not a film or show",
    )
    seen = [
        one for _, one in entries(entry, "seen_history") if text(one, "state") in ("completed", "")
    ]
    for one in seen:
        season, episode = _ryot_part(one)
        yield replace(
            row,
            watched_at=UTC_DATES.read(text(one, "ended_on")),
            season=season,
            episode=episode,
        )
    opinions = [one for _, one in entries(entry, "reviews") if text(one, "rating")]
    parts = {_ryot_part(one) for one in seen}
    for one in opinions:
        if _ryot_part(one) not in parts | {_WHOLE}:
            season, episode = _ryot_part(one)
            logged = UTC_DATES.read(text(one, "review", "date"))
            yield replace(row, season=season, episode=episode, logged_at=logged)
    of_whole = [one for one in opinions if _ryot_part(one) == _WHOLE]
    if of_whole:
        one = max(of_whole, key=lambda one: text(one, "review", "date"))
        rating = rating_of(text(one, "rating"), 100)
        logged = UTC_DATES.read(text(one, "review", "date"))
        yield replace(row, kind="rated", rating=rating, scale=100.0, logged_at=logged)
    if not seen and not opinions:
        listed = {text(one, "collection_name") for _, one in entries(entry, "collections")}
        reason = None if "Watchlist" in listed else "neither seen, rated nor wanted"
        yield replace(row, kind="watchlist", skipped=row.skipped or reason)


def _ryot_part(entry: dict[str, Any]) -> tuple[int | None, str | None]:
    """Which season and episode it is about. Anime has no seasons there."""
    episode = text(entry, "show_episode_number") or text(entry, "anime_episode_number")
    return number(entry.get("show_season_number")), episode or None


# --- Google Takeout: YouTube alone ---------------------------------------------------------------


def _knows_takeout(document: Document) -> bool:
    entry = first(document.json)
    return "titleUrl" in entry and "header" in entry


def _read_takeout(documents: Sequence[Document]) -> Iterator[Row]:
    for document in documents:
        for place, entry in entries(document.json):
            yield Row(
                place, document.path, title=text(entry, "title"), skipped="a video of YouTube's"
            )


MYANIMELIST = Source("myanimelist", "MyAnimeList", _knows_mal, _read_mal)
CRITICKER = Source("criticker", "Criticker", _knows_criticker, _read_criticker)
WATCHARR = Source("watcharr", "Watcharr", _knows_watcharr, _read_watcharr)
RYOT = Source("ryot", "Ryot", _knows_ryot, _read_ryot)
TAKEOUT = Source("google-takeout", "Google Takeout", _knows_takeout, _read_takeout)
OTHERS = (MYANIMELIST, CRITICKER, WATCHARR, RYOT, TAKEOUT)
