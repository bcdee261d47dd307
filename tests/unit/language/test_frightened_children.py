"""Who says that their child is easily frightened asks for that child, of whatever age; counted
children watch by whatever word they are called."""

import pytest

from tests.names_builder import read


@pytest.mark.parametrize(
    "text",
    [
        "my daughter gets scared easily",
        "something magical, my son has nightmares",
        "my boys get scared",
        "my grandson is afraid of monsters",
        "a film that is not too scary for my daughter",
        "nothing too violent for my nephew",
        "meine Tochter gruselt sich schnell",
        "der Kleine fürchtet sich schnell",
        "nicht zu gruselig für meinen Sohn",
        "mi hijo se asusta fácilmente",
        "se asusta fácilmente mi hijo",
        "mon fils a peur facilement",
        "pas trop effrayant pour ma fille",
        "mio figlio ha paura facilmente",
        "meu filho tem medo",
    ],
)
def test_a_frightened_child_is_one(text: str) -> None:
    assert read(text).age_max == 8


@pytest.mark.parametrize(
    "text",
    [
        "for my son",
        "my son loves trains",
        "my wife gets scared easily",
        "my son in law is scared of clowns",
        "a boy who is afraid of the dark",
        "the boy is afraid of the dark",
        "the one where the boy has nightmares",
        "a movie about a son who is afraid",
    ],
)
def test_others_who_are_frightened_are_adults_or_of_a_plot(text: str) -> None:
    assert read(text).age_max is None


@pytest.mark.parametrize(
    "text",
    [
        "with 2 small boys",
        "for three little girls",
        "mit zwei kleinen Jungs",
        "mit zwei kleinen Mädchen",
        "avec deux petits garçons",
        "con due bimbi",
        "con tre bambine",
        "com dois meninos pequenos",
        "third graders sleepover",
        "small boys party",
        "for the birthday kid",
    ],
)
def test_small_children_are_counted_by_any_word(text: str) -> None:
    assert read(text).age_max == 8


@pytest.mark.parametrize(
    "text",
    [
        "a mother with two small boys",
        "a film about two small boys",
        "little girls in a haunted house",
    ],
)
def test_those_of_a_plot_watch_nothing(text: str) -> None:
    assert read(text).age_max is None


def test_a_said_age_comes_first() -> None:
    assert read("my daughter is 5 and gets scared easily").age_max == 5
    assert read("my son is 12 and gets scared easily").age_max == 12
