"""What somebody says they do not want is refused, in the plainest words of each language."""

import pytest

from api.domain.genres import genre_id
from tests.names_builder import read

HORROR = genre_id("Horror")


@pytest.mark.parametrize(
    "text",
    [
        "não quero terror",
        "eu não quero terror",
        "hoje não queremos filme de terror",
        "não procuro terror",
        "não estou procurando terror",
        "não gosto muito de terror",
        "não gostaria de ver terror",
        "não curto terror",
        "non voglio horror",
        "non vogliamo un horror",
        "non vorrei horror",
        "non cerco horror",
        "non sono fan dell'horror",
        "no queremos terror",
        "no busco terror",
        "no estamos buscando terror",
        "paso de terror",
        "interessiere mich nicht für horror",
        "not looking for horror",
        "i'm not looking for horror",
        "hard pass on horror",
        "horror? nah",
        "horror nah",
    ],
)
def test_a_wish_that_is_denied_is_a_refusal(text: str) -> None:
    intent = read(text)
    assert HORROR in intent.excluded_genres
    assert intent.genres == ()
    assert intent.runtime_min is None


@pytest.mark.parametrize(
    "text",
    [
        "quero terror",
        "voglio un horror",
        "vorrei un horror",
        "quiero terror",
        "busco terror",
        "no, quiero terror",
        "não, quero terror",
        "looking for horror",
        "faz tempo que não vejo um bom terror",
        "hace mucho que no veo una buena de terror",
    ],
)
def test_a_wish_is_a_wish(text: str) -> None:
    intent = read(text)
    assert intent.genres == (frozenset({HORROR}),)
    assert HORROR not in intent.excluded_genres


@pytest.mark.parametrize(
    "text",
    [
        "peli para ver con mi novia que no sea de miedo",
        "con mi novia, que no sea de terror",
        "film con la mia ragazza che non sia un horror",
        "filme com minha namorada que não seja terror",
        "con mi novia que odia el terror",
        "com minha namorada que não gosta de terror",
    ],
)
def test_behind_whoever_watches_too_the_title_or_they_refuse(text: str) -> None:
    intent = read(text)
    assert HORROR in intent.excluded_genres
    assert intent.genres == ()


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("one of us hates horror", {"Horror"}),
        ("one hates horror the other hates romance", {"Horror", "Romance"}),
        ("wir sind zu dritt, einer hasst romantik", {"Romance"}),
        ("eine von uns hasst horror", {"Horror"}),
        ("uno odia el terror, el otro odia el romance", {"Horror", "Romance"}),
        ("l'un déteste l'horreur", {"Horror"}),
        ("uno di noi odia l'horror", {"Horror"}),
        ("um de nós odeia terror", {"Horror"}),
    ],
)
def test_what_one_of_those_who_watch_hates_is_refused(text: str, refused: set[str]) -> None:
    intent = read(text)
    assert intent.excluded_genres == {genre_id(name) for name in refused}
    assert intent.genres == ()


@pytest.mark.parametrize(
    "text", ["movie where one hates horror", "a story in which the other hates romance"]
)
def test_somebody_in_a_plot_refuses_nothing(text: str) -> None:
    assert read(text).excluded_genres == frozenset()


@pytest.mark.parametrize(
    "text", ["hated Heat", "hated inception", "loved Alien, hated Heat", "odié Heat", "odiei Heat"]
)
def test_a_title_that_was_hated_is_left_out(text: str) -> None:
    intent = read(text)
    assert not intent.excluded_titles & set(intent.seeds)
    assert "Heat" not in intent.text or 1 in intent.excluded_titles


def test_a_hatred_of_the_past_is_taken_back() -> None:
    assert read("hated westerns, but now I love them").excluded_genres == frozenset()


@pytest.mark.parametrize(
    "text",
    ["not period drama", "ghosts but not period drama", "romance but not period drama"],
)
def test_a_kind_that_is_refused_asks_for_none_of_its_genre(text: str) -> None:
    intent = read(text)
    assert not any(genre_id("Drama") in group for group in intent.genres)
    assert "period drama" in intent.excluded_words


@pytest.mark.parametrize(
    "text", ["vampires but not zombies", "heist but not about zombies", "time travel, not zombies"]
)
def test_a_topic_is_refused_behind_one_that_is_wanted(text: str) -> None:
    assert "zombies" in read(text).excluded_words
