"""What may be and need not be: "not only in English", "doesn't have to be funny", "gore is fine".

An exception to what is refused is read so as well: "no horror except zombies".

It is neither asked for nor refused, and not searched for. Words before it reach as a negation does:
to the end of the clause, over the joints of a list, up to what begins something new; words behind
it reach back over the one thing that they are said of. "Not only funny but also sad" asks for both.
Ages stay as they were read: whatever is unclear about them is for age_refusals.py to decide.
"""

from api.language.intent import IntentField
from api.language.reading.plot_text import is_apart, is_content
from api.language.reading.reading import (
    Finding,
    Reading,
    harmless_at,
    is_stop,
    only_at,
    phrase_at,
)
from api.language.refusals.dismissals import topic_before
from api.language.refusals.exceptions import exception_at, note_exception, refuses_before
from api.language.refusals.lists import goes_on_behind_comma

_REACH = 24  # words
_TOLD = 20  # words of what is told at length
_SHORTEST = 2  # letters of a word that says something
_UNKNOWN = 3  # words in a row that nothing is read from: "a bit of violence"
_DENIED_WITHIN = 6  # words of a negation before "ok with"
_BEFORE = 6  # words that "is fine" is said of
_KEPT: frozenset[IntentField] = frozenset({"maturity", "count"})
# What somebody has nothing against, said behind it; "Netflix is fine" tells where to look.
_SAID_OF: frozenset[IntentField] = frozenset(
    {
        "genre",
        "exclude_content",
        "mood",
        "renown",
        "keyword",
        "media_type",
        "year",
        "runtime",
        "language",
        "exclude_language",
        "country",
    }
)
# What something may be: "may be scary"; a year or a language is told of what somebody looks for.
_QUALITIES: frozenset[IntentField] = frozenset({"genre", "exclude_content", "mood"})
# What is taken out of a refusal, too: "no comedies, but Wes Anderson is fine".
_NAMES: frozenset[IntentField] = frozenset({"person", "company", "franchise", "seed"})
# Behind what is tolerated they begin something new: "not necessarily a comedy from the 80s".
_NEXT: frozenset[IntentField] = frozenset({"year", "runtime", "service", "offer_type"})


def leave_out_what_is_tolerated(reading: Reading) -> None:
    """Removes such findings, and takes their words with those that say it."""
    place = 0
    while place < len(reading.words):
        stop = _left_out_at(reading, place)
        place = max(stop, harmless_at(reading.words, reading.lexicon, place), place + 1)


def _is_denied(reading: Reading, start: int, stop: int) -> bool:
    """Whether the words [start, stop) have no negation and one is before them: "I'm not really ok
    with gore", "not sure if I can handle it"."""
    words, negations = reading.words, reading.lexicon.negation.negations
    place = start
    while place > max(start - _DENIED_WITHIN, 0) and not is_apart(reading, place):
        place -= 1
    own = any(phrase_at(words, at, negations) > at for at in range(start, stop))
    return not own and any(phrase_at(words, at, negations) > at for at in range(place, start))


def _left_out_at(reading: Reading, place: int) -> int:
    """The end of what is tolerated at a place, in words before it or behind; `place` for none."""
    words, known = reading.words, reading.lexicon.tolerances
    if reading.story[place]:
        return place
    if (stop := only_at(reading.words, reading.lexicon, place)) > place:
        _take_small_words(reading, place, stop)
        return stop
    excepted = exception_at(reading, place)
    stop = max(excepted, _permission_at(reading, place))
    if stop > place and (end := _end_of_tolerated(reading, stop)) > stop:
        _leave_out(reading, place, end, excepted=(stop, end) if excepted > place else None)
        return end
    is_said = phrase_at(words, place, known.refused_behind) > place
    if not (is_said or harmless_at(words, reading.lexicon, place) > place):
        return place
    stop = phrase_at(words, place, known.before)
    is_only = (only := phrase_at(words, place, known.not_only)) >= stop
    stop = max(stop, only)
    if stop > place and _is_denied(reading, place, stop):
        return _refuse(reading, place, _end_of_tolerated(reading, stop))
    if stop > place:
        end = _end_of_tolerated(reading, stop)
        if is_only and _also_at(reading, end):
            return end
        if end > stop:
            _leave_out(reading, place, end)
            return end
    behind = phrase_at(words, place, known.behind)
    if (end := phrase_at(words, place, known.refused_behind)) > max(behind, place):
        return _refused_at(reading, place, end)
    # "It can be horror but doesn't have to"
    is_turn = words.word(place - 1) in reading.lexicon.connectors.contrasts
    end = max(behind, stop if is_turn else place)
    if end > place and _ends_clause(reading, end):
        said = place - 1 if is_turn else place
        start = _start_of_tolerated(reading, said)
        if start < said:
            is_excepted = _is_turn_of_a_refusal(reading, start)
            _leave_out(reading, start, end, excepted=(start, said) if is_excepted else None)
            return end
    return place


def _take_small_words(reading: Reading, start: int, stop: int) -> None:
    """ "No movies except": all but the medium says how what follows is meant."""
    found = {at for one in reading.findings for at in range(one.start, one.stop)}
    for place in range(start, stop):
        reading.taken[place] = reading.taken[place] or place not in found


def _permission_at(reading: Reading, place: int) -> int:
    """The end of "may be" before a quality, where a clause begins: "may be scary", "but it can be
    sad"; `place` for none, as in "a film that can be funny", "can be a comedy or a drama" and "darf
    nicht gruselig sein"."""
    words, lexicon = reading.words, reading.lexicon
    stop = phrase_at(words, place, lexicon.tolerances.permitting)
    if stop == place:
        return place
    begins = place - (words.word(place - 1) in lexicon.maturity.asking)  # "it"
    connectors = lexicon.connectors
    is_begun = begins <= 0 or is_apart(reading, begins)
    if not is_begun and words.word(begins - 1) not in connectors.contrasts | connectors.joints:
        return place
    said = stop
    while _is_small(reading, said) and words.word(said) not in lexicon.titles.articles:
        said += 1
    found = [one for one in reading.findings if one.start == said]
    is_quality = bool(found) and all(one.kind in _QUALITIES for one in found)
    is_choice = is_quality and words.word(max(one.stop for one in found)) in connectors.or_words
    return stop if is_quality and not is_choice else place


def _refused_at(reading: Reading, place: int, stop: int) -> int:
    """The end of "is not ok", where it refuses what it is said of: "gore is not ok"."""
    words = reading.words
    if not (stop == len(words) or is_apart(reading, stop)):
        return place
    start = _start_of_tolerated(reading, place)
    return max(place, _refuse(reading, start, stop)) if start < place else place


def _refuse(reading: Reading, start: int, stop: int) -> int:
    """Refuses what is known among the words [start, stop), if anything is; their end, or the
    start."""
    known = [one for one in reading.findings if start <= one.start < stop and one.can_be_negated]
    for finding in known:
        finding.is_negated = True
    if known:
        reading.taken[start:stop] = [True] * (stop - start)
    return stop if known else start


def _leave_out(
    reading: Reading, start: int, stop: int, *, excepted: tuple[int, int] | None = None
) -> None:
    """Removes what is found in the words [start, stop), and takes them. Of what is told at length
    the words stay, as the whole of it is searched for by its meaning. Those that are `excepted`
    from a refusal are noted."""
    if excepted is not None:
        first, end = excepted
        within = [one for one in reading.findings if first <= one.start < end]
        note_exception(reading, first, end, [one for one in within if one.kind not in _KEPT])
    reading.findings = [
        one for one in reading.findings if one.kind in _KEPT or not start <= one.start < stop
    ]
    told = {place for place in range(start, stop) if is_content(reading, place)}
    reading.tolerated |= told
    is_long = len(reading.words) >= _TOLD
    for place in range(start, stop):
        reading.taken[place] = not (is_long and place in told)


def _also_at(reading: Reading, place: int) -> bool:
    """Whether "but also" or ", too" follows, so that both are wanted."""
    words, connectors = reading.words, reading.lexicon.connectors
    if place >= len(words):
        return False
    return words.word(place) in connectors.contrasts | reading.lexicon.tolerances.also


def _end_of_tolerated(reading: Reading, start: int) -> int:
    """The end of what the words before `start` are said of; `start` for nothing."""
    words, end, place = reading.words, start, start
    has_said, has_found, unknown = False, False, 0
    while place < min(start + _REACH, len(words)):
        if not _goes_past_mark(reading, place, has_said=has_said):
            break
        found = [one for one in reading.findings if one.start == place]
        if any(one.kind in _KEPT for one in found):
            break
        if phrase_at(words, place, reading.lexicon.negation.exceptions) > place:
            break  # "N'importe quel genre sauf l'horreur"
        if found:
            if has_found and found[0].kind in _NEXT:
                break
            has_found = has_found or any(one.kind != "media_type" for one in found)
            has_said = has_said or has_found
            end = place = max(one.stop for one in found)
            unknown = 0
            continue
        if (negated := phrase_at(words, place, reading.lexicon.negation.negations)) > place:
            if has_said:
                break
            place = negated  # "I don't mind no subtitles"
            continue
        if place == start and words.word(place) in reading.lexicon.connectors.contrasts:
            break
        if has_said and _begins_anew(reading, place, has_found=has_found):
            break
        if _is_small(reading, place):
            place += 1
            continue
        unknown += 1
        if unknown > _UNKNOWN or reading.taken[place]:
            break
        end = place = place + 1
        has_said = True
    if not has_said:
        return place  # "needn't be new": what else says nothing is what is meant
    # Of a sentence that goes on, words that nothing is read from are told: "don't have to leave".
    words, contrasts = reading.words, reading.lexicon.connectors.contrasts
    is_whole = place == len(words) or is_apart(reading, place) or words.word(place) in contrasts
    return end if has_found or is_whole else start


def _goes_past_mark(reading: Reading, place: int, *, has_said: bool) -> bool:
    """Whether no mark before the word ends what is tolerated, but a comma of a list."""
    if not is_apart(reading, place):
        return True
    is_comma = reading.words.gap(place).strip() == ","
    return has_said and is_comma and goes_on_behind_comma(reading, place)


def _begins_anew(reading: Reading, place: int, *, has_found: bool) -> bool:
    """ "I don't mind gore but no sex", "not necessarily a comedy with Tom Hanks"."""
    word, lexicon = reading.words.word(place), reading.lexicon
    connectors = lexicon.connectors
    if word in connectors.contrasts or word in lexicon.maturity.asking:
        return True
    if not has_found:
        return False
    is_empty = word in connectors.empty_words - connectors.fillers - lexicon.titles.articles
    return is_empty or word in connectors.prepositions


def _is_small(reading: Reading, place: int) -> bool:
    word, lexicon = reading.words.word(place), reading.lexicon
    connectors, negation = lexicon.connectors, lexicon.negation
    small = (connectors.plot_joints, negation.skipped, negation.degrees, lexicon.titles.articles)
    return len(word) < _SHORTEST or any(word in some for some in small)


def _ends_clause(reading: Reading, stop: int) -> bool:
    """Whether "is fine" is all that is said: not "violence is fine art"."""
    words, lexicon = reading.words, reading.lexicon
    if stop == len(words) or is_stop(words.gap(stop)):
        return True
    behind = (lexicon.connectors.plot_joints, lexicon.tolerances.also)
    return any(words.word(stop) in some for some in behind)


def _start_of_tolerated(reading: Reading, stop: int) -> int:
    """The start of what the words from `stop` on are said of; `stop` where it is nothing that can
    be tolerated so, as in "something scary is fine" and "no gore is fine"."""
    words, lexicon = reading.words, reading.lexicon
    place, said, unknown = stop, list[Finding](), 0
    while place > max(stop - _BEFORE, 0) and (place == stop or not is_apart(reading, place)):
        found = [one for one in reading.findings if one.stop == place]
        word = words.word(place - 1)
        if found:
            if any(not _may_be_tolerated(reading, one) for one in found):
                return stop
            said += found
            place = min(one.start for one in found)
            continue
        if (topic := topic_before(reading, place)) < place - 1:  # "black and white is fine"
            place, unknown = topic, max(unknown, 1)
            continue
        if word in lexicon.connectors.contrasts or word in lexicon.titles.pronouns:
            break
        if word in lexicon.connectors.joints:
            if not (said and _is_of_a_kind(reading, said[-1], place - 1)):
                break
        elif word in lexicon.maturity.asking or word in lexicon.negation.negations:
            return stop
        elif not _is_small(reading, place - 1):
            unknown += 1
            if unknown > _UNKNOWN or reading.taken[place - 1] or reading.story[place - 1]:
                return stop
        place -= 1
    is_whole = place == 0 or is_apart(reading, place)
    is_whole = is_whole or words.word(place - 1) in lexicon.connectors.contrasts
    return place if said or (unknown and is_whole) else stop


def _may_be_tolerated(reading: Reading, finding: Finding) -> bool:
    """ "Gore is fine", and behind a refusal "but Wes Anderson is fine"."""
    if finding.kind not in _NAMES:
        return finding.kind in _SAID_OF
    return _is_turn_of_a_refusal(reading, finding.start)


def _is_turn_of_a_refusal(reading: Reading, start: int) -> bool:
    """Whether a refusal and "but" stand before what begins at `start`."""
    is_turn = reading.words.word(start - 1) in reading.lexicon.connectors.contrasts
    return is_turn and refuses_before(reading, start - 1)


def _is_of_a_kind(reading: Reading, finding: Finding, joint: int) -> bool:
    """ "Violence and gore are fine", but "a thriller, and gore is fine"."""
    before = [one for one in reading.findings if one.stop == joint]
    return bool(before) and all(one.kind == finding.kind for one in before)
