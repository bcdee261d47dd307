"""What may be and need not be: it is neither asked for nor refused, in six languages."""

import pytest

from tests.names_builder import labels, read

_NEED_NOT_BE = (
    "doesn't have to be a comedy",
    "it does not have to be funny",
    "doesnt have to be a comedy",
    "needn't be funny",
    "need not be a comedy",
    "not necessarily a comedy",
    "not always funny",
    "not only comedies",
    "not just a comedy",
    "not exclusively comedies",
    "no need for comedy",
    "I can live with comedy",
    "we could live with a comedy",
    "I can put up with comedies",
    "mit Komödien kann ich leben",
    "puedo vivir con una comedia",
    "je peux vivre avec une comédie",
    "posso convivere con una commedia",
    "posso viver com uma comédia",
    "nothing against comedies",
    "I don't mind comedies",
    "I don't care if it's a comedy",
    "a comedy or not",
    "comedy is fine",
    "comedies are okay too",
    "comedy optional",
    "funny isn't a must",
    "it can be a comedy but doesn't have to",
    "muss keine Komödie sein",
    "muss nicht lustig sein",
    "nicht unbedingt eine Komödie",
    "nicht nur Komödien",
    "nichts gegen Komödien",
    "darf auch lustig sein",
    "Komödien sind okay",
    "egal ob Komödie",
    "no hace falta que sea una comedia",
    "no tiene que ser una comedia",
    "no tiene por qué ser una comedia",
    "no necesariamente una comedia",
    "no solo comedias",
    "no me importa que sea una comedia",
    "la comedia está bien",
    "pas forcément une comédie",
    "pas seulement des comédies",
    "pas besoin que ce soit une comédie",
    "rien contre les comédies",
    "peu importe si c'est une comédie",
    "non per forza una commedia",
    "non deve essere per forza una commedia",
    "non serve che sia una commedia",
    "non solo commedie",
    "la commedia va bene",
    "não precisa ser comédia",
    "não necessariamente comédia",
    "não só comédias",
    "nada contra comédias",
    "a comédia não me incomoda",
)


@pytest.mark.parametrize("text", _NEED_NOT_BE)
def test_what_need_not_be_is_neither_asked_for_nor_refused(text: str) -> None:
    intent = read(text)
    assert (intent.genres, intent.excluded_genres) == ((), frozenset())
    assert not intent.mentions
    assert not intent.free_text


@pytest.mark.parametrize(
    "text",
    [
        "I don't mind gore",
        "gore is fine",
        "a bit of gore is ok",
        "gore doesn't bother me",
        "we can handle gore",
        "no problem with gore",
        "Blut stört mich nicht",
        "Blut macht mir nichts aus",
        "no me molesta la sangre",
        "la sangre no me molesta",
        "le sang ne me dérange pas",
        "ça ne me dérange pas qu'il y ait du sang",
        "non mi dà fastidio il sangue",
        "il sangue non mi dà fastidio",
        "não me importo com sangue",
    ],
)
def test_content_that_nobody_minds_is_neither_refused_nor_a_topic(text: str) -> None:
    intent = read(text)
    assert not intent.excluded_keywords
    assert not intent.topics
    assert intent.age_max is None
    assert not intent.free_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("not only in English", []),
        ("needn't be new", []),
        ("a thriller, I don't mind violence", ["Thriller"]),
        ("thriller, violence and gore are fine", ["Thriller"]),
        ("thriller and gore is fine", ["Thriller"]),
        ("I don't mind gore but no sex", ["No sex"]),
        ("I don't mind gore, violence or nudity, a thriller", ["Thriller"]),
        ("not necessarily a comedy from the 80s", ["1980–1989"]),
        ("not necessarily a comedy with Tom Hanks", ["Tom Hanks"]),
        ("not only funny but also scary", ["Comedy", "Horror"]),
        ("not only horror, also comedies", ["Horror", "Comedy"]),
        ("nicht nur lustig, sondern auch spannend", ["Comedy", "Exciting"]),
        ("a thriller, not that I hate comedies", ["Thriller"]),
        ("not only long movies", []),
    ],
)
def test_the_rest_of_the_request_is_read_as_ever(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("not a comedy", ["Not Comedy"]),
        ("must not be a comedy", ["Not Comedy"]),
        ("I don't care for comedies", ["Not Comedy"]),
        ("non deve essere una commedia", ["Not Comedy"]),
        ("darf keine Komödie sein", ["Not Comedy"]),
        ("I can't live with comedies", ["Not Comedy"]),
        ("no gore is fine", ["No gore"]),
        ("something scary is fine", ["Horror"]),
        ("I'm open to horror", ["Horror"]),
        ("musicals are welcome", ["Music"]),
    ],
)
def test_refusals_and_wishes_are_no_tolerances(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    ("text", "oldest"),
    [
        ("not just for kids", 8),
        ("for kids, gore is fine", 8),
        ("for my 8 year old, I don't mind violence", 8),
        ("no need for R-rated films", None),
    ],
)
def test_no_tolerance_lifts_an_age(text: str, oldest: int | None) -> None:
    limit = read(text).age_max
    assert limit is not None
    assert oldest is None or limit == oldest


def test_words_of_a_story_are_no_tolerance() -> None:
    text = "a film about a man who doesn't have to be funny to make his only daughter laugh"
    assert "funny" in read(text).free_text


@pytest.mark.parametrize(
    "text",
    [
        "gore is not ok",
        "gore isn't fine",
        "gore is a no go",
        "violence is fine, gore is not",
        "Blut geht gar nicht",
        "Blut ist tabu",
        "la sangre no está bien",
        "il sangue non va bene",
        "cant stand blood",
        "not ok with gore",
        "I'm not really ok with gore",
    ],
)
def test_what_is_not_ok_is_refused(text: str) -> None:
    intent = read(text)
    assert "gore" in intent.excluded_keywords
    assert intent.age_max == 17
    assert not intent.topics
    assert not intent.free_text


@pytest.mark.parametrize(
    "text",
    [
        "romance shouldn't be the focus",
        "n'importe quel genre",
        "egal welches Genre",
        "da igual el género",
        "non importa il genere",
    ],
)
def test_what_is_all_the_same_asks_for_nothing(text: str) -> None:
    intent = read(text)
    assert not intent.mentions
    assert not intent.free_text


def test_words_of_what_is_told_at_length_are_searched_for_and_no_topic() -> None:
    text = (
        "hey there, how are you today? so anyway, I am looking for movies similar to Heat, and it "
        "does not have to be a heist movie, maybe with Tom Hanks in it"
    )
    intent = read(text)
    assert "heist" in intent.free_text
    assert not intent.topics
