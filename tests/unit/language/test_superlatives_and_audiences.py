"""Superlatives, topics beside whoever watches and what is refused, and media named in a mood."""

import pytest

from tests.names_builder import labels, read


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("funniest movies", ["Comedy", "Films"]),
        ("the scariest movie ever", ["Horror", "Acclaimed", "Films"]),
        ("saddest shows", ["Sad", "Shows"]),
        ("shortest movies", ["At most 95 minutes", "Films"]),
        ("die lustigsten Filme aller Zeiten", ["Comedy", "Films", "Acclaimed"]),
        ("der gruseligste Film", ["Horror", "Films"]),
        ("die traurigsten Serien", ["Sad", "Shows"]),
        ("die schönsten Komödien", ["Acclaimed", "Comedy"]),
        ("il film più spaventoso di sempre", ["Films", "Horror", "Acclaimed"]),
    ],
)
def test_a_superlative_asks_for_the_quality(text: str, understood: list[str]) -> None:
    assert labels(text) == understood
    assert not read(text).rest


@pytest.mark.parametrize(
    "text",
    [
        "les meilleurs films de tous les temps",
        "las mejores películas de todos los tiempos",
        "i migliori film di tutti i tempi",
        "os melhores filmes de todos os tempos",
    ],
)
def test_of_all_time_is_acclaimed(text: str) -> None:
    assert labels(text) == ["Films", "Acclaimed"]
    assert not read(text).rest


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("happy movies", "movie"),
        ("worst shows", "tv"),
        ("comfort shows", "tv"),
        ("the best movie ever", "movie"),
    ],
)
def test_a_phrase_with_a_medium_asks_for_it(text: str, medium: str) -> None:
    assert read(text).media_types == {medium}


@pytest.mark.parametrize(
    "text",
    [
        "Filme über Zombies ohne Gewalt",
        "películas sobre zombis sin violencia",
        "films sur les zombies sans violence",
        "film sugli zombie senza violenza",
        "filmes sobre zumbis sem violência",
    ],
)
def test_what_is_refused_is_no_part_of_what_a_film_is_about(text: str) -> None:
    """A refusal within the story was taken for a word, and limited nothing."""
    intent = read(text)
    assert [topic.name for topic in intent.topics] == ["zombie"]
    assert labels(text)[-1] == "No violence"
    assert intent.age_max == 13


@pytest.mark.parametrize(
    "text",
    [
        "movies about zombies for kids",
        "Filme über Zombies für Kinder",
        "películas sobre zombis para niños",
        "films sur les zombies pour enfants",
        "film sugli zombie per bambini",
        "filmes sobre zumbis para crianças",
    ],
)
def test_whoever_watches_is_no_part_of_what_a_film_is_about(text: str) -> None:
    intent = read(text)
    assert [topic.name for topic in intent.topics] == ["zombie"]
    assert intent.age_max == 8
    assert not intent.rest


@pytest.mark.parametrize(
    "text", ["zombies about kids in a mall", "movies about kids who fight zombies"]
)
def test_children_of_a_story_limit_nothing(text: str) -> None:
    assert read(text).age_max is None


@pytest.mark.parametrize(
    "text",
    [
        "una película que no sea terrorífica para mi hijo",
        "un film qui ne soit pas effrayant pour mon fils",
        "film che non sia spaventoso per mio figlio",
        "um filme que não seja assustador para meu filho",
        "ein Film, der nicht zu gruselig ist, für meinen Sohn",
        "no scary stuff for my son",
    ],
)
def test_what_is_not_to_frighten_a_child_limits(text: str) -> None:
    intent = read(text)
    assert intent.age_max == 8
    assert "Not Horror" in labels(text)


@pytest.mark.parametrize(
    "text", ["un cartone per bambini", "caricaturas para niños", "um desenho para crianças"]
)
def test_a_cartoon_has_more_names(text: str) -> None:
    assert labels(text) == ["Animation", "For ages up to 8"]


@pytest.mark.parametrize(
    "text",
    [
        "movies about robots with my kids",
        "movies about robots to watch with my kids",
        "Filme über Roboter mit meinen Kindern",
        "películas sobre robots con mis hijos",
        "films sur les robots à voir avec mes enfants",
        "film sui robot con i miei figli",
        "filmes sobre robôs com meus filhos",
    ],
)
def test_whose_children_they_are_says_that_they_watch(text: str) -> None:
    """They were taken for a part of the story, and limited nothing."""
    assert read(text).age_max == 8
