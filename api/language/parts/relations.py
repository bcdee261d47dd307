"""Requests that compare with a title: "similar to Heat but newer", "older than Alien", "like Heat
but shorter"; and "newer films".

Beside a title "newer" is a year and "shorter" a running time; without one "newer" is a leaning, as
"recent" is.
"""

from api.language.entities import TitleAtTmdb
from api.language.parts.runtimes import Minutes, runtime_label
from api.language.parts.years import FIRST, LAST, Years, recent_years, years_label
from api.language.reading.reading import Finding, Reading, is_stop, phrase_at
from api.language.vocabulary.lexicon import Phrases

# What runs five minutes less is as long.
_APART = 10
_UNKNOWN = "How long the title runs is not known."
_NO_LENGTH = "A series has no one length to compare with; ask for short episodes."


def find_relations(reading: Reading) -> None:
    """Turns "newer", "older", "shorter" and "longer" into years and minutes, and takes the
    words."""
    seeds = [finding for finding in reading.found("seed") if not finding.is_negated]
    titles = reading.names.titles
    rows = [row for one in seeds if isinstance(row := one.value, int)]
    years = [titles.year(row) for row in rows]
    years += [f.value.year or 0 for f in seeds if isinstance(f.value, TitleAtTmdb)]
    known = [year for year in years if year > 0]
    for place in range(len(reading.words)):
        if rows:
            _compared_in_length(reading, place, rows)
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


def _compared_in_length(reading: Reading, place: int, rows: list[int]) -> None:
    """ "Like Heat but shorter": by what is known of how long the films run."""
    known, titles = reading.lexicon.titles, reading.names.titles
    shorter = _end_of_comparison(reading, place, known.shorter)
    longer = _end_of_comparison(reading, place, known.longer)
    stop = max(shorter, longer)
    if stop == place:
        return
    films = [row for row in rows if titles.is_a(row, "movie")]
    lengths = [minutes for row in films if (minutes := titles.runtime(row)) > _APART]
    if not lengths:
        label = "Shorter" if shorter > place else "Longer"
        note = _UNKNOWN if films else _NO_LENGTH
        reading.take(Finding("runtime", None, label, place, stop, note=note))
        return
    is_shorter = shorter > place
    window = (
        Minutes(None, min(lengths) - _APART) if is_shorter else Minutes(max(lengths) + _APART, None)
    )
    reading.take(Finding("runtime", window, runtime_label(window), place, stop))


def _end_of_comparison(reading: Reading, place: int, phrases: Phrases) -> int:
    """The end of "shorter" at a place where nothing but the title is compared: "a longer scene" and
    "longer than two hours" are of something else."""
    words, lexicon = reading.words, reading.lexicon
    stop = phrase_at(words, place, phrases)
    if stop == place or not reading.is_free(place, stop) or reading.story[place]:
        return place
    ends = stop == len(words) or is_stop(words.gap(stop)) or reading.taken[stop]
    small = lexicon.connectors.joints | lexicon.connectors.contrasts | lexicon.connectors.fillers
    return stop if ends or words.word(stop) in small else place


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
