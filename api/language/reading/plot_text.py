"""Gives back to the free text what was read as a filter but belongs to the plot of a title.

"A french cook spends her winnings on one dinner" asks for no French film, and "his whole life is a
tv show" describes a film. Filters are hard, so such a reading would hide the very title that is
meant. A request that consists of filters leaves few other words, so only texts with many are looked
at. There, a word is part of the plot when it describes a noun of the plot, or stands deep within a
sentence of it; apart from it, as in "..., german, from the 80s", it stays a filter.
"""

from collections.abc import Callable

from api.language.intent import IntentField
from api.language.reading.reading import Finding, Reading, is_stop, phrase_at

# Words left over from which a text describes a plot. All 242 requests of tests/quality leave four
# at most.
PLOT_WORDS = 5
# A noun phrase is looked through this far for the genre or the "film" that a nationality is of.
_NOUN_PHRASE = 2
# Words of a plot before a noun phrase that make it part of a sentence.
_SENTENCE = 2
_CLOSING = frozenset(")]")


def release_plot_text(reading: Reading) -> None:
    """Removes such findings, and gives their words back to the free text."""
    if words_left(reading) < PLOT_WORDS:
        return
    in_plot = [
        finding
        for finding in reading.findings
        if (rule := _RULES.get(finding.kind)) is not None and rule(reading, finding)
    ]
    for finding in in_plot:
        reading.findings.remove(finding)
    for finding in in_plot:
        _give_back(reading, finding)


def words_left(reading: Reading) -> int:
    """How many words with a meaning of their own belong to no part; what is said of it that it need
    not be is told as well."""
    return sum(
        place in reading.tolerated or is_content(reading, place)
        for place in range(len(reading.words))
    )


def describes_a_noun(reading: Reading, finding: Finding) -> bool:
    """ "German town", but not "German crime film"."""
    place = finding.stop
    gap = reading.words.gap(place)
    is_apart = is_stop(gap) or not _CLOSING.isdisjoint(gap)  # "[1980-2000] A guy"
    if is_apart or not is_content(reading, place):
        return False
    return not _leads_to_a_term(reading, place, _NOUN_PHRASE)


def _is_origin_in_plot(reading: Reading, finding: Finding) -> bool:
    words, lexicon = reading.words, reading.lexicon
    before, after = words.word(finding.start - 1), words.word(finding.stop)
    if finding.is_negated or before in lexicon.plots.produced:
        return False
    is_a_people = before in lexicon.plots.peoples and after in lexicon.connectors.plot_joints
    return is_a_people or describes_a_noun(reading, finding)


def _is_year_in_plot(reading: Reading, finding: Finding) -> bool:
    """ "In the sixties" is when a plot is set, unless something was made then."""
    words, known = reading.words, reading.lexicon.plots
    if finding.is_negated:
        # "Without any new stimulation" refuses no new films.
        return finding.is_vague and describes_a_noun(reading, finding)
    if words.phrase(finding.start, finding.stop) in known.vague_years:
        return describes_a_noun(reading, finding)
    is_set = words.word(finding.start) in known.set_in
    start = finding.start if is_set else finding.start - 1
    if words.word(start) in known.set_in:
        before = start - 1
        return not (words.word(before) in known.produced or _term_at(reading, before))
    return describes_a_noun(reading, finding)


def _is_medium_in_plot(reading: Reading, finding: Finding) -> bool:
    """ "Movie star", "offers to show", "an angel shows a man"."""
    words, known = reading.words, reading.lexicon.plots
    if finding.is_negated:
        return False
    before, after = words.word(finding.start - 1), words.word(finding.stop)
    is_show = words.word(finding.start) in known.show_verbs and finding.start > 0
    if is_show and (before in known.infinitive or after in known.objects):
        return True
    is_clause = after.endswith(known.clause_endings)
    return (not is_clause and describes_a_noun(reading, finding)) or _is_in_a_sentence(
        reading, finding
    )


def _is_genre_in_plot(reading: Reading, finding: Finding) -> bool:
    if finding.is_negated:
        return _is_genre_refused_in_plot(reading, finding)
    return _is_in_a_sentence(reading, finding)


def _is_refusal_in_plot(reading: Reading, finding: Finding) -> bool:
    """ "Without knowing why", "no man's land", "no babies are born": nothing is refused."""
    words, following = reading.words, reading.words.word(finding.stop)
    known = reading.lexicon.plots
    if not isinstance(finding.value, str):
        return False
    # What no title is told by is no refusal of whoever tells a story.
    if finding.note is not None or not _is_refused_apart(reading, finding.start):
        return True
    if words.word(finding.start).endswith(known.gerund_endings) or following in known.possessives:
        return True
    if finding.stop == len(words) or is_stop(words.gap(finding.stop)):
        return False
    is_phrase = finding.stop - finding.start > 1  # "no memory wakes up"
    return is_phrase or following in known.auxiliaries or is_content(reading, finding.stop)


def _is_refused_apart(reading: Reading, start: int) -> bool:
    """Whether the negation before a word begins a wish, and ends no clause of a story: "killed them
    all except the eldest", "the umbrella had no canopy", "there are no people"."""
    words, lexicon = reading.words, reading.lexicon
    place = start
    while place > 0 and reading.taken[place - 1] and not _is_of_a_part(reading, place - 1):
        place -= 1
    connectors = lexicon.connectors
    begins = connectors.joints | connectors.contrasts | lexicon.plots.before_refusals
    while place > 0 and not is_apart(reading, place):
        before = words.word(place - 1)
        if before in begins or reading.taken[place - 1] or before in lexicon.terms.stand_ins:
            return True
        if before not in lexicon.plots.with_refusals:
            return False
        place -= 1
    return True


def is_apart(reading: Reading, place: int) -> bool:
    """Whether a mark, a bracket or a dash sets the word off from what is before it."""
    gap = reading.words.gap(place)
    return is_stop(gap) or any(mark in gap for mark in "([\n–—") or " -" in gap


def _is_of_a_part(reading: Reading, place: int) -> bool:
    return any(one.start <= place < one.stop and not one.is_negated for one in reading.findings)


def _is_genre_refused_in_plot(reading: Reading, finding: Finding) -> bool:
    """ "Appeared to share no romantic actions": deep within a sentence, and of what something else
    is like; "without horror for a six year old" refuses wherever it stands."""
    return (
        reading.words.word(finding.start - 1) in reading.lexicon.negation.without
        and describes_a_noun(reading, finding)
        and not _is_refused_apart(reading, finding.start)
    )


def _is_count_in_plot(reading: Reading, finding: Finding) -> bool:
    return not _leads_to_a_term(reading, finding.stop, _NOUN_PHRASE + 1) and (
        finding.stop - finding.start == 1
    )


_RULES: dict[IntentField, Callable[[Reading, Finding], bool]] = {
    "language": _is_origin_in_plot,
    "country": _is_origin_in_plot,
    "year": _is_year_in_plot,
    "media_type": _is_medium_in_plot,
    "genre": _is_genre_in_plot,
    "exclude_content": _is_refusal_in_plot,
    "offer_type": describes_a_noun,
    "count": _is_count_in_plot,
}


def _is_in_a_sentence(reading: Reading, finding: Finding) -> bool:
    """Whether a clause of the plot leads up to it: "starts a romance", but not "a dark romance"."""
    words, joints = reading.words, reading.lexicon.connectors.plot_joints
    place = finding.start
    while place > 0 and not is_stop(words.gap(place)):
        if words.word(place - 1) in joints:
            break
        place -= 1
    words_before = 0
    while place > 0 and not is_stop(words.gap(place)):
        place -= 1
        words_before += is_content(reading, place)
    return words_before >= _SENTENCE


def _leads_to_a_term(reading: Reading, start: int, reach: int) -> bool:
    """Whether a genre or a medium follows within the same noun phrase."""
    for place in range(start, min(start + reach + 1, len(reading.words))):
        if is_stop(reading.words.gap(place)):
            return False
        if _term_at(reading, place):
            return True
        if reading.words.word(place) in reading.lexicon.connectors.plot_joints:
            return False
    return False


def _term_at(reading: Reading, place: int) -> bool:
    return any(
        finding.start <= place < finding.stop
        for finding in reading.findings
        if finding.kind in ("genre", "media_type")
    )


def is_content(reading: Reading, place: int) -> bool:
    """Whether a word is left over and has a meaning of its own."""
    words, lexicon = reading.words, reading.lexicon
    if place >= len(words) or reading.taken[place]:
        return False
    if words.word(place) in lexicon.connectors.plot_joints:
        return False
    return phrase_at(words, place, lexicon.plots.borders) == place


def _give_back(reading: Reading, finding: Finding) -> None:
    """Frees its words, and those of the negation before it."""
    covered = {place for other in reading.findings for place in range(other.start, other.stop)}
    for place in range(finding.start, finding.stop):
        reading.taken[place] = place in covered
    if finding.kind != "exclude_content" and not finding.is_negated:
        return
    place = finding.start - 1
    while place >= 0 and reading.taken[place] and place not in covered:
        reading.taken[place] = False
        place -= 1
