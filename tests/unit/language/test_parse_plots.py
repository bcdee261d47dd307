"""Words of a plot that somebody tells are no filters; the wishes beside it are."""

import pytest

from tests.names_builder import labels, read


@pytest.mark.parametrize(
    "text",
    [
        "a french cook spends her lottery winnings on one lavish dinner for danish villagers",
        "villagers play cricket against the british to get rid of a tax",
        "kids in the eighties look for their missing friend and meet a girl with powers",
        "a son goes back to the fifties in a car and meets his own mother",
        "dead couple tries to scare the new owners out of their house",
        "boy befriends the projectionist of his village movie theatre by the sea",
        "insurance salesman finds out that his whole life is a tv show",
        "an angel shows a desperate man what the town would be like had he never lived",
        "years later the kidnapper of the vanished girlfriend offers to show what happened",
        "soldier joins the partisans in the forest and sees the horrors of the army",
        "lunch delivered to the wrong man in the city starts a romance of letters",
        "man locked up in a room for ages without knowing why, then released to take revenge",
        "soldiers carry a message through no man's land and the ruined trenches",
        "no babies are born any more and a man protects the first pregnant woman",
        "nerds try to buy alcohol for a party before graduating from school",
    ],
)
def test_a_told_plot_asks_for_nothing_but_itself(text: str) -> None:
    intent = read(text)
    assert intent.mentions == ()
    assert intent.free_text == text


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("korean thriller, a chef hunts the killer of his sister", {"Korean", "Thriller"}),
        ("psychologist on a space station meets his dead wife again, russian", {"Russian"}),
        ("vampire with long fingernails brings the plague on a ship, silent film", {"Films"}),
        (
            "french crime film, thieves betray their boss after a robbery",
            {"French", "Crime", "Films"},
        ),
        (
            "dark gripping slow burning atmospheric twisted horror with a lighthouse",
            {"Dark", "Exciting", "Horror", "Slow burn"},
        ),
        ("thieves rob a bank in a small town by a tunnel, made in the 1970s", {"1970–1979"}),
        ("clumsy spies chase stolen diamonds across hotels, no zombies", {"No zombies"}),
    ],
)
def test_wishes_beside_a_plot_stay_wishes(text: str, wishes: set[str]) -> None:
    assert set(labels(text)) == wishes


def test_short_texts_are_read_as_before() -> None:
    assert labels("german town mysteries") == ["German", "Mystery"]
    assert labels("french detective") == ["French"]
