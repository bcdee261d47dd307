"""Animals that are not to die are no wish and no plot: what tells of their deaths is out."""

import pytest

from tests.names_builder import read


@pytest.mark.parametrize(
    "text",
    [
        "where the dog doesn't die",
        "a film where the dog doesnt die",
        "a movie where the animals survive",
        "a feel-good film, dog must not die",
        "movies with dogs, no dog dies",
        "keine toten Tiere",
        "in dem der Hund nicht stirbt",
        "ein Film, in dem der Hund überlebt",
        "película donde el perro no muere",
        "film où le chien ne meurt pas",
        "film in cui il cane non muore",
        "filme em que o cachorro não morre",
    ],
)
def test_deaths_of_animals_that_are_spared_are_refused(text: str) -> None:
    refused = read(text)
    assert {"death of pet", "dog dies"} <= set(refused.excluded_keywords)


@pytest.mark.parametrize(
    "text",
    [
        "a film about a boy whose house is where the dog lives",
        "the dog doesn't die of hunger in a war",
        "nobody dies",
        "a boy and his dog survive a storm",
        "dog, lives of others",
    ],
)
def test_other_animals_refuse_nothing(text: str) -> None:
    assert "death of pet" not in read(text).excluded_keywords


@pytest.mark.parametrize("text", ["where the dog doesn't die", "dog films, no dog dies"])
def test_it_is_told_that_few_titles_are_marked_so(text: str) -> None:
    refused = [part for part in read(text).interpreted() if part.field == "exclude_content"]
    assert [part.status for part in refused] == ["preferred"]
