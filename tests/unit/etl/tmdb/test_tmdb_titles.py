"""TMDB's documents become titles in our own words, whatever they leave out."""

from typing import Any

import pytest

from api.catalogue.writing.title import Title
from etl.tmdb.titles import ServiceNames, Unfit, read_details, season_runtime

_NAMES = ServiceNames({8: "nfx"})


def film(**fields: Any) -> Title:
    document = {"id": 1, "title": "The Lantern Keeper"} | fields
    return read_details(document, ("movie", 1), _NAMES).title


def show(**fields: Any) -> Title:
    document = {"id": 1, "name": "Harbour Lights"} | fields
    return read_details(document, ("tv", 1), _NAMES).title


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


@pytest.mark.parametrize("job", ["Novel", "Short Story", "Comic Book", "Theatre Play", "Teleplay"])
def test_whoever_wrote_what_a_title_is_made_of_is_a_writer(job: str) -> None:
    crew = [{"id": 1, "name": "Ada Quill", "job": job}]
    credits = film(credits={"crew": crew}).credits
    assert [(one.role, one.person.name) for one in credits] == [("writer", "Ada Quill")]


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
        ({"episode_run_time": [90, 42, 44], "last_episode_to_air": {"runtime": 80}}, 44),
        ({"episode_run_time": [], "last_episode_to_air": {"runtime": 52}}, 52),
        ({"episode_run_time": [0], "last_episode_to_air": None}, None),
    ],
)
def test_runtime_of_a_show_is_its_typical_episode(
    fields: dict[str, Any], minutes: int | None
) -> None:
    assert show(**fields).runtime == minutes


@pytest.mark.parametrize(
    ("fields", "keywords"),
    [
        ({"type": "Miniseries"}, ("miniseries",)),
        ({"type": "Miniseries", "keywords": {"results": [{"id": 1, "name": "miniseries"}]}},
         ("miniseries",)),
        ({"type": "Scripted"}, ()),
        ({}, ()),
    ],
)  # fmt: skip
def test_the_type_of_a_miniseries_is_a_keyword(
    fields: dict[str, Any], keywords: tuple[str, ...]
) -> None:
    assert show(**fields).keywords == keywords


def test_a_service_with_a_plus_is_another_than_the_one_without() -> None:
    offers = [
        {"provider_id": 403, "provider_name": "Discovery"},
        {"provider_id": 520, "provider_name": "Discovery +"},
    ]
    title = film(**{"watch/providers": {"results": {"GB": {"flatrate": offers}}}})
    assert [offer.service for offer in title.offers] == ["discovery", "discovery-plus"]


def test_offers_carry_our_types_and_known_short_names() -> None:
    offers = {"GB": {"link": "https://example.org/gb",
                     "flatrate": [{"provider_id": 8, "provider_name": "Netflix"}],
                     "rent": [{"provider_id": 77, "provider_name": "Küno+ Store"}]}}  # fmt: skip
    described = read_details(
        {"id": 1, "title": "X", "watch/providers": {"results": offers}}, ("movie", 1), _NAMES
    )
    assert [(one.service, one.offer_type, one.url) for one in described.title.offers] == [
        ("nfx", "subscription", "https://example.org/gb"),
        ("kuno-plus-store", "rent", "https://example.org/gb"),
    ]
    assert {one.short_name: one.tmdb_id for one in described.providers} == {
        "nfx": 8,
        "kuno-plus-store": 77,
    }


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({"id": 1, "title": "X", "adult": True}, "adult"),
        ({"id": 1, "title": " "}, "no title"),
        ({"id": 1, "title": "X", "adult": "yes"}, "adult"),
        ({"id": 1, "title": None, "original_title": {}}, "no title"),
        ({"id": 2, "title": "X"}, "another title's document"),
        ([], "malformed"),
        ("<html>", "malformed"),
    ],
)
def test_unfit_documents_say_why(document: object, reason: str) -> None:
    with pytest.raises(Unfit, match=f"^{reason}$"):
        read_details(document, ("movie", 1), _NAMES)


def test_nul_characters_do_not_reach_the_database() -> None:
    assert film(overview="a\x00b").overview == "ab"


def test_a_runtime_beyond_a_day_is_a_typing_error() -> None:
    assert film(runtime=43200).runtime is None


def season(number: int, **more: Any) -> dict[str, Any]:
    return {"season_number": number, "episode_count": 8, "air_date": "2020-01-01"} | more


@pytest.mark.parametrize(
    ("fields", "number"),
    [
        ({"seasons": [season(0), season(1), season(2)]}, 2),
        ({"seasons": [season(1), season(2, air_date=None), season(3, episode_count=0)]}, 1),
        ({"seasons": [season(0)]}, None),
        ({"seasons": None}, None),
        ({"seasons": [season(1)], "episode_run_time": [30]}, None),
        ({"seasons": [season(1)], "last_episode_to_air": {"runtime": 30}}, None),
    ],
)
def test_a_season_is_asked_only_when_nothing_else_says_the_runtime(
    fields: dict[str, Any], number: int | None
) -> None:
    described = read_details({"id": 1, "name": "Harbour Lights"} | fields, ("tv", 1), _NAMES)
    assert described.runtime_in_season == number


def test_a_seasons_runtime_is_the_median_of_its_episodes() -> None:
    episodes = [{"runtime": minutes} for minutes in (41, None, 43, 95, 0)]
    assert season_runtime({"episodes": episodes}) == 43
    assert season_runtime({"episodes": [{}]}) is None


def test_a_season_of_another_shape_is_malformed() -> None:
    with pytest.raises(Unfit, match=r"^malformed$"):
        season_runtime("many")
    assert season_runtime({"episodes": "many"}) is None


def test_other_names_are_distinct_when_folded_and_none_of_the_titles_own() -> None:
    others = ["THE LANTERN-KEEPER", "Gardien", "gardién", "", "El Farero", "灯の守"]
    title = film(
        original_title="Le Gardien",
        alternative_titles={"titles": [{"title": other} for other in others]},
    )
    assert title.alternative_titles == ("Gardien", "El Farero", "灯の守")
    assert show(
        alternative_titles={"results": [{"title": "Hafenlichter", "type": ""}]}
    ).alternative_titles == ("Hafenlichter",)


def test_thirty_other_names_are_enough() -> None:
    titles = [{"title": f"Name {number}"} for number in range(40)]
    assert len(film(alternative_titles={"titles": titles}).alternative_titles) == 30


def test_related_titles_are_of_the_same_kind_in_order_and_none_twice() -> None:
    results = [{"id": 5}, {"id": 1}, {"id": 7, "media_type": "tv"},
               {"id": 3, "media_type": "movie"}, {"id": 5}]  # fmt: skip
    title = film(similar={"results": results}, recommendations={"results": results[3:]})
    assert (title.similar_ids, title.recommended_ids) == ((5, 3), (3, 5))


def test_twenty_related_titles_are_enough() -> None:
    results = [{"id": number} for number in range(2, 40)]
    assert film(similar={"results": results}).similar_ids == tuple(range(2, 22))
