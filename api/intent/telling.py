"""Takes back what was read as a wish but belongs to a plot that somebody tells.

"A french cook spends her winnings on one dinner" asks for no French film, and whoever remembers
that "his whole life is a tv show" means a film. Filters are hard, so such a reading would hide the
very title that is meant. Requests made of wishes leave few other words; only texts with many are
looked at. There, a word is part of the plot when it describes a noun of the plot, or stands deep
within a sentence of it; apart, as in "..., german, from the 80s", it stays a wish.
"""

from collections.abc import Callable

from api.domain.intent import IntentField
from api.intent.reading import Finding, Reading, is_stop, phrase_at

# Words that are left over from a telling. All 182 requests of tests/quality leave four at most.
_TELLING = 5
# A noun phrase is looked through this far for the genre or the "film" that a nationality is of.
_NOUN_PHRASE = 2
# Words of a plot before a noun phrase that make it part of their sentence.
_SENTENCE = 2


def take_back_plots(reading: Reading) -> None:
    """Gives the words of such findings back to the free text."""
    left = sum(_is_content(reading, place) for place in range(len(reading.words)))
    if left < _TELLING:
        return
    told = [
        finding
        for finding in reading.findings
        if (is_told := _RULES.get(finding.kind)) is not None and is_told(reading, finding)
    ]
    for finding in told:
        reading.findings.remove(finding)
    for finding in told:
        _give_back(reading, finding)


def _describes_a_noun(reading: Reading, finding: Finding) -> bool:
    """ "German town", but not "German crime film"."""
    place = finding.stop
    if not _is_content(reading, place) or is_stop(reading.words.gap(place)):
        return False
    return not _leads_to_a_wish(reading, place, _NOUN_PHRASE)


def _is_told_origin(reading: Reading, finding: Finding) -> bool:
    words, lexicon = reading.words, reading.lexicon
    before, after = words.word(finding.start - 1), words.word(finding.stop)
    if finding.is_negated or before in lexicon.plots.produced:
        return False
    is_a_people = before in lexicon.plots.peoples and after in lexicon.connectors.plot_joints
    return is_a_people or _describes_a_noun(reading, finding)


def _is_told_year(reading: Reading, finding: Finding) -> bool:
    """ "In the sixties" is when a plot is set, unless something was made then."""
    words, known = reading.words, reading.lexicon.plots
    if finding.is_negated:
        return False
    if words.phrase(finding.start, finding.stop) in known.vague_years:
        return _describes_a_noun(reading, finding)
    is_set = words.word(finding.start) in known.set_in
    start = finding.start if is_set else finding.start - 1
    if words.word(start) in known.set_in:
        before = start - 1
        return not (words.word(before) in known.produced or _wish_at(reading, before))
    return _describes_a_noun(reading, finding)


def _is_told_medium(reading: Reading, finding: Finding) -> bool:
    """ "Movie star", "offers to show", "an angel shows a man"."""
    words, known = reading.words, reading.lexicon.plots
    if finding.is_negated:
        return False
    before, after = words.word(finding.start - 1), words.word(finding.stop)
    is_show = words.word(finding.start) in known.show_verbs and finding.start > 0
    if is_show and (before in known.infinitive or after in known.objects):
        return True
    is_clause = after.endswith(known.clause_endings)
    return (not is_clause and _describes_a_noun(reading, finding)) or _is_in_a_sentence(
        reading, finding
    )


def _is_told_genre(reading: Reading, finding: Finding) -> bool:
    return not finding.is_negated and _is_in_a_sentence(reading, finding)


def _is_told_refusal(reading: Reading, finding: Finding) -> bool:
    """ "Without knowing why", "no man's land", "no babies are born": nothing is refused."""
    words, following = reading.words, reading.words.word(finding.stop)
    known = reading.lexicon.plots
    if not isinstance(finding.value, str):
        return False
    if words.word(finding.start).endswith(known.gerund_endings) or following in known.possessives:
        return True
    if is_stop(words.gap(finding.stop)):
        return False
    return following in known.auxiliaries or _is_content(reading, finding.stop)


def _is_told_count(reading: Reading, finding: Finding) -> bool:
    return not _leads_to_a_wish(reading, finding.stop, _NOUN_PHRASE + 1) and (
        finding.stop - finding.start == 1
    )


_RULES: dict[IntentField, Callable[[Reading, Finding], bool]] = {
    "language": _is_told_origin,
    "country": _is_told_origin,
    "year": _is_told_year,
    "media_type": _is_told_medium,
    "genre": _is_told_genre,
    "exclude_content": _is_told_refusal,
    "offer_type": _describes_a_noun,
    "count": _is_told_count,
}


def _is_in_a_sentence(reading: Reading, finding: Finding) -> bool:
    """Whether a clause of the plot leads up to it: "starts a romance", but not "a dark romance"."""
    words, joints = reading.words, reading.lexicon.connectors.plot_joints
    place = finding.start
    while place > 0 and not is_stop(words.gap(place)):
        if words.word(place - 1) in joints:
            break
        place -= 1
    said = 0
    while place > 0 and not is_stop(words.gap(place)):
        place -= 1
        said += _is_content(reading, place)
    return said >= _SENTENCE


def _leads_to_a_wish(reading: Reading, start: int, reach: int) -> bool:
    """Whether a genre or a medium follows within the same noun phrase."""
    for place in range(start, min(start + reach + 1, len(reading.words))):
        if is_stop(reading.words.gap(place)):
            return False
        if _wish_at(reading, place):
            return True
        if reading.words.word(place) in reading.lexicon.connectors.plot_joints:
            return False
    return False


def _wish_at(reading: Reading, place: int) -> bool:
    return any(
        finding.start <= place < finding.stop
        for finding in reading.findings
        if finding.kind in ("genre", "media_type")
    )


def _is_content(reading: Reading, place: int) -> bool:
    """Whether a word is left over and tells something."""
    words, plots = reading.words, reading.lexicon.plots
    if place >= len(words) or reading.taken[place]:
        return False
    if (
        phrase_at(words, place, plots.openers) > place
        or phrase_at(words, place, plots.ends) > place
    ):
        return False
    return words.word(place) not in reading.lexicon.connectors.plot_joints


def _give_back(reading: Reading, finding: Finding) -> None:
    """Frees its words, and those of the negation before it."""
    covered = {place for other in reading.findings for place in range(other.start, other.stop)}
    for place in range(finding.start, finding.stop):
        reading.taken[place] = place in covered
    if finding.kind != "exclude_content":
        return
    place = finding.start - 1
    while place >= 0 and reading.taken[place] and place not in covered:
        reading.taken[place] = False
        place -= 1
