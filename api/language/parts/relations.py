"""Requests that compare in time: "similar to Heat but newer", "older than Alien", "newer films".

Beside a title "newer" is a year; without one it is a leaning, as "recent" is.
"""

from api.language.entities import TitleAtTmdb
from api.language.parts.years import FIRST, LAST, Years, recent_years, years_label
from api.language.reading.reading import Finding, Reading, is_stop, phrase_at


def find_relations(reading: Reading) -> None:
    """Turns "newer" and "older" into years, and takes the words."""
    seeds = [finding for finding in reading.found("seed") if not finding.is_negated]
    titles = reading.names.titles
    years = [titles.year(row) for f in seeds if isinstance(row := f.value, int)]
    years += [f.value.year or 0 for f in seeds if isinstance(f.value, TitleAtTmdb)]
    known = [year for year in years if year > 0]
    for place in range(len(reading.words)):
        if known:
            _compared(reading, place, known)
        elif not seeds and not reading.found("year"):
            _leaning(reading, place)


def _compared(reading: Reading, place: int, known: list[int]) -> None:
    title_words = reading.lexicon.titles
    newer = phrase_at(reading.words, place, title_words.newer)
    older = phrase_at(reading.words, place, title_words.older)
    if _is_of_who_watches(reading, max(newer, older)):
        return
    if newer > place and reading.is_free(place, newer):
        _note(reading, Years(max(known) + 1, LAST), place, newer)
    elif older > place and reading.is_free(place, older):
        _note(reading, Years(FIRST, min(known) - 1), place, older)


def _is_of_who_watches(reading: Reading, stop: int) -> bool:
    """ "But for older kids", "for an older audience": their age, and not the titles'."""
    known, word = reading.lexicon.maturity, reading.words.word(stop)
    companions = reading.lexicon.negation.companions
    return word in known.children or word in known.relatives or word in companions


def _leaning(reading: Reading, place: int) -> None:
    """ "Something newer", "newer thrillers"; but not "the newer generation"."""
    stop = phrase_at(reading.words, place, reading.lexicon.titles.newer)
    if stop > place and reading.is_free(place, stop) and _speaks_of_titles(reading, place, stop):
        _note(reading, recent_years(reading.today), place, stop)
        reading.findings[-1].is_vague = True


def _speaks_of_titles(reading: Reading, start: int, stop: int) -> bool:
    words, lexicon = reading.words, reading.lexicon
    before, behind = words.word(start - 1), words.word(stop)
    if reading.story[start] or before in lexicon.negation.negations:
        return False
    is_asked = before in lexicon.years.of_titles_behind or before in lexicon.connectors.contrasts
    is_alone = stop == len(words) or is_stop(words.gap(stop))
    return behind in lexicon.known_words or (is_alone and (start == 0 or is_asked))


def _note(reading: Reading, span: Years, start: int, stop: int) -> None:
    reading.take(Finding("year", span, years_label(span), start, stop))
