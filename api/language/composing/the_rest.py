"""The words of a request that no part was read from: every word is in one part or in the rest."""

from collections.abc import Iterator

from api.language.parts.companions import companions
from api.language.reading.plot_text import is_content
from api.language.reading.reading import Reading, is_stop, phrase_at


def the_rest(reading: Reading) -> tuple[tuple[int, int], ...]:
    """Characters [start, end) of each run of such words within a clause, in their order.

    Words that say nothing by themselves ("a film that") are told only between others.
    """
    tokens = reading.words.tokens
    runs = list(_runs(reading))
    signs = _signs(reading, runs)
    return tuple(
        (tokens[telling[0]].start, reading.words.end(telling[0], telling[-1] + 1))
        for run in runs
        if (telling := _telling(reading, run, signs))
    )


def _runs(reading: Reading) -> Iterator[list[int]]:
    """Places of words side by side that are in no finding, with no punctuation between them."""
    parts = (*reading.findings, *reading.excepted)
    in_parts = {place for one in parts for place in range(one.start, one.stop)}
    run: list[int] = []
    for place in range(len(reading.words)):
        if run and (place in in_parts or is_stop(reading.words.gap(place))):
            yield run
            run = []
        if place not in in_parts:
            run.append(place)
    yield run


def _telling(reading: Reading, run: list[int], signs: set[int]) -> list[int]:
    words = reading.words
    # The year of a title that nobody here knows is no part, and told with the title.
    return [
        place
        for place in run
        if place not in signs and (is_content(reading, place) or words.word(place)[0].isdigit())
    ]


def _signs(reading: Reading, runs: list[list[int]]) -> set[int]:
    """Places of "I like" and "similar to": they were understood, and say how parts are meant; so
    was when something was seen, which asks for nothing."""
    said = {
        inside
        for run in runs
        for place in run
        for inside in range(place, phrase_at(reading.words, place, reading.lexicon.signs))
    }
    return said.union(reading.of_viewing, *(range(*span) for span in companions(reading)))
