"""Names that are refused: franchises, studios, people and titles right behind a negation."""

from dataclasses import replace

import pytest

from api.catalogue.names.ordinary_words import OrdinaryWords
from api.catalogue.names.text_names import TextNames
from api.catalogue.names.topics import Keyword
from api.language.parser import parse
from api.language.vocabulary.names import names_of
from tests.names_builder import NAMES, TODAY, labels, mention_of, read


@pytest.mark.parametrize(
    "text",
    [
        "anything but Star Wars",
        "anything but star wars",
        "tired of star wars",
        "science fiction but no star wars please",
        "no more star wars movies",
        "bloß kein Star Wars",
        "nada de star wars",
        "pas de Star Wars",
        "niente Star Wars",
        "não gosto de Star Wars",
    ],
)
def test_a_franchise_is_refused_with_all_that_bears_its_name(text: str) -> None:
    intent = read(text)
    assert intent.excluded_franchises == {11}
    assert intent.excluded_titles == {30, 31}
    assert intent.seeds == ()
    assert intent.named_title is None
    assert "star" not in intent.free_text.casefold()


def test_several_names_are_refused_together() -> None:
    intent = read("action, no james bond or star wars")
    assert intent.excluded_franchises == {11, 645}
    assert intent.franchises == frozenset()
    assert labels("not James Bond") == ["Not James Bond Collection"]


def test_a_single_small_word_is_refused_as_a_franchise_and_as_what_it_means() -> None:
    intent = read("no alien")
    assert intent.excluded_franchises == {10}
    assert intent.excluded_keywords >= {"alien"}
    assert read("no Alien").excluded_keywords == frozenset()


@pytest.mark.parametrize(
    "text", ["not by disney", "nothing from Disney", "without disney", "ohne Disney"]
)
def test_a_studio_is_refused_though_a_service_has_its_name(text: str) -> None:
    intent = read(text)
    assert intent.excluded_companies == {17}
    assert intent.services == frozenset()


def test_a_last_name_behind_a_negation_is_a_person_and_a_whole_title_a_title() -> None:
    assert [part.people for part in read("no tarantino").excluded_parts] == [{3}]
    assert read("no tarantino").excluded_words == {"tarantino"}
    assert read("no Tarantino").excluded_words == frozenset()
    assert read("anything but the godfather").excluded_titles == {16}
    assert read("anything but the big short").excluded_titles == {10}
    assert read("tired of interstellar").excluded_titles == {15}
    assert read("no interstellar travel").excluded_titles == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "nothing like Heat",
        "no idea, star wars maybe",
        "no horror",
        "a man who has no alien friends",
    ],
)
def test_what_is_no_refusal_of_a_name_refuses_none(text: str) -> None:
    intent = read(text)
    assert intent.excluded_franchises == frozenset()
    assert intent.excluded_companies == frozenset()


def test_new_in_a_plot_refuses_no_years() -> None:
    text = "a man lives in a world without any new stimulation and slowly goes mad"
    assert read(text).excluded_years == ()
    assert "new stimulation" in read(text).free_text


@pytest.mark.parametrize("text", ["something newer", "newer thrillers", "a thriller, but newer"])
def test_newer_without_a_title_is_a_leaning_to_recent_years(text: str) -> None:
    intent = read(text)
    assert intent.years == ((2022, 2100),)
    assert "year" in intent.preferred


@pytest.mark.parametrize(
    "text", ["the newer generation rebels against an old king", "not newer", "newer than 2010"]
)
def test_newer_elsewhere_is_none(text: str) -> None:
    assert (2022, 2100) not in read(text).years


def test_a_bracket_that_is_open_is_closed_where_the_words_are_told() -> None:
    told = [one.text for one in read("I loved Heat (1995) and Zorbing (1998)").interpreted()]
    assert told == ["Heat (1995)", "Zorbing (1998)"]


def test_both_media_are_meant_where_both_are_written() -> None:
    assert read("Movies/shows like Fargo").media_types == {"movie", "tv"}
    intent = read("[MOVIES][90s] heist")
    assert intent.media_types == {"movie"}
    assert intent.years == ((1990, 1999),)


def test_a_single_word_is_a_topic_where_few_know_the_title_of_that_name() -> None:
    assert read("vampire").named_title is None
    assert read("vampire").free_text == "vampire"
    assert labels("fun") == ["Light"]
    assert read("alien").named_title == 6
    assert read("Fun (2015)").named_title == 32


def test_a_whole_name_that_is_refused_is_no_title_of_its_first_name() -> None:
    intent = read("90s comedies without Tom Hanks")
    assert [part.people for part in intent.excluded_parts] == [{5}]
    assert intent.excluded_titles == frozenset()
    assert read("comedies except Tom").excluded_titles == {33}


def test_a_noun_with_its_german_capital_is_refused_as_a_word_too() -> None:
    intent = read("komödien ohne Collateral")
    assert intent.excluded_titles == {21}
    assert intent.excluded_words == {"collateral"}


@pytest.mark.parametrize(
    "text", ["no DC movies", "anything but dc movies", "action, but nothing from DC"]
)
def test_a_maker_without_a_company_is_refused_by_keywords_and_the_part_says_so(text: str) -> None:
    intent = read(text)
    assert intent.excluded_keywords == {"dc comics"}
    assert intent.excluded_titles == frozenset()
    remark = mention_of(text, "exclude_content").remark
    assert remark is not None
    assert "dc comics" in remark


def test_a_maker_of_whom_nothing_is_known_is_said_to_leave_nothing_out() -> None:
    assert mention_of("nothing by Zentropa", "exclude_content").note is not None


def test_whose_comedies_are_refused_refuses_no_comedies() -> None:
    intent = read("no Tom Hanks comedies")
    assert [part.people for part in intent.excluded_parts] == [{5}]
    assert intent.excluded_genres == frozenset()


@pytest.mark.parametrize("text", ["never alien", "they don't heist", "isn't collateral"])
def test_behind_what_negates_a_verb_a_small_word_is_no_name(text: str) -> None:
    intent = read(text)
    assert (intent.excluded_titles, intent.excluded_franchises) == (frozenset(), frozenset())


@pytest.mark.parametrize(
    "text",
    [
        "a movie not named Heat",
        "a movie not called heat",
        "a film that isn't called heat",
        "a film that is not titled Heat",
        "una película que no se llame Heat",
        "un film qui ne s'appelle pas Heat",
        "un film che non si chiami Heat",
        "um filme que não se chame Heat",
    ],
)
def test_behind_what_names_a_title_the_title_alone_is_refused(text: str) -> None:
    intent = read(text)
    assert intent.excluded_titles == {1}
    assert intent.excluded_words == frozenset()


@pytest.mark.parametrize(
    "text", ["not interstellar", "no interstellar", "something funny but not interstellar"]
)
def test_a_small_word_that_means_nothing_else_is_a_title(text: str) -> None:
    assert read(text).excluded_titles == {15}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("tarantino but not interstellar", {15}),
        ("nolan, not interstellar", {15}),
        ("not interstellar", set()),
        ("something funny but no interstellar", set()),
    ],
)
def test_a_word_that_stories_use_is_a_title_behind_a_maker(text: str, title: set[int]) -> None:
    ordinary = OrdinaryWords.of(2 * ("They go on an interstellar journey.",))
    intent = parse(text, names=replace(NAMES, ordinary_words=ordinary), today=TODAY)
    assert intent.excluded_titles == title


def test_a_maker_beside_a_title_that_is_refused_is_demanded() -> None:
    intent = read("tarantino but not interstellar")
    assert [part.people for part in intent.parts] == [{3}]
    assert "person" not in intent.preferred


@pytest.mark.parametrize("text", ["not by pixar", "nothing from Pixar", "ohne Pixar"])
def test_a_maker_that_keywords_alone_tell_of_is_refused_as_far_as_these_go(text: str) -> None:
    marked = [Keyword("pixar animation", 21)]
    names = names_of(TextNames.of((), (), (), (), marked, ()))
    intent = parse(text, names=names, today=TODAY)
    assert intent.excluded_keywords == {"pixar animation"}
    chips = [one for one in intent.interpreted() if one.field == "exclude_content"]
    assert [one.status for one in chips] == ["preferred"]


@pytest.mark.parametrize("text", ["no zombies", "without violence", "not by disney"])
def test_what_is_known_of_titles_is_refused_for_sure(text: str) -> None:
    assert "preferred" not in {
        one.status for one in read(text).interpreted() if one.field != "exclude_mood"
    }


@pytest.mark.parametrize(
    "text",
    [
        "movies not written by Quentin Tarantino",
        "nothing produced by Quentin Tarantino",
        "not narrated by Quentin Tarantino",
        "documentaries not voiced by Quentin Tarantino",
        "pas écrit par Quentin Tarantino",
    ],
)
def test_whoever_is_refused_in_any_part_is_refused(text: str) -> None:
    assert "Not Quentin Tarantino" in labels(text)


def test_what_is_refused_ends_before_who_made_it() -> None:
    assert labels("movies without horror written by Quentin Tarantino") == [
        "Films",
        "Not Horror",
        "Quentin Tarantino",
    ]
