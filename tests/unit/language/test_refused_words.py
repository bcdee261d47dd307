"""Words behind a negation that no vocabulary has: "no time travel", "without zombies or ghosts"."""

import pytest

from tests.names_builder import read


@pytest.mark.parametrize(
    ("text", "refused", "of_stories"),
    [
        ("thrillers, no serial killers", {"serial killers"}, {"serial killer"}),
        ("no time travel please, smart science fiction", {"time travel"}, set()),
        ("horror without ghosts or possession", {"ghosts", "possession"}, set()),
        ("a heist without zombies in space", {"zombies"}, {"zombie"}),
        ("horreur sans zombies ni vampires", {"zombies", "vampires"}, {"zombie", "vampire"}),
        ("terror sin zombis ni vampiros", {"zombis", "vampiros"}, {"zombie", "vampire"}),
        ("terror sem zumbis nem vampiros", {"zumbis", "vampiros"}, {"zombie", "vampire"}),
        ("horror ohne Zombies", {"zombies"}, {"zombie"}),
        ("horror senza fantasmi", {"fantasmi"}, {"ghost"}),
    ],
)
def test_all_that_is_refused_is_out_of_stories_too_and_not_searched_for(
    text: str, refused: set[str], of_stories: set[str]
) -> None:
    intent = read(text)
    assert intent.excluded_words == refused | of_stories
    assert refused <= intent.excluded_keywords
    assert not any(word in intent.free_text.casefold() for word in refused)


def test_what_a_plot_is_without_is_no_refusal_of_stories() -> None:
    text = "a man with no memory wakes up in a hotel and finds that the city never sees the sun"
    assert read(text).excluded_words == frozenset()
    assert "memory" in read(text).free_text


@pytest.mark.parametrize(
    "text",
    [
        "by Christopher Nolan, not Star Wars",
        "von Christopher Nolan, aber kein star wars",
        "de Christopher Nolan, pas star wars",
        "de Christopher Nolan pero no star wars",
        "di Christopher Nolan, ma non star wars",
        "de Christopher Nolan, menos star wars",
    ],
)
def test_a_refused_series_is_out_by_its_name_and_the_negation_is_not_searched_for(
    text: str,
) -> None:
    intent = read(text)
    assert intent.excluded_names == {"Star Wars"}
    assert [part.people for part in intent.parts] == [{4}]
    assert intent.free_text == ""


def test_a_kind_of_genre_is_searched_for_beside_a_mood_and_alone() -> None:
    intent = read("slow burning space opera")
    assert [mood.label for mood in intent.moods] == ["Slow burn"]
    assert intent.free_text == "space opera"
    assert read("whodunits").free_text == "whodunits"
    assert read("a mystery").free_text == ""


@pytest.mark.parametrize(
    ("text", "mood", "left"),
    [
        ("bleak dystopian drama", "Dark", "dystopian drama"),
        ("a cosy small town mystery", "Cosy", "small town mystery"),
    ],
)
def test_a_mood_counts_beside_the_other_words_of_its_noun_phrase(
    text: str, mood: str, left: str
) -> None:
    intent = read(text)
    assert [one.label for one in intent.moods] == [mood]
    assert intent.free_text.removeprefix("a ") == left


def test_no_mood_reaches_beyond_its_noun_phrase() -> None:
    assert read("a dark house with a comedy club").moods == ()
    assert read("a dark house, comedy").moods == ()


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("a heist, nothing supernatural", {"supernatural", "ghost", "poltergeist", "vampire"}),
        ("horror without ghosts, nothing paranormal", {"paranormal", "supernatural", "ghosts"}),
        ("terror, nada sobrenatural", {"supernatural", "ghost"}),
        ("zombie-free horror", {"zombie"}),
        ("no gore or zombies", {"zombies"}),
        ("no Star Wars or zombies", {"zombies"}),
    ],
)
def test_a_theme_is_refused_with_its_kinds_and_in_every_form(text: str, refused: set[str]) -> None:
    intent = read(text)
    assert refused <= intent.excluded_words
    assert intent.excluded_titles <= {30, 31}


def test_what_follows_with_an_article_is_a_wish_again() -> None:
    intent = read("no zombies and a friendship")
    assert "friendship" not in intent.excluded_words
    assert [topic.name for topic in intent.topics] == ["friendship"]


@pytest.mark.parametrize(
    "text",
    [
        "funny but not stupid",
        "funny but not stupid for a friday night with my wife",
        "something funny but not stupid tonight",
        "a comedy that is not stupid please",
        "funny but not stupid movies",
        "comedies like Heat but less stupid",
    ],
)
def test_a_refused_quality_is_not_searched_for_whatever_follows(text: str) -> None:
    intent = read(text)
    assert "stupid" not in intent.free_text.casefold()
    statuses = {part.label: part.status for part in intent.interpreted()}
    assert statuses["No stupid"] == "unsupported"
