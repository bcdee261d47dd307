"""Names that are one name, however they are written."""

import pytest

from api.catalogue.names.canonical import (
    as_they_sound,
    forms_of,
    key_of,
    with_digits_as_letters,
    without_article,
    words_of,
)


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Lilo & Stitch", "lilo and stitch"),
        ("Thelma and Louise", "thelma & louise"),
        ("Mr. & Mrs. Smith", "mr and mrs smith"),
        ("Hänsel und Gretel", "hansel & gretel"),
        ("Spider-Man", "spiderman"),
        ("Spider-Man", "Spider Man"),
        ("WALL·E", "walle"),
        ("X-Men", "xmen"),
        ("S.W.A.T.", "swat"),
        ("Ocean's Eleven", "oceans eleven"),
        ("Ocean’s Eleven", "Oceans 11"),
        ("Don't Look Up", "dont look up"),
        ("It's a Wonderful Life", "its a wonderful life"),
        ("Alien³", "alien 3"),
        ("Alien³", "Alien III"),
        ("9½ Weeks", "9 1/2 weeks"),
        ("8½", "8 1/2"),
        ("The Godfather Part II", "the godfather 2"),
        ("The Godfather: Part II", "The Godfather Part 2"),
        ("Kill Bill: Vol. 2", "kill bill 2"),
        ("It Chapter Two", "it chapter 2"),
        ("Rocky IV", "rocky 4"),
        ("Rocky V", "rocky 5"),
        ("Star Wars: Episode V", "star wars episode 5"),
        ("Dune: Part Two", "dune part 2"),
        ("The Sixth Sense", "the 6th sense"),
        ("Se7en", "SE7EN"),
        ("One Hundred and One Dalmatians", "101 dalmatians"),
        ("28 Days Later", "twenty-eight days later"),
        ("20,000 Leagues Under the Sea", "twenty thousand leagues under the sea"),
        ("20,000 Leagues Under the Sea", "20000 leagues under the sea"),
        ("10,000 BC", "10 thousand bc"),
        ("Nineteen Eighty-Four", "1984"),
        ("1917", "nineteen seventeen"),
        ("(500) Days of Summer", "five hundred days of summer"),
        ("The Hundred-Foot Journey", "the 100 foot journey"),
        ("Zero Dark Thirty", "zero dark 30"),
        ("21st Century", "twenty first century"),
        ("The Naked Gun 2½", "the naked gun 2.5"),
        ("Star Wars: Episode V", "star wars ep. 5"),
        ("Die Hard 4.0", "die hard 4"),
        ("Terminator 2: Judgment Day", "terminator 2.0 judgment day"),
        ("Rocky IV", "rocky 4.0"),
        ("Amélie", "amelie"),
        ("Æon Flux", "aeon flux"),
        ("Smørrebrød", "smorrebrod"),
        ("Straße", "strasse"),
        ("Жёлтый", "желтый"),
        ("Ελλάδα", "ελλαδα"),
        ("שָׁלוֹם", "שלום"),
        ("臥虎藏龍", "卧虎藏龙"),
        ("英雄联盟：双城之战", "英雄聯盟 雙城之戰"),
    ],
)
def test_two_spellings_of_one_name(written: str, typed: str) -> None:
    assert key_of(written) == key_of(typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rocky", "Rocky II"),
        ("I, Robot", "1 Robot"),
        ("Pelham One Two Three", "Pelham 6"),
        ("Twenty", "Twenty One"),
        ("Nine Hundred", "Nineteen Hundred"),
        ("M", "N"),
        ("भूत", "भात"),
        ("บาท", "บิท"),
        ("Part", "Party"),
        ("$", "…"),
        ("2.0", "2"),
        ("Apollo 10", "Apollo 1.0"),
        ("Agent 3.07", "Agent 37"),
        ("黑豹", "黑鏡"),
    ],
)
def test_two_names(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


def test_the_vowel_signs_of_hindi_are_part_of_a_word() -> None:
    assert words_of("घुम है किसिकी प्यार में") == ("घुम", "है", "किसिकी", "प्यार", "में")


@pytest.mark.parametrize("signs", ["$", "…", "!?", "***"])
def test_signs_alone_are_a_name_of_their_own(signs: str) -> None:
    assert words_of(signs) == ()
    assert key_of(f" {signs} ") == signs


def test_an_unfinished_number_is_a_word_too() -> None:
    assert forms_of("Ocean's Eleven") == (("oceans", "11"), ("oceans", "eleven"))
    assert forms_of("Heat") == (("heat",),)


def test_an_article_alone_is_the_name() -> None:
    assert without_article(words_of("The Matrix")) == ("matrix",)
    assert without_article(words_of("The")) == ("the",)


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("Se7en", "Seven"),
        ("Fant4stic", "Fantastic"),
        ("M3GAN", "MeGAN"),
        ("Scre4m", "Scream"),
        ("4th Floor", "4th Floor"),
        ("2 Fast 2 Furious", "2 Fast 2 Furious"),
        ("H2O", "H2O"),
    ],
)
def test_digits_within_words_are_drawn_for_letters(name: str, read: str) -> None:
    assert with_digits_as_letters(name) == read


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("too fast too furious", "2 Fast 2 Furious"),
        ("2 kill a mockingbird", "To Kill a Mockingbird"),
        ("how two train your dragon", "How to Train Your Dragon"),
        ("v four vendetta", "V for Vendetta"),
        ("for brothers", "Four Brothers"),
        ("won day", "One Day"),
        ("super ate", "Super 8"),
    ],
)
def test_words_sound_as_numbers_do(typed: str, meant: str) -> None:
    assert words_of(meant) in list(as_they_sound(words_of(typed)))


@pytest.mark.parametrize("typed", ["", "to", "4", "Heat", "The Godfather Part III"])
def test_what_is_no_number_sounds_as_nothing_else(typed: str) -> None:
    assert list(as_they_sound(words_of(typed))) == []


def test_a_text_full_of_numbers_is_read_in_few_ways() -> None:
    assert len(list(as_they_sound(("to",) * 40))) < 40
