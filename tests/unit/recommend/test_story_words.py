"""What of a request the index of stories is asked for."""

from dataclasses import replace

import numpy as np
import pytest

from api.language.intent import Intent
from api.recommend.evidence.story import Choose, Story
from api.recommend.evidence.tellers_words import without_what_tellers_say
from api.recommend.pool import Retrieved
from tests.facts_builder import Title, facts_of, query_over

_PLOT = "I think I saw this film as a kid. A lighthouse keeper, maybe named Tom, finds a seal. "
_ASIDES = (
    "Please help, it is driving me mad, I do not remember anything else of it and it was long ago"
)


def test_what_tellers_say_is_left_out_and_what_they_tell_is_kept_as_it_is_written() -> None:
    assert without_what_tellers_say("I saw a Movie, about a café-owner's cat!") == (
        "I a about a café-owner's cat!"
    )


def test_where_nothing_else_is_said_it_is_searched_for() -> None:
    assert without_what_tellers_say("remember the movie") == "the"
    assert without_what_tellers_say("remember movies") == "remember movies"


@pytest.mark.parametrize(("text", "is_cut"), [(_PLOT + 2 * _ASIDES, True), (_PLOT, False)])
def test_only_a_plot_told_at_length_is_searched_for_without(text: str, is_cut: bool) -> None:
    asked: list[str] = []

    def search(text: str, *, version: int, choose: Choose) -> Retrieved:
        asked.append(text)
        return Retrieved(np.empty(0, np.int32), np.empty(0, np.float32))

    query = query_over(facts_of([Title(1)]), text=text)
    Story(search, 10).retrieve(replace(query, intent=Intent(text, free_text=text)))
    assert asked == [without_what_tellers_say(text) if is_cut else text]
    assert "film" in text
    assert ("film" in asked[0]) != is_cut
