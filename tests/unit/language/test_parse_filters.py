"""Genres, years, running times, languages, ages, services and counts in every usual form."""

from typing import Any

import pytest

from api.domain.genres import genre_id
from tests.names_builder import labels, mention_of, read


def _genres(text: str) -> set[str]:
    return {label for label in labels(text) if genre_id(label) is not None}


@pytest.mark.parametrize(
    ("text", "genres"),
    [
        ("crime thrillers", {"Crime", "Thriller"}),
        ("romantic comedy", {"Romance", "Comedy"}),
        ("it should be funny", {"Comedy"}),
        ("something scary", {"Horror"}),
        ("sci-fi and adventure", {"Science Fiction", "Adventure"}),
        ("a funny western", {"Comedy", "Western"}),
        ("how about a funny western", {"Comedy", "Western"}),
        ("war movies", {"War"}),
        ("family movie", {"Family"}),
        ("family drama", {"Drama"}),
        ("history documentaries", {"History", "Documentary"}),
        ("drama history war", {"Drama", "History", "War"}),
        ("crime", {"Crime"}),
        ("horror", {"Horror"}),
        ("whodunits", {"Mystery"}),
        ("películas de terror", {"Horror"}),
        ("comédie française", {"Comedy"}),
        ("Deutsche Krimis", {"Crime"}),
        ("film horror italiani", {"Horror"}),
        ("filmes de comédia", {"Comedy"}),
        ("a crime in the family", set()),
        ("a film about a war reporter", set()),
        ("a story where horror meets music", set()),
    ],
)
def test_genres(text: str, genres: set[str]) -> None:
    assert _genres(text) == genres


def test_genres_side_by_side_are_all_wanted_and_an_or_makes_alternatives() -> None:
    assert read("crime thrillers").genres == (frozenset({80}), frozenset({53}))
    assert read("comedy or drama").genres == (frozenset({35, 18}),)
    assert read("comedy, drama or thriller").genres == (frozenset({35, 18, 53}),)
    assert read("funny crime or drama").genres == (frozenset({35}), frozenset({80, 18}))


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("90s action", [(1990, 1999)]),
        ("the nineties", [(1990, 1999)]),
        ("early 80s horror", [(1980, 1983)]),
        ("1980's action", [(1980, 1989)]),
        ("90's action", [(1990, 1999)]),
        ("new wave cinema", []),
        ("mid-1970s", [(1973, 1976)]),
        ("late nineties", [(1996, 1999)]),
        ("2010s dramas", [(2010, 2019)]),
        ("1994", [(1994, 1994)]),
        ("from 1994", [(1994, 1994)]),
        ("1994 or 1996", [(1994, 1994), (1996, 1996)]),
        ("80s and 90s action", [(1980, 1989), (1990, 1999)]),
        ("before 1960", [(1870, 1959)]),
        ("pre-1960 westerns", [(1870, 1959)]),
        ("until 1960", [(1870, 1960)]),
        ("sci-fi before the 80s", [(1870, 1979)]),
        ("after 1999", [(2000, 2100)]),
        ("since 2010", [(2010, 2100)]),
        ("2010 or later", [(2010, 2100)]),
        ("from 2010 on", [(2010, 2100)]),
        ("newer than 2015", [(2016, 2100)]),
        ("no older than 2010", [(2010, 2100)]),
        ("older than 1980", [(1870, 1979)]),
        ("between 2010 and 2014", [(2010, 2014)]),
        ("between 1990 and 1980", [(1980, 1990)]),
        ("from 2010 to 2014", [(2010, 2014)]),
        ("2010-2014", [(2010, 2014)]),
        ("1998-99", [(1998, 1999)]),
        ("between the 70s and the 90s", [(1970, 1999)]),
        ("after 1980 before 1990", [(1981, 1989)]),
        ("last five years", [(2022, 2100)]),
        ("movies from the last decade", [(2017, 2100)]),
        ("last year", [(2025, 2025)]),
        ("this year", [(2026, 2026)]),
        ("new horror movies", [(2025, 2100)]),
        ("old westerns", [(1870, 1979)]),
        ("años 90", [(1990, 1999)]),
        ("années 80", [(1980, 1989)]),
        ("aus den 80er Jahren", [(1980, 1989)]),
        ("degli anni 70", [(1970, 1979)]),
        ("dos anos 90", [(1990, 1999)]),
        ("anni novanta", [(1990, 1999)]),
        ("a 90 minute thriller", []),
        ("a film about a reporter in the 60s", []),
        ("a western set in the 1860s", []),
        ("new york stories", []),
    ],
)
def test_years(text: str, years: list[tuple[int, int]]) -> None:
    assert list(read(text).years) == years


@pytest.mark.parametrize(
    ("text", "shortest", "longest"),
    [
        ("under two hours", None, 119),
        ("up to 2 hours", None, 120),
        ("not longer than 90 minutes", None, 90),
        ("1h40 max", None, 100),
        ("2 hours or less", None, 120),
        ("under 90 mins", None, 89),
        ("epic longer than three hours", 181, None),
        ("2h30 or more", 150, None),
        ("at least an hour and a half", 90, None),
        ("over 2.5 hours", 151, None),
        ("90 minutes", 80, 100),
        ("about an hour", 50, 70),
        ("1h 40min", 90, 110),
        ("two and a half hours", 140, 160),
        ("half an hour", 20, 40),
        ("90-120 min", 90, 120),
        ("between 90 and 120 minutes", 90, 120),
        ("one to two hours", 60, 120),
        ("short films", None, 40),
        ("short animated films", None, 40),
        ("between 1h and 1h30", 60, 90),
        ("not too long", None, 120),
        ("menos de 2 horas", None, 119),
        ("moins de 2 heures", None, 119),
        ("unter 90 minuten", None, 89),
        ("one hour to save the world", None, None),
        ("0 minutes", None, None),
        ("9999 hours", None, None),
    ],
)
def test_running_times(text: str, shortest: int | None, longest: int | None) -> None:
    intent = read(text)
    assert (intent.runtime_min, intent.runtime_max) == (shortest, longest)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("korean thrillers", {"languages": {"ko"}}),
        ("in French", {"languages": {"fr"}}),
        ("in Korean with english subtitles", {"languages": {"ko"}}),
        ("French-language", {"languages": {"fr"}}),
        ("films from Japan", {"languages": {"ja"}}),
        ("a trip to Japan", {"languages": set()}),
        ("british dramas", {"countries": {"GB"}}),
        ("not in English", {"excluded_languages": {"en"}}),
        ("foreign films", {"excluded_languages": {"en"}}),
        ("non-english crime dramas", {"excluded_languages": {"en"}}),
        ("horror but not italian", {"excluded_languages": {"it"}}),
        ("not american", {"excluded_countries": {"US"}}),
        ("chinese or japanese", {"languages": {"zh", "cn", "ja"}}),
        ("anime", {"languages": {"ja"}}),
        ("series españolas", {"languages": {"es"}, "media_types": {"tv"}}),
        ("films français", {"languages": {"fr"}, "media_types": {"movie"}}),
        ("koreanische Filme", {"languages": {"ko"}, "media_types": {"movie"}}),
        ("a show that is not a comedy", {"media_types": {"tv"}, "excluded_genres": {35}}),
        ("show me comedies", {"media_types": set()}),
        ("not a series", {"media_types": {"movie"}}),
        ("movies or shows", {"media_types": {"movie", "tv"}}),
        ("sitcoms", {"media_types": {"tv"}}),
    ],
)
def test_languages_countries_and_media(text: str, fields: dict[str, set[Any]]) -> None:
    intent = read(text)
    assert {name: set(getattr(intent, name)) for name in fields} == fields


@pytest.mark.parametrize(
    ("text", "youngest", "oldest"),
    [
        ("for a six year old", None, 6),
        ("for my 8-year-old", None, 8),
        ("ages 10 and up", None, 10),
        ("for kids", None, 8),
        ("family friendly adventure", None, 8),
        ("something to watch with my kids", None, 8),
        ("for teenagers", None, 13),
        ("PG-13 action movies", None, 13),
        ("rated PG", None, 8),
        ("G-rated cartoons", None, 0),
        ("12A", None, 12),
        ("FSK 12", None, 12),
        ("R-rated comedies", 17, 17),
        ("for adults", 17, None),
        ("comedy with no gore", None, 17),
        ("nothing violent", None, 13),
        ("a romance", None, None),
        ("movies about a 12 year old boy", None, None),
        ("the 40-year-old virgin", None, None),
        ("for a 300 year old", None, None),
    ],
)
def test_maturity(text: str, youngest: int | None, oldest: int | None) -> None:
    intent = read(text)
    assert (intent.age_min, intent.age_max) == (youngest, oldest)


@pytest.mark.parametrize(
    ("text", "services", "offers"),
    [
        ("on netflix", {"nfx"}, set()),
        ("netflix comedies", {"nfx"}, set()),
        ("something on Disney+", {"dnp"}, set()),
        ("series on netflix or hbo max", {"nfx", "mxx"}, set()),
        ("on my netflix", {"nfx"}, set()),
        ("to the max", set(), set()),
        ("free documentaries", set(), {"free", "ads"}),
        ("for free on netflix", {"nfx"}, {"free", "ads"}),
        ("to rent", set(), {"rent"}),
        ("gore-free horror", set(), set()),
    ],
)
def test_services_and_offers(text: str, services: set[str], offers: set[str]) -> None:
    intent = read(text)
    assert (set(intent.services), set(intent.offer_types)) == (services, offers)


def test_a_service_that_is_not_known_here_is_named_as_unsupported() -> None:
    assert mention_of("british dramas on hulu", "service").note == (
        "No service called hulu is known here."
    )
    note = mention_of("anything but not on netflix", "service").note
    assert note == "Titles cannot be refused for being on a service."


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("5 films", 5),
        ("top 10 horror", 10),
        ("three good comedies", 3),
        ("give me two french thrillers", 2),
        ("12 Angry Men", None),
        ("a 90 minute comedy", None),
        ("90s comedies", None),
        ("200 comedies", None),
    ],
)
def test_counts(text: str, count: int | None) -> None:
    assert read(text).count == count


def test_of_two_languages_one_within_the_other_the_narrower_is_meant() -> None:
    assert read("indian movies in tamil").languages == {"ta"}
    assert read("tamil or hindi movies").languages == {"ta", "hi"}


@pytest.mark.parametrize(
    ("text", "is_film"),
    [
        ("short films", True),
        ("shorts", True),
        ("a short movie", True),
        ("a short movie under 90 minutes for tonight", True),
        ("long movies", True),
        ("a really long film", True),
        ("feature length anime", True),
        ("kurze filme", True),
        ("langer film", True),
        ("películas cortas", True),
        ("films longs", True),
        ("film brevi", True),
        ("filmes longos", True),
        ("etwas kurzes", False),
        ("something short", False),
        ("something long", False),
        ("not too long", False),
    ],
)
def test_a_short_or_long_film_is_no_show(text: str, is_film: bool) -> None:
    assert read(text).media_types == ({"movie"} if is_film else set())


@pytest.mark.parametrize(
    "text",
    [
        "a series with short episodes",
        "half hour shows",
        "serie mit kurzen folgen",
        "una serie de episodios cortos",
        "une série aux épisodes courts",
        "una serie con episodi brevi",
        "uma série de episódios curtos",
    ],
)
def test_short_episodes_are_of_shows(text: str) -> None:
    intent = read(text)
    assert intent.runtime_max == 35
    assert intent.media_types == {"tv"}


def test_long_films_have_two_and_a_half_hours() -> None:
    assert read("long movies").runtime_min == 150


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("krimi aus schweden", "sv"),
        ("ein guter krimi aus skandinavien", "sv"),
        ("películas de corea", "ko"),
        ("films du japon", "ja"),
        ("filmes da coreia", "ko"),
        ("film dalla svezia", "sv"),
        ("series turcas", "tr"),
        ("filmes poloneses", "pl"),
        ("un western italien", "it"),
        ("filme aus italien", "it"),
    ],
)
def test_places_and_every_form_of_a_nationality_are_read(text: str, language: str) -> None:
    assert language in read(text).languages


@pytest.mark.parametrize("text", ["a boy from japan", "un viaje de corea", "der weg nach schweden"])
def test_a_place_that_no_title_is_made_in_asks_for_nothing(text: str) -> None:
    assert read(text).languages == frozenset()


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("alter krimi", "Until 1979"),
        ("alte serien", "Until 1979"),
        ("neue horrorfilme", "2025 or later"),
        ("etwas neues", "2025 or later"),
        ("películas viejas", "Until 1979"),
        ("películas de terror nuevas", "2025 or later"),
        ("nuevas series", "2025 or later"),
        ("algo nuevo", "2025 or later"),
        ("vieux films", "Until 1979"),
        ("films anciens", "Until 1979"),
        ("films récents", "2022 or later"),
        ("nouveaux thrillers", "2025 or later"),
        ("film vecchi", "Until 1979"),
        ("nuovi film", "2025 or later"),
        ("film horror nuovi", "2025 or later"),
        ("filmes antigos", "Until 1979"),
        ("novos filmes de terror", "2025 or later"),
    ],
)
def test_old_and_new_in_other_languages_are_years(text: str, span: str) -> None:
    assert span in labels(text)
    statuses = {chip.field: chip.status for chip in read(text).interpreted()}
    assert statuses["year"] == "preferred"


@pytest.mark.parametrize(
    "text",
    ["nouvelle vague", "nova york", "una vieja amiga", "ein alter Mann und das Meer", "el viejo"],
)
def test_old_and_new_of_anything_else_are_not(text: str) -> None:
    assert "year" not in {chip.field for chip in read(text).interpreted()}


def test_a_series_of_films_is_not_one_of_television() -> None:
    intent = read("the star wars series")
    assert intent.franchises == {11}
    assert not intent.media_types


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        ("dramen", "Drama"),
        ("abenteuerfilme", "Adventure"),
        ("trickfilme", "Animation"),
        ("historienfilme", "History"),
        ("witzige filme", "Comedy"),
        ("películas policiales", "Crime"),
        ("películas de amor", "Romance"),
        ("películas de vaqueros", "Western"),
        ("series divertidas", "Comedy"),
        ("films d'amour", "Romance"),
        ("films familiaux", "Family"),
        ("comédies musicales", "Music"),
        ("film drammatici", "Drama"),
        ("film d'amore", "Romance"),
        ("film gialli", "Crime"),
        ("documentário", "Documentary"),
        ("filmes de família", "Family"),
        ("filmes policiais", "Crime"),
    ],
)
def test_genres_are_known_in_the_forms_in_which_they_are_said(text: str, genre: str) -> None:
    assert genre in labels(text)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("80s-present horror", "1980 or later"),
        ("horror from the 80s to present", "1980 or later"),
        ("90s to now thrillers", "1990 or later"),
        ("between 2010 and today", "2010 or later"),
        ("horror der 80er bis heute", "1980 or later"),
        ("terror de los 80 hasta hoy", "1980 or later"),
        ("films des années 80 à aujourd'hui", "1980 or later"),
        ("films des années 80 jusqu'à aujourd'hui", "1980 or later"),
        ("film degli anni 80 fino a oggi", "1980 or later"),
        ("films jusqu'à 1990", "Until 1990"),
        ("films jusqu'en 1990", "Until 1990"),
        ("film degli anni 80 a oggi", "1980 or later"),
        ("filmes dos anos 80 até hoje", "1980 or later"),
    ],
)
def test_years_up_to_now_are_a_range(text: str, span: str) -> None:
    assert span in labels(text)
