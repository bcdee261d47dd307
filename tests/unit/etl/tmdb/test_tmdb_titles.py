"""TMDB's documents become titles in our own words, whatever they leave out."""

from typing import Any

import pytest

from api.domain.titles import Title
from etl.tmdb.titles import ServiceNames, Unfit, read_details

_NAMES = ServiceNames({8: "nfx"})


def film(**fields: Any) -> Title:
    document = {"id": 1, "title": "The Lantern Keeper"} | fields
    return read_details(document, "movie", _NAMES).title


def show(**fields: Any) -> Title:
    document = {"id": 1, "name": "Harbour Lights"} | fields
    return read_details(document, "tv", _NAMES).title


def test_show_genres_become_film_genres() -> None:
    genres = [
        {"id": 10765, "name": "Sci-Fi & Fantasy"},
        {"id": 10759, "name": "Action & Adventure"},
    ]
    assert show(genres=genres).genre_ids == (878, 14, 28, 12)


def test_a_document_with_nothing_but_null_is_a_title() -> None:
    fields = dict.fromkeys(
        ["overview", "genres", "credits", "keywords", "release_date", "runtime", "popularity",
         "vote_average", "vote_count", "watch/providers", "external_ids", "release_dates",
         "belongs_to_collection", "production_countries", "origin_country", "poster_path"]
    )  # fmt: skip
    title = film(**fields)
    assert (title.overview, title.genre_ids, title.release_year, title.popularity) == (
        "", (), None, 0.0,
    )  # fmt: skip


def test_an_empty_date_is_unknown() -> None:
    assert film(release_date="").release_date is None


def test_certificates_of_every_country_are_kept_the_cinemas_first() -> None:
    releases = [
        {"iso_3166_1": "US", "release_dates": [
            {"certification": "", "type": 1},
            {"certification": "NR", "type": 5},
            {"certification": "PG-13", "type": 3}]},
        {"iso_3166_1": "DE", "release_dates": [{"certification": "12", "type": 3}]},
        {"iso_3166_1": "FR", "release_dates": [{"certification": "", "type": 3}]},
    ]  # fmt: skip
    assert film(release_dates={"results": releases}).certificates == {"US": "PG-13", "DE": "12"}


def test_jobs_become_roles_and_others_are_left_out() -> None:
    crew = [
        {"id": 1, "name": "Ada Quill", "job": "Director"},
        {"id": 1, "name": "Ada Quill", "job": "Screenplay"},
        {"id": 2, "name": "Bo Reed", "job": "Original Music Composer"},
        {"id": 3, "name": "Cy Holm", "job": "Gaffer"},
    ]
    credits = film(credits={"crew": crew}).credits
    assert [(one.role, one.person.name) for one in credits] == [
        ("director", "Ada Quill"),
        ("writer", "Ada Quill"),
        ("composer", "Bo Reed"),
    ]


def test_fifteen_cast_in_billing_order() -> None:
    cast = [{"id": n + 1, "name": f"Player {n}", "order": n} for n in reversed(range(20))]
    credits = film(credits={"cast": cast}).credits
    assert [one.person.name for one in credits] == [f"Player {n}" for n in range(15)]


def test_creators_of_a_show_are_credited() -> None:
    credits = show(created_by=[{"id": 4, "name": "Dee Fern"}]).credits
    assert [(one.role, one.person.name) for one in credits] == [("creator", "Dee Fern")]


@pytest.mark.parametrize(
    ("fields", "minutes"),
    [
        ({"episode_run_time": [45], "last_episode_to_air": {"runtime": 80}}, 45),
        ({"episode_run_time": [], "last_episode_to_air": {"runtime": 52}}, 52),
        ({"episode_run_time": [0], "last_episode_to_air": None}, None),
    ],
)
def test_runtime_of_a_show_is_its_typical_episode(
    fields: dict[str, Any], minutes: int | None
) -> None:
    assert show(**fields).runtime == minutes


def test_offers_carry_our_types_and_known_short_names() -> None:
    offers = {"GB": {"link": "https://example.org/gb",
                     "flatrate": [{"provider_id": 8, "provider_name": "Netflix"}],
                     "rent": [{"provider_id": 77, "provider_name": "Küno+ Store"}]}}  # fmt: skip
    described = read_details(
        {"id": 1, "title": "X", "watch/providers": {"results": offers}}, "movie", _NAMES
    )
    assert [(one.service, one.offer_type, one.url) for one in described.title.offers] == [
        ("nfx", "subscription", "https://example.org/gb"),
        ("kuno-store", "rent", "https://example.org/gb"),
    ]
    assert {one.short_name: one.tmdb_id for one in described.providers} == {
        "nfx": 8,
        "kuno-store": 77,
    }


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({"id": 1, "title": "X", "adult": True}, "adult"),
        ({"id": 1, "title": " "}, "no title"),
        ({"title": "no id"}, "malformed"),
        ({"id": 1, "title": "X", "vote_count": "many"}, "malformed"),
        ({"id": 2**31, "title": "beyond the id column"}, "malformed"),
    ],
)
def test_unfit_documents_say_why(document: dict[str, Any], reason: str) -> None:
    with pytest.raises(Unfit, match=f"^{reason}$"):
        read_details(document, "movie", _NAMES)


def test_nul_characters_do_not_reach_the_database() -> None:
    assert film(overview="a\x00b").overview == "ab"


def test_a_runtime_beyond_a_day_is_a_typing_error() -> None:
    assert film(runtime=43200).runtime is None
