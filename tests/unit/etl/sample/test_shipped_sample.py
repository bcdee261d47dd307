"""The files we ship: complete, within the vocabulary, and consistent with each other."""

import json
import re

from api.domain.genres import GENRES
from etl.sample.records import (
    DATA,
    TitleRecord,
    read_offers,
    read_providers,
    read_titles,
    read_viewers,
)

_SENTENCE_END = re.compile(r"[.!?][\"”’]?(?=\s|$)")
_ABBREVIATION = re.compile(r"\b(Mr|Mrs|Ms|Dr|St|Jr|Sr|[A-Z])\.")


def _key(title: TitleRecord) -> str:
    return f"{title.media_type}:{title.tmdb_id}"


def test_there_are_400_films_and_100_shows() -> None:
    kinds = [title.media_type for title in read_titles()]
    assert kinds.count("movie") >= 400
    assert kinds.count("tv") >= 100


def test_every_decade_since_1930_is_there() -> None:
    decades = {title.year // 10 * 10 for title in read_titles()}
    assert decades >= set(range(1930, 2030, 10))


def test_25_languages_and_every_genre_are_there() -> None:
    titles = read_titles()
    assert len({title.original_language for title in titles}) >= 25
    assert {genre for title in titles for genre in title.genres} == set(GENRES.values())


def test_ids_are_unique() -> None:
    titles = read_titles()
    assert len({_key(title) for title in titles}) == len(titles)
    assert len({title.imdb_id for title in titles}) == len(titles)


def test_a_synopsis_is_two_sentences() -> None:
    for title in read_titles():
        plain = _ABBREVIATION.sub(r"\1", title.synopsis)
        assert len(_SENTENCE_END.findall(plain)) == 2, title.title
        assert 20 <= len(title.synopsis.split()) <= 60, title.title


def test_films_are_sorted_by_year_then_title() -> None:
    films = [title for title in read_titles() if title.media_type == "movie"]
    assert films == sorted(films, key=lambda film: (film.year, film.title))


def test_no_title_brings_a_poster_or_a_figure_of_others() -> None:
    for name in ("films.jsonl", "shows.jsonl"):
        for line in (DATA / name).read_text(encoding="utf-8").splitlines():
            assert not {"poster", "poster_path", "popularity", "vote_count"} & set(json.loads(line))


def test_every_event_is_about_a_title_and_rated_ones_alone_have_a_rating() -> None:
    known = {_key(title) for title in read_titles()}
    for viewer in read_viewers():
        for event in viewer.events:
            assert event.item in known
            assert (event.rating is not None) == (event.event_type == "rated")


def test_no_profile_is_there_twice() -> None:
    profiles = [(viewer.user_id, viewer.profile) for viewer in read_viewers()]
    assert len(set(profiles)) == len(profiles)


def test_every_offer_is_of_a_title_and_a_service() -> None:
    known = {_key(title) for title in read_titles()}
    services = {provider.short_name for provider in read_providers()}
    for offer in read_offers():
        assert offer.item in known
        assert offer.service in services
