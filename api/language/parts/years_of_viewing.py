"""When titles were seen: "I watched it in 2010", "saw it on Netflix last year", "2010 gesehen"; and
when somebody was born.

That tells nothing of when they came out, so such years are neither asked for nor searched with.
"""

from api.language.parts.years import FIRST, LAST, Years
from api.language.reading.plot_text import is_apart
from api.language.reading.reading import Finding, Reading, phrase_at

_LONGEST = 3  # words of "was born in"


def leave_out_years_of_viewing(reading: Reading) -> None:
    """Removes their findings; their words stay taken, and are in no rest."""
    last: Finding | None = None
    for finding in sorted(reading.found("year"), key=lambda one: one.start):
        is_next = last is not None and _are_joined(reading, last, finding)
        is_of_who_asks = _is_of_a_birth(reading, finding) or _is_of_viewing(reading, finding)
        if finding.is_negated or not (is_next or is_of_who_asks):
            continue
        reading.findings.remove(finding)
        reading.of_viewing.update(range(finding.start, finding.stop))
        last = finding


def _are_joined(reading: Reading, one: Finding, other: Finding) -> bool:
    """ "In 2011 or 2012", "in 2006/2007"."""
    words = reading.words
    joint = words.word(one.stop) in reading.lexicon.connectors.joints
    is_beside = other.start == one.stop and not words.gap(other.start).strip(" /-–")
    return is_beside or (joint and other.start == one.stop + 1)


def _is_of_a_birth(reading: Reading, finding: Finding) -> bool:
    """ "Born in 1980", "1980 geboren"."""
    words, known = reading.words, reading.lexicon.years
    starts = range(max(finding.start - _LONGEST, 0), finding.start + 1)
    is_before = any(finding.start <= phrase_at(words, at, known.born) for at in starts[:-1])
    is_before |= phrase_at(words, finding.start, known.born) > finding.start
    return is_before or phrase_at(words, finding.stop, known.born_behind) > finding.stop


def _is_of_viewing(reading: Reading, finding: Finding) -> bool:
    """Whether somebody saw something then; what is before or since a year has an open end, and
    "a 90s film that I saw" and "a film from 2010" say when it came out."""
    words, known = reading.words, reading.lexicon.years
    years, first = finding.value, words.word(finding.start)
    is_recent = first in known.recent
    if not isinstance(years, Years) or words.word(finding.stop) in reading.lexicon.terms.meanings:
        return False
    if not is_recent and (years.first <= FIRST or (years.last >= LAST and not finding.is_vague)):
        return False
    start, stop = _clause_of(reading, finding)
    seen = [at for at in range(start, stop) if _is_seen_at(reading, at)]
    before = [at for at in seen if at < finding.start]
    if first in known.from_words - known.seen_when or not seen:
        return False
    said = {first, words.word(finding.start - 1)}
    is_when = is_recent or not said.isdisjoint(known.seen_when | known.last | known.year)
    is_when = is_when or phrase_at(words, finding.start, known.last_year) > finding.start
    if not is_when:
        return any(words.word(at) in known.seen_at_end for at in seen)
    made = reading.lexicon.plots.produced
    if before:
        return made.isdisjoint(words.words[before[-1] : finding.stop])
    return words.word(finding.start - 1) not in made | reading.lexicon.terms.media.keys()


def _clause_of(reading: Reading, finding: Finding) -> tuple[int, int]:
    """The words [start, stop) around a finding up to a mark or a contrast; a comma may stand right
    before it."""
    words, connectors = reading.words, reading.lexicon.connectors
    ends = connectors.contrasts - reading.lexicon.plots.auxiliaries | connectors.and_words
    first, stop = finding.start, finding.stop
    first -= words.word(first - 1) in reading.lexicon.years.seen_when and not is_apart(
        reading, first
    )
    start = first
    while start > 0 and words.word(start - 1) not in ends:
        is_comma = start == first and words.gap(start).strip() == ","
        if is_apart(reading, start) and not is_comma:
            break
        start -= 1
    while stop < len(words) and not is_apart(reading, stop) and words.word(stop) not in ends:
        stop += 1
    return start, stop


def _is_seen_at(reading: Reading, place: int) -> bool:
    """ "Saw", "remember watching"; no name, and not "most watched" or "never seen"."""
    words, lexicon = reading.words, reading.lexicon
    known, word, before = lexicon.years, words.word(place), words.word(place - 1)
    if word not in known.seen | known.seen_at_end or before in known.seen_before:
        return False
    if any(one.start <= place < one.stop for one in reading.findings):
        return False
    if word.endswith(lexicon.plots.gerund_endings):
        return before in lexicon.negation.recalling | lexicon.plots.auxiliaries
    starts = range(max(place - 3, 0), place)
    return not any(phrase_at(words, at, lexicon.titles.unseen) > place for at in starts)
