"""A number beside "rated" is an average of votes, unless it can be a certificate or an age."""

import pytest

from tests.names_builder import read


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("rated above 8", "Rated 8 or more"),
        ("rating over 7", "Rated 7 or more"),
        ("thrillers with a rating over 7", "Rated 7 or more"),
        ("rated 8 or more", "Rated 8 or more"),
        ("rated at least 7.5", "Rated 7.5 or more"),
        ("rated higher than 7,5 on IMDb", "Rated 7.5 or more"),
        ("IMDb over 8", "Rated 8 or more"),
        ("IMDb 8+", "Rated 8 or more"),
        ("8+ rating", "Rated 8 or more"),
        ("an imdb score of at least six", "Rated 6 or more"),
        ("films with 8 stars", "Rated 8 or more"),
        ("4 stars or more", "Rated 8 or more"),
        ("five stars", "Rated 8 or more"),
        ("8/10 or better", "Rated 8 or more"),
        ("8 out of 10 or higher", "Rated 8 or more"),
        ("nothing rated below 7", "Rated 7 or more"),
        ("no films rated under 6", "Rated 6 or more"),
        ("imdb under 5", "Rated 5 or less"),
        ("mit einer Bewertung über 8", "Rated 8 or more"),
        ("Thriller mit Note über 7", "Rated 7 or more"),
        ("Filme mit mehr als 8 Sternen", "Rated 8 or more"),
        ("nota superior a 8", "Rated 8 or more"),
        ("con una nota de al menos 7", "Rated 7 or more"),
        ("des films notés plus de 8 sur 10", "Rated 8 or more"),
        ("note supérieure à 7,5", "Rated 7.5 or more"),
        ("voto superiore a 8", "Rated 8 or more"),
        ("filmes com nota acima de 8", "Rated 8 or more"),
    ],
)
def test_an_average_of_votes_is_asked_for_and_no_age(text: str, label: str) -> None:
    intent = read(text)
    told = [(one.field, one.label, one.status) for one in intent.interpreted()]
    assert ("renown", label, "enforced") in told
    assert {field for field, _, _ in told} <= {"renown", "genre", "media_type"}
    assert (intent.age_min, intent.age_max) == (None, None)


def test_what_is_rated_behind_a_comma_is_not_counted() -> None:
    assert read("no M18 rated, 5 good films").renowns == ()
    assert [one.label for one in read("IMDb: 8+").renowns] == ["Rated 8 or more"]


def test_few_votes_do_not_make_an_average() -> None:
    told = next(one for one in read("rated above 8").interpreted())
    assert told.note == "Goes by TMDB: at least 30 votes, an average of 8 or more."


@pytest.mark.parametrize(
    ("text", "oldest"),
    [
        ("rated PG-13", 13),
        ("rated 12", 12),
        ("12A", 12),
        ("FSK 16", 16),
        ("rated under 8", 7),
        ("nothing rated over 8", 8),
        ("rated 6 years and up", 6),
        ("rated for ages over 8", 8),
        ("for ages over 8", 8),
        ("for kids over 8", 8),
        ("Freigabe ab 6", 6),
    ],
)
def test_what_may_be_a_childs_limit_stays_one(text: str, oldest: int) -> None:
    intent = read(text)
    assert intent.age_max == oldest
    assert intent.renowns == ()


def test_a_childs_limit_stands_beside_a_rating() -> None:
    intent = read("rated over 7 for my 6 year old")
    assert intent.age_max == 6
    assert [one.label for one in intent.renowns] == ["Rated 7 or more"]


@pytest.mark.parametrize(
    "text",
    ["top rated 10 movies", "10 best rated films", "3 star wars movies", "a five star hotel"],
)
def test_other_numbers_are_neither(text: str) -> None:
    intent = read(text)
    assert not [one for one in intent.renowns if one.label.startswith("Rated")]
    assert (intent.age_min, intent.age_max) == (None, None)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("horror rated under 5 on imdb", "Rated 5 or less"),
        ("rated below 5.5 horror", "Rated 5.5 or less"),
        ("under 4 on imdb", "Rated 4 or less"),
        ("at least 7.5", "Rated 7.5 or more"),
        ("7.5 or better", "Rated 7.5 or more"),
        ("score below 50 on rotten tomatoes", "Rated 5 or less"),
        ("80% on rotten tomatoes", "Rated 8 or more"),
        ("over 90% on rotten tomatoes", "Rated 8 or more"),
        ("metacritic over 70", "Rated 7 or more"),
        ("4 out of 5 stars", "Rated 8 or more"),
        ("five-star comedies", "Rated 8 or more"),
        ("between 7 and 8 on imdb", "Rated 7 to 8"),
        ("imdb 6-8", "Rated 6 to 8"),
        ("al menos 7 en filmaffinity", "Rated 7 or more"),
        ("pelo menos 7 no imdb", "Rated 7 or more"),
    ],
)
def test_votes_are_told_by_where_they_are_given(text: str, label: str) -> None:
    intent = read(text)
    assert [one.label for one in intent.renowns] == [label]
    assert intent.age_max is None
    assert intent.excluded_titles == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "low rated",
        "lowest rated horror movies",
        "poorly rated comedies",
        "terribly reviewed action movies",
        "bad reviews",
        "worst movies of all time",
        "so bad it's good",
        "schlecht bewertete Horrorfilme",
        "die am schlechtesten bewerteten Filme",
        "peor valoradas",
        "les moins bien notés",
        "film con voti bassi",
        "mal avaliados",
    ],
)
def test_what_is_badly_rated_can_be_asked_for(text: str) -> None:
    assert [one.label for one in read(text).renowns] == ["Poorly rated"]


def test_what_is_badly_rated_can_be_refused() -> None:
    assert [one.label for one in read("no low rated movies").renowns] == ["Not poorly rated"]


@pytest.mark.parametrize(
    "text",
    [
        "good ratings only",
        "am besten bewertet",
        "mejor puntuadas",
        "films avec de bonnes critiques",
        "i più votati",
        "melhor avaliados",
    ],
)
def test_what_is_well_rated_is_acclaimed(text: str) -> None:
    assert [one.label for one in read(text).renowns] == ["Acclaimed"]


@pytest.mark.parametrize(
    ("text", "oldest"),
    [
        ("rated below 5 horror", 4),
        ("rated below 8 thriller", 7),
        ("rating less than 4 comedies", 3),
        ("my 5.5 year old", 5),
        ("for kids under 5.5", 4),
    ],
)
def test_a_limit_before_a_genre_or_with_a_fraction_stays_one(text: str, oldest: int) -> None:
    intent = read(text)
    assert intent.age_max == oldest
    assert intent.renowns == ()


@pytest.mark.parametrize("text", ["at least 1.5 hours", "version 2.0", "80% of the audience left"])
def test_other_fractions_and_shares_are_no_votes(text: str) -> None:
    assert read(text).renowns == ()
