"""What is said not to be for whoever watches too is refused, and children of theirs still limit."""

import pytest

from tests.names_builder import read

_HORROR, _WAR, _MUSIC, _WESTERN, _ANIMATION = 27, 10752, 10402, 37, 16


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        ("war movies are not for my kids", _WAR),
        ("war movies aren't for the children", _WAR),
        ("horror is not for my kids", _HORROR),
        ("horror isn't for kids", _HORROR),
        ("musicals are not suitable for our kids", _MUSIC),
        ("westerns are too violent for my children", _WESTERN),
        ("war movies are too scary for my kids", _WAR),
        ("war movies are inappropriate for kids", _WAR),
        ("a comedy, but horror is not for my kids", _HORROR),
        ("Kriegsfilme sind nichts für meine Kinder", _WAR),
        ("Horror ist nichts für unsere Kleinen", _HORROR),
        ("les films de guerre ne sont pas pour mes enfants", _WAR),
        ("el terror no es para mis hijos", _HORROR),
        ("i film di guerra non sono per i miei figli", _WAR),
    ],
)
def test_what_is_not_for_their_children_is_refused(text: str, genre: int) -> None:
    intent = read(text)
    assert intent.excluded_genres == {genre}
    assert not any(genre in group for group in intent.genres)
    assert (intent.age_min, intent.age_max) == (None, 8)
    assert intent.media_types == frozenset()


@pytest.mark.parametrize("text", ["zombies are not for my kids", "ghosts aren't for my children"])
def test_so_is_what_is_a_topic(text: str) -> None:
    intent = read(text)
    assert intent.excluded_keywords
    assert intent.topics == ()
    assert (intent.age_min, intent.age_max) == (None, 8)


def test_all_of_what_is_joined_is_refused() -> None:
    intent = read("musicals and westerns are not for my kids")
    assert intent.excluded_genres == {_MUSIC, _WESTERN}


def test_an_age_that_is_said_with_it_limits_no_less() -> None:
    intent = read("horror is not for my 6 year old")
    assert intent.excluded_genres == {_HORROR}
    assert intent.age_max is not None
    assert intent.age_max <= 6


def test_what_is_not_for_a_grown_companion_is_refused_without_a_limit() -> None:
    intent = read("horror is not for my wife")
    assert intent.excluded_genres == {_HORROR}
    assert intent.age_max is None


def test_children_watch_whom_something_unknown_is_not_for() -> None:
    assert read("blood and guts are not for my kids").age_max == 8


@pytest.mark.parametrize(
    "text",
    [
        "horror movies that are not for kids",
        "a horror which is not for my kids",
        "horror, not for kids",
        "a film not for kids",
        "this movie is not for my kids",
        "it's not for kids",
        "animations that aren't for kids",
        "Horrorfilme, die nicht für Kinder sind",
    ],
)
def test_a_film_that_is_not_for_children_is_for_older_ones(text: str) -> None:
    intent = read(text)
    assert intent.excluded_genres == frozenset()
    assert (intent.age_min, intent.age_max) == (9, None)


def test_what_a_plot_says_refuses_nothing() -> None:
    assert read("a story where war is not for kids").excluded_genres == frozenset()


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        ("my kids don't like animation", _ANIMATION),
        ("my kids don't like musicals", _MUSIC),
        ("my kids hate musicals", _MUSIC),
        ("kids don't like animation", _ANIMATION),
        ("the kids don't want animation", _ANIMATION),
        ("my kids are not into westerns", _WESTERN),
        ("the kids aren't fans of musicals", _MUSIC),
        ("my children shouldn't see war movies", _WAR),
        ("my kids aren't allowed to watch horror", _HORROR),
        ("my kids never watch horror", _HORROR),
        ("meine Kinder wollen keine Musicals", _MUSIC),
        ("mes enfants ne veulent pas de westerns", _WESTERN),
        ("mis hijos no quieren musicales", _MUSIC),
        ("i miei figli non vogliono musical", _MUSIC),
        ("meus filhos não querem musicais", _MUSIC),
    ],
)
def test_what_children_do_not_want_is_refused_and_they_watch(text: str, genre: int) -> None:
    intent = read(text)
    assert intent.excluded_genres == {genre}
    assert intent.genres == ()
    assert intent.topics == ()
    assert intent.free_text == ""
    assert intent.age_max == 8


@pytest.mark.parametrize(
    "text",
    [
        "my son doesn't want superheroes",
        "my wife doesn't want superheroes",
        "my daughter isn't into superheroes",
        "meine Tochter will keine Superhelden",
        "mi hija no quiere superhéroes",
        "ma fille ne veut pas de super-héros",
        "mia figlia non vuole supereroi",
        "minha filha não quer super-heróis",
    ],
)
def test_a_topic_that_a_companion_does_not_want_is_refused(text: str) -> None:
    intent = read(text)
    assert "superhero" in intent.excluded_keywords
    assert intent.topics == ()
    assert intent.free_text == ""


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("my niece hates horror", None),
        ("my grandson hates horror", 8),
        ("my 6 year old hates horror", 6),
        ("my 6 year old doesn't like horror", 6),
    ],
)
def test_so_is_what_any_child_of_theirs_hates(text: str, age: int | None) -> None:
    intent = read(text)
    assert intent.excluded_genres == {_HORROR}
    assert intent.age_max == age


@pytest.mark.parametrize(
    ("text", "genre"),
    [("my kids love animation", _ANIMATION), ("the kids want musicals", _MUSIC)],
)
def test_what_children_love_is_wanted(text: str, genre: int) -> None:
    intent = read(text)
    assert intent.genres == (frozenset({genre}),)
    assert intent.excluded_genres == frozenset()
    assert intent.age_max == 8


def test_what_they_love_and_what_they_hate_are_told_apart() -> None:
    intent = read("my kids love animation but hate musicals")
    assert intent.genres == (frozenset({_ANIMATION}),)
    assert intent.excluded_genres == {_MUSIC}


@pytest.mark.parametrize("text", ["a girl who hates war", "a niece hates horror"])
def test_whoever_hates_something_and_is_nobodys_refuses_nothing(text: str) -> None:
    assert read(text).excluded_genres == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "horror isn't really for my kids",
        "horror is definitely not for my kids",
        "horror just isn't for my kids",
        "horror is off limits for my kids",
        "horror isn't something for the kids",
        "I don't want my kids to watch horror",
        "I don't want the kids watching horror",
        "we never let our kids watch horror",
        "none of my kids like horror",
        "neither of my kids likes horror",
        "my little one is scared of horror",
        "Horror ist definitiv nichts für meine Kinder",
    ],
)
def test_so_it_is_however_it_is_put(text: str) -> None:
    intent = read(text)
    assert intent.excluded_genres == {_HORROR}
    assert intent.genres == ()
    assert intent.age_max == 8


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("I don't want my kids to watch zombies", 8),
        ("I don't want my son to watch zombies", None),
        ("I won't let my children see zombies", 8),
    ],
)
def test_what_they_are_not_to_watch_is_refused(text: str, age: int | None) -> None:
    intent = read(text)
    assert "zombie" in intent.excluded_keywords
    assert intent.topics == ()
    assert intent.age_max == age


def test_a_certificate_that_they_are_kept_from_is_their_limit() -> None:
    assert read("I do not want my kids to see R-rated films").age_max == 16


def test_an_answer_refuses_nothing_that_children_like() -> None:
    intent = read("no, my kids like animation")
    assert intent.genres == (frozenset({_ANIMATION}),)
    assert intent.excluded_genres == frozenset()
