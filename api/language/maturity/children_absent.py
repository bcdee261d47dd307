"""Whether children surely do not watch: "are asleep", "without kids", "after the kids go to bed".

What is denied of it says that they do: "are not asleep yet", "schlafen noch nicht".
"""

from api.language.reading.reading import Reading, is_stop, phrase_at

_BETWEEN = 4  # words between children and what is said of them


def absence_of(reading: Reading, start: int, stop: int) -> tuple[int, int] | None:
    """The words [first, last) that say that children at [start, stop) surely do not watch: "kids
    are asleep", "without kids", "after the kids go to bed"; None where it is not said."""
    words, lexicon = reading.words, reading.lexicon
    known = lexicon.maturity
    for before in range(max(start - _BETWEEN, 0), start):
        if words.phrase(before, start) in known.absent_before:
            return before, stop
    if (away := _end_elsewhere(reading, start, stop)) > stop:
        return start, away
    bedtime, after = phrase_at(words, stop, known.bedtime), _start_of_after(reading, start)
    if bedtime > stop and after < start:
        return after, bedtime
    if words.word(start - 1) in known.until:  # "until the kids are in bed" they are not
        return None
    for place in range(_behind_are(reading, stop), min(stop + _BETWEEN, len(words))):
        if is_stop(words.gap(place)):
            return None
        end = phrase_at(words, place, known.absent)
        if phrase_at(words, place, known.present) > end:  # "dort chez nous"
            return None
        if end > place:
            joined = end + (words.word(end) in lexicon.connectors.joints)
            is_so = not _is_denied_behind(reading, end)
            is_so = is_so and phrase_at(words, joined, known.wishes) == joined
            return (after, end) if is_so else None
        if denies(reading, place) or not says_nothing(reading, place):
            return None
    return None


def _end_elsewhere(reading: Reading, start: int, stop: int) -> int:
    """The end of "(no kids) around" and "(die Kinder) übernachten bei Oma", where what else says
    that they are here says that they are not; `stop` for other words."""
    words, known = reading.words, reading.lexicon.maturity
    here = phrase_at(words, stop, known.present)
    if here == stop or is_stop(words.gap(stop)):
        return stop
    negations = reading.lexicon.negation.negations
    is_denied = start > 0 and phrase_at(words, start - 1, negations) == start
    if is_denied and not is_stop(words.gap(start)) and ends_a_clause(reading, here):
        return here
    away = phrase_at(words, here, known.absent)
    return away if away > here and not is_stop(words.gap(here)) else stop


def end_of_absence_denied(reading: Reading, stop: int) -> int:
    """The end of "are not asleep yet" and "schlafen noch nicht"; `stop` for other words."""
    words, known, yet = reading.words, reading.lexicon.maturity, reading.lexicon.maturity.yet
    is_denied = False
    for place in range(_behind_are(reading, stop), min(stop + _BETWEEN + 1, len(words))):
        if is_stop(words.gap(place)):
            return stop
        if (end := phrase_at(words, place, known.absent)) > place:
            is_behind = _is_denied_behind(reading, end)
            if not (is_denied or is_behind):
                return stop
            while end < len(words) and not is_stop(words.gap(end)):
                if words.word(end) not in yet and not (is_behind and denies(reading, end)):
                    break
                end += 1
            return end
        is_denied = is_denied or denies(reading, place)
        is_small = says_nothing(reading, place) or words.word(place) in yet
        if not (is_small or denies(reading, place)):
            return stop
    return stop


def _is_denied_behind(reading: Reading, stop: int) -> bool:
    """ "Schlafen noch nicht", "ne dorment pas"; "asleep, no horror" and "asleep no horror" deny
    nothing."""
    words, yet = reading.words, reading.lexicon.maturity.yet
    place = stop
    while words.word(place) in yet and not is_stop(words.gap(place)):
        place += 1
    if place >= len(words) or is_stop(words.gap(place)) or not denies(reading, place):
        return False
    end = max(phrase_at(words, place, reading.lexicon.negation.negations), place + 1)
    return words.word(end) in yet or ends_a_clause(reading, end) or is_a_joint(reading, end)


def _start_of_after(reading: Reading, start: int) -> int:
    """Where "after" begins, right before children who go to bed; `start` without it."""
    words, after = reading.words, reading.lexicon.maturity.after
    starts = range(max(start - _BETWEEN, 0), start)
    return next((one for one in starts if phrase_at(words, one, after) == start), start)


def is_refused_with_titles(reading: Reading, start: int, stop: int) -> bool:
    """ "Horror without kids" has none in it, nor has "without kids or gore"; "a night without
    kids" says who watches."""
    words, lexicon = reading.words, reading.lexicon
    before = words.word(start - 1)
    is_of_titles = before in lexicon.terms.meanings or before in lexicon.negation.stand_ins
    is_listed = words.word(stop) in lexicon.connectors.joints and not is_stop(words.gap(stop))
    return is_listed or (is_of_titles and not is_stop(words.gap(start)))


def _behind_are(reading: Reading, stop: int) -> int:
    """Behind the "are" of "are not here", which denies as a whole what "not here" says."""
    words, are = reading.words, reading.lexicon.maturity.are
    # "Sono fuori" says it with its verb.
    is_said = phrase_at(words, stop, reading.lexicon.maturity.absent) > stop
    return stop if is_said or is_stop(words.gap(stop)) else stop + (words.word(stop) in are)


def denies(reading: Reading, place: int) -> bool:
    """Whether a negation or a refusal begins at a place."""
    words, lexicon = reading.words, reading.lexicon
    is_negation = phrase_at(words, place, lexicon.negation.negations) > place
    return is_negation or words.word(place) in lexicon.maturity.refusals


def says_nothing(reading: Reading, place: int) -> bool:
    """ "Finally" and "all", between children and what is said of them."""
    word, lexicon = reading.words.word(place), reading.lexicon
    return word in lexicon.connectors.no_content or word in lexicon.maturity.are


def is_a_joint(reading: Reading, place: int) -> bool:
    """Whether a word joins two clauses: "and", "but"."""
    connectors = reading.lexicon.connectors
    return reading.words.word(place) in connectors.joints | connectors.contrasts


def ends_a_clause(reading: Reading, stop: int) -> bool:
    """Whether the text or its clause ends before the word at `stop`."""
    return stop == len(reading.words) or is_stop(reading.words.gap(stop))


def begins(reading: Reading, start: int) -> bool:
    """Whether a clause begins at a place: the text, behind a stop, or behind a joint."""
    return start == 0 or is_stop(reading.words.gap(start)) or is_a_joint(reading, start - 1)


def begins_or_is_told(reading: Reading, start: int) -> bool:
    """Whether no word of the clause before says anything: "there are kids in the room"."""
    while not begins(reading, start) and says_nothing(reading, start - 1):
        start -= 1
    return begins(reading, start)
