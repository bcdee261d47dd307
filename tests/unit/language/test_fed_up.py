"""What somebody hates, has had enough of and did not like, however it is said."""

import pytest

from tests.names_builder import labels, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hates gore", ["No gore"]),
        ("doesn't like gore, something light", ["No gore", "Light"]),
        ("my flatmate hates gore", ["No gore"]),
        ("mein Mitbewohner hasst Horror", ["Not Horror"]),
        ("my wife loves comedies, hates horror", ["Comedy", "Not Horror"]),
        ("Krimis hasse ich", ["Not Crime"]),
        ("Horror will ich nicht sehen", ["Not Horror"]),
        ("el terror no me gusta", ["Not Horror"]),
        ("we hate zombies", ["No zombies"]),
    ],
)
def test_a_hate_needs_nobody_named(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bitte nicht schon wieder Marvel", ["Not Marvel Studios"]),
        ("Marvel kann ich nicht mehr sehen", ["Not Marvel Studios"]),
        ("marvel, no", ["Not Marvel Studios"]),
        ("basta horror", ["Not Horror"]),
        ("basta supereroi", ["No supereroi"]),
        ("stufo dei supereroi", ["No supereroi"]),
        ("j'en ai marre des super-héros", ["No super-héros"]),
        ("ya basta de superhéroes", ["No superhéroes"]),
        ("no thanks to horror", ["Not Horror"]),
        ("horror is out of the question", ["Not Horror"]),
    ],
)
def test_what_there_was_enough_of_is_refused(text: str, expected: list[str]) -> None:
    intent = read(text)
    assert labels(text) == expected
    assert not intent.free_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bored of Marvel, likes zombies and sharks", ["Not Marvel Studios", "zombies", "sharks"]),
        ("tired of horror, loves comedies", ["Not Horror", "Comedy"]),
        ("hates horror, wants a comedy", ["Not Horror", "Comedy"]),
        ("tired of zombies, ghosts and sharks", ["No zombies", "No ghosts", "No sharks"]),
    ],
)
def test_a_liking_ends_a_list_of_refusals(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I found Heat boring", ["Not Heat"]),
        ("Heat was terrible, something else", ["Not Heat"]),
        ("we thought Heat was so boring", ["Not Heat"]),
        ("I found Fargo boring, something like Heat", ["Not Fargo", "Heat"]),
        ("Ich fand Interstellar langweilig", ["Not Interstellar"]),
        ("Interstellar fand ich langweilig", ["Not Interstellar"]),
        ("Interstellar me pareció aburrida", ["Not Interstellar"]),
        ("did not enjoy Interstellar", ["Not Interstellar"]),
        ("we didn't like Fight Club", ["Not Fight Club"]),
        ("I hated The Godfather", ["Not The Godfather"]),
        ("The Godfather bored me", ["Not The Godfather"]),
        ("Interstellar hat mir nicht gefallen", ["Not Interstellar"]),
        ("não gostei de Interstellar", ["Not Interstellar"]),
    ],
)
def test_a_title_that_was_disliked_is_left_out_and_no_seed(text: str, expected: list[str]) -> None:
    intent = read(text)
    assert labels(text) == expected
    assert intent.excluded_titles
    assert len(intent.seeds) == len(expected) - 1


@pytest.mark.parametrize(
    "text",
    [
        "the ending was terrible",
        "my life is boring",
        "I found Heat great",
        "a comedy, no?",
        "una commedia e basta",
        "basta che sia divertente",
        "basta que sea divertida",
        "un film avec assez d'action",
        "a girl who lives alone, hates war",
        "a man who hated war",
    ],
)
def test_other_words_refuse_nothing(text: str) -> None:
    assert not [one for one in read(text).mentions if one.field.startswith("exclude_")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("keine Schimpfwörter", ["No strong language"]),
        ("nada de palavrões", ["No strong language"]),
        ("no f-bombs", ["No strong language"]),
        ("senza parolacce", ["No strong language"]),
        ("nada de dibujos", ["Not Animation"]),
        ("keine traurigen Filme", ["Not Sad"]),
        ("ich will nicht weinen", ["Not Sad"]),
        ("we don't do subtitles", ["English"]),
    ],
)
def test_refusals_in_words_of_every_day(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    "text",
    ["a Japanese film that isn't anime", "japanischer Film, kein Anime", "asian, no anime"],
)
def test_no_anime_beside_its_language_leaves_out_animation(text: str) -> None:
    intent = read(text)
    assert intent.excluded_genres == {16}
    assert "anime" in intent.excluded_keywords


@pytest.mark.parametrize("text", ["no anime", "a French film, no anime"])
def test_no_anime_alone_goes_by_its_keyword(text: str) -> None:
    assert not read(text).excluded_genres


def test_less_violence_leaves_out_what_is_violent_by_its_genres() -> None:
    assert read("less violence").excluded_moods == read("not so violent").excluded_moods
    assert read("less violence").age_max is None
