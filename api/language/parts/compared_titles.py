"""Years told by a title: "older than Titanic", "movies made before Jaws", "newer than Alien".

The title is none to resemble. "Before" alone tells a year where it begins a wish, before a name
that is no other word: "after dark" does not.
"""

from api.language.parts.years import FIRST, LAST, Years, note_years
from api.language.reading.reading import Reading, is_stop, phrase_at


def find_compared_titles(reading: Reading) -> None:
    """Notes the years before or after the title that is best known by its name."""
    known = reading.lexicon.titles
    for place in range(len(reading.words)) if reading.is_short else ():
        older = phrase_at(reading.words, place, known.older_than)
        newer = phrase_at(reading.words, place, known.newer_than)
        stop = max(older, newer)
        if stop == place or reading.story[place] or not reading.is_free(place, stop):
            continue
        phrase, years = reading.words.phrase(place, stop), reading.lexicon.years
        is_bare = phrase in years.bounds and phrase not in years.compared
        end, year = _title_at(reading, stop, is_bare=is_bare)
        if year > 0 and (not is_bare or _begins_a_wish(reading, place)):
            span = Years(FIRST, year - 1) if older >= newer else Years(year + 1, LAST)
            note_years(reading, span, place, end)


def _title_at(reading: Reading, start: int, *, is_bare: bool) -> tuple[int, int]:
    """(end, year) of the title that begins at `start` and ends its clause; 0 for none."""
    words, titles = reading.words, reading.names.titles
    end, rows = reading.longest_title(start, len(words))
    ends = end == len(words) or is_stop(words.gap(end))
    ends = ends or words.word(end) in reading.lexicon.connectors.plot_joints
    if end == start or not ends or is_stop(words.gap(start)) or not reading.is_free(start, end):
        return start, 0
    row = titles.best(rows)
    is_capital = words.tokens[start].is_capital
    is_a_word = end == start + 1 and (reading.is_a_word(start) or not words.word(start).isalpha())
    if is_bare and is_a_word and not is_capital:
        return start, 0
    is_meant = titles.is_known(row) if is_capital else titles.is_well_known(row)
    return end, titles.year(row) if is_meant else 0


def _begins_a_wish(reading: Reading, place: int) -> bool:
    before = reading.words.word(place - 1)
    is_first = place == 0 or is_stop(reading.words.gap(place))
    return is_first or before in reading.lexicon.terms.meanings
