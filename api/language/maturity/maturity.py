"""Who may watch: ages ("for a six year old"), certificates ("PG", "FSK 12"), "family friendly".

All go on the one scale of api/domain/maturity.py. Whatever is unclear is read as the younger age,
and each finding narrows those before it; compose.py lets none of them widen another.
"""

from api.language.maturity.age_refusals import AgeRefusals
from api.language.maturity.ages import ADULTS, NO_ADULTS, Ages, ages_label
from api.language.maturity.birthdays import birthday_age_at
from api.language.maturity.children_present import (
    OLDEST_OF_UNKNOWN_AGE,
    Children,
    children_present,
)
from api.language.maturity.named_children import named_child_at
from api.language.maturity.school_grades import grade_age_at, school_age_at
from api.language.maturity.viewer_ages import SHORT, viewer_age_at
from api.language.maturity.written_certificates import (
    FIRST_WORDS,
    bare_certificate_at,
    certificate_at,
    window_of,
)
from api.language.reading.numbers import number_at
from api.language.reading.plot_text import is_content
from api.language.reading.reading import Finding, Reading, is_stop, phrase_at

_LONGEST_LIKING = 4  # words: "i really enjoy"
_LONGEST_CALLED = 3  # words: "niños de"
_MOST_CHILDREN = 30  # more are no party
_FEWEST_OTHERS = 4  # times that a story speaks of somebody


def find_maturity(reading: Reading) -> None:
    """Notes ages and certificates and takes their words."""
    places = _places(reading)
    if not places:
        return
    refusals = AgeRefusals(reading)
    certificates = [one for place in places if (one := certificate_at(reading, place)) is not None]
    written = {place for one in certificates for place in range(one.start, one.stop)}
    for place in places:
        if place not in written:
            _viewer_age_at(reading, refusals, place, written)
    is_age_said = any(_caps(one) and not one.is_negated for one in reading.found("maturity"))
    for place in places:
        if not reading.taken[place]:
            _ = _audience_at(reading, refusals, place) or _adult_content_at(
                reading, refusals, place
            )
    present = [] if len(reading.words) > SHORT else [*children_present(reading)]
    if is_age_said:
        present = [one for one in present if _are_named_beside_others(reading, one)]
    for children in present:
        if not children.is_only_named:
            _limit_to(reading, refusals, children)
    for place in places:
        if not reading.taken[place] and place not in written:
            bare = bare_certificate_at(reading, refusals, place)
            certificates += [bare] if bare is not None else []
    for certificate in certificates:
        ages, is_refused, start, stop = window_of(reading, refusals, certificate)
        if reading.is_free(start, stop):
            _take(reading, ages, start, stop, is_refused=is_refused)
    # "I don't want my kids to see R-rated films": what they may see is said.
    if not any(map(_caps, reading.found("maturity"))):
        for children in present:
            _limit_to(reading, refusals, children)


def _are_named_beside_others(reading: Reading, children: Children) -> bool:
    """ "My 3 year old and a newborn": whose age their name says, joined to others; what stands
    behind a comma may tell more of the same, "kindergartners, 5 and 6"."""
    words, joints = reading.words, reading.lexicon.connectors.joints
    led_to_by = words.words[max(children.start - 1, 0) : children.noun]
    is_joined = words.word(children.stop) in joints or not joints.isdisjoint(led_to_by)
    return is_joined and children.oldest < OLDEST_OF_UNKNOWN_AGE


def _caps(finding: Finding) -> bool:
    return isinstance(finding.value, Ages) and finding.value.last is not None


def _viewer_age_at(reading: Reading, refusals: AgeRefusals, place: int, written: set[int]) -> None:
    """Notes an age, even where its number is the title of a film: "I loved Alien, my son is 9"."""
    title = next((f for f in reading.found("seed") if f.start == place), None)
    if reading.taken[place] and (title is None or title.stop > place + 1):
        return
    # The number of a class is no age: "meine Klasse (3. Schuljahr)".
    age = (
        grade_age_at(reading, place)
        or viewer_age_at(reading, refusals, place)
        or named_child_at(reading, place)
        or birthday_age_at(reading, place)
        or school_age_at(reading, place)
    )
    if age is None:
        return
    _give_back_a_name(reading, age.start, place)
    if title is not None:
        reading.findings.remove(title)
        reading.taken[place] = False
    others = (p for p in range(age.start, place) if reading.taken[p] or p in written)
    start = max(others, default=age.start - 1) + 1
    _take(reading, age.ages, start, age.stop, is_refused=age.is_refused)


def _places(reading: Reading) -> list[int]:
    """Where anything of this kind can begin: nearly every request has no such word."""
    known, numbers = reading.lexicon.maturity, reading.lexicon.numbers
    return [
        place
        for place, word in enumerate(reading.words.words)
        if word in known.first_words
        or word in FIRST_WORDS
        or word in numbers.words
        or word in numbers.ordinals
        or word[0].isdecimal()
        or word[-1].isdecimal()
        or word.endswith(known.old_endings)
    ]


def _audience_at(reading: Reading, refusals: AgeRefusals, place: int) -> bool:
    words, known = reading.words, reading.lexicon.maturity
    stop, oldest = _called_audience_at(reading, place)
    if stop > place and _is_told_of_others(reading, place):
        return False
    _give_back_a_name(reading, place, stop)
    if stop > place and _is_asked(reading, place, stop):
        stop, oldest = _called_more_closely(reading, place, stop, oldest)
        if _is_on_screen(reading, refusals, place, stop):
            return False
        end = stop - 1 if words.word(stop - 1) in known.audience_nouns else stop
        if _is_of_other_titles(reading, place):
            return _take(reading, Ages(oldest + 1, None), place, end)
        if (start := refusals.beside(place)) is None:
            return _take(reading, Ages(None, oldest), place, end)
        refusals.use(start)
        return _take(reading, Ages(oldest + 1, None), start, end)  # "not for kids"
    stop = phrase_at(words, place, known.adults)
    if stop > place and _is_asked(reading, place, stop):
        is_refused = refusals.reach(place, stop)
        ages = NO_ADULTS if is_refused else ADULTS
        return _take(reading, ages, place, stop, is_refused=is_refused)
    return False


def _called_audience_at(reading: Reading, place: int) -> tuple[int, int]:
    """(end, age) of an audience, or of titles made for one: "for kids", "toddler tv", "preschool
    friendly"; `place` for none."""
    words, known = reading.words, reading.lexicon.maturity
    stop = phrase_at(words, place, known.audience_phrases)
    if stop > place:
        return stop, known.audiences[words.phrase(place, stop)]
    if (counted := _counted_children_at(reading, place)) > place:
        age = known.ages_of_children.get(words.word(counted - 1))
        return counted, OLDEST_OF_UNKNOWN_AGE if age is None else age
    behind = phrase_at(words, place, known.made_for_phrases)
    if behind == place or is_stop(words.gap(behind)):
        return place, 0
    oldest = known.made_for[words.phrase(place, behind)]
    if (end := phrase_at(words, behind, known.fitness)) > behind:
        return end, oldest
    if phrase_at(words, behind, known.occasions) > behind:  # "kindergarten party"
        return behind, oldest
    following = words.word(behind)
    is_medium = following in reading.lexicon.terms.media or following in known.audience_nouns
    return (behind, oldest) if is_medium else (place, 0)


def _counted_children_at(reading: Reading, place: int) -> int:
    """The end of "with 3 kids", "with two small boys" and "for two bored teenagers", who watch as
    "with kids" does; `place` for others, as for the children of "a mother with two kids"."""
    words, lexicon = reading.words, reading.lexicon
    known = lexicon.maturity
    if words.word(place) not in known.before_audiences or len(words) > SHORT:
        return place
    end, number = number_at(reading, place + 1)
    if words.word(end + 1) in known.ages_of_children and reading.is_free(end, end + 1):
        end += 1
    is_some = number is not None and 0 < number <= _MOST_CHILDREN
    is_of_a_plot = words.word(place - 1) in lexicon.plots.characters and place > 0
    stop = end + (words.word(end) in known.ages_of_children)
    others = [known.young, known.bare_children]
    if number is not None and number > 1:  # "two little ones", but not "une baby-sitter"
        others.append(known.little_ones)
    stop = max(stop, *(phrase_at(words, end, some) for some in others))
    is_whole = not any(is_stop(words.gap(at)) for at in range(place + 1, stop))
    return stop if is_some and is_whole and stop > end and not is_of_a_plot else place


def _called_more_closely(reading: Reading, start: int, stop: int, oldest: int) -> tuple[int, int]:
    """(end, age) of an audience at [start, stop) with what tells how young they are: "pour enfants
    de maternelle", "niños de infantil"."""
    words, known = reading.words, reading.lexicon.maturity
    for place in range(max(start - _LONGEST_CALLED, 0), stop):
        end = phrase_at(words, place, known.called_phrases)
        if end >= stop and reading.is_free(place, end):
            return end, min(oldest, known.called[words.phrase(place, end)])
    return stop, oldest


def _is_on_screen(reading: Reading, refusals: AgeRefusals, start: int, stop: int) -> bool:
    """ "A movie with kids, but not for kids": they play in it, and none of them watches."""
    words, lexicon = reading.words, reading.lexicon
    known, preposition = lexicon.maturity, words.word(start)
    is_bare = preposition in known.before_audiences and stop == start + 2
    if not (is_bare and words.word(start - 1) in lexicon.terms.media) or is_stop(words.gap(start)):
        return False
    for place in range(stop, len(words)):
        end = phrase_at(words, place, known.audience_phrases)
        is_another = end > place and words.word(place) != preposition
        # "Not for kids under 6" is an age, whose words are taken.
        if is_another and reading.is_free(place, end) and refusals.beside(place) is not None:
            return not _names_a_child(reading)
    return False


def _is_of_other_titles(reading: Reading, place: int) -> bool:
    """ "It is a kids movie and I'm looking for something more adult", "more mature than a
    children's film": said of what is not wanted, and no child is named."""
    words, lexicon = reading.words, reading.lexicon
    known, start = lexicon.maturity, place
    while start > 0 and words.word(start - 1) in known.articles | lexicon.terms.media.keys():
        start -= 1
    starts = range(max(start - _LONGEST_LIKING, 0), start)
    is_of_others = words.word(start - 1) in known.before_others or any(
        phrase_at(words, before, lexicon.plots.likings) == start for before in starts
    )
    if not is_of_others or is_stop(words.gap(start)) or _names_a_child(reading):
        return False
    is_age_said = bool(reading.found("maturity"))
    wants_more = any(phrase_at(words, at, known.more_adult) > at for at in range(len(words)))
    return wants_more and not is_age_said


def _limit_to(reading: Reading, refusals: AgeRefusals, children: Children) -> None:
    """ "My little sister" and "the kids are with us", whose age nobody says. Children who surely do
    not watch are no topic either."""
    start, stop = children.start, children.stop
    _give_back_a_name(reading, start, stop)
    if children.is_absent:
        _give_back_a_refusal(reading, start, stop)
    # "About my little sister" is a plot, "about pirates for my little sister" is for her.
    first = start if children.is_audience else children.noun
    is_of_a_plot = not children.is_none_of_a_plot and _is_of_a_plot(reading, first, stop)
    # "For my kids and a toddler": of several, some are read already.
    others = (place + 1 for place in range(start, children.noun) if reading.taken[place])
    start = start if children.is_absent else max(others, default=start)
    if is_of_a_plot or not reading.is_free(start, stop):
        return
    refused = refusals.beside(children.start) if children.is_audience else None
    if children.is_absent:
        reading.taken[start:stop] = [True] * (stop - start)
    elif refused is None:
        _take(reading, Ages(None, children.oldest), start, stop)
    else:  # "nicht für unsere Kleinen"
        refusals.use(refused)
        _take(reading, Ages(children.oldest + 1, None), refused, stop)


def _give_back_a_name(reading: Reading, start: int, stop: int) -> None:
    """ "Mit den Kurzen", "for the littles", "with Emma (6)": children, and not somebody who is
    called so."""
    words, known = reading.words, reading.lexicon.maturity
    leading = known.articles | known.definite
    for finding in [*reading.found("person")]:
        last = finding.stop - 1
        is_a_word = leading.issuperset(words.words[finding.start : last])
        if start <= finding.start and finding.stop <= stop and is_a_word:
            reading.findings.remove(finding)
            reading.taken[finding.start : finding.stop] = [False] * (finding.stop - finding.start)


def _give_back_a_refusal(reading: Reading, start: int, stop: int) -> None:
    """ "Tonight without kids" refuses no film that is called so."""
    within = [one for one in reading.findings if start <= one.start and one.stop <= stop]
    # What was read of an age stays: "without kids under 10".
    for finding in [one for one in within if one.is_negated and one.kind != "maturity"]:
        reading.findings.remove(finding)
        reading.taken[start:stop] = [False] * (stop - start)


def _adult_content_at(reading: Reading, refusals: AgeRefusals, place: int) -> bool:
    """ "No adult films"; what is not refused is no wish, as in "young adult"."""
    stop = phrase_at(reading.words, place, reading.lexicon.maturity.adult_content)
    if stop == place or not reading.is_free(place, stop):
        return False
    is_short = len(reading.words) <= SHORT
    if refusals.beside(place) is None and not (is_short and refusals.reach(place, stop)):
        return False
    return _take(reading, NO_ADULTS, place, stop, is_refused=True)


def _is_asked(reading: Reading, start: int, stop: int) -> bool:
    """Whether the words are free, and none of a plot."""
    return reading.is_free(start, stop) and not _is_of_a_plot(reading, start, stop)


def _is_of_a_plot(reading: Reading, start: int, stop: int) -> bool:
    """ "Opens with a toddler": what opens the plot is the first word here. Who is of whoever asks
    is of no plot: "about robots with my kids"."""
    owners = reading.lexicon.negation.companion_owners
    if not owners.isdisjoint(reading.words.words[start:stop]):
        return False
    is_narrative = reading.story[start] or reading.story[stop - 1]
    return is_narrative and reading.words.word(start) not in reading.lexicon.maturity.in_plots


def _is_told_of_others(reading: Reading, start: int) -> bool:
    """Whether an audience is of what somebody in a story does: "they also do lessons for kids", "a
    man who steals a car with kids in it".

    Only in a long text of a memory or a story whose writer names no child of theirs. A wish, a
    medium or whoever asks in the same clause makes it a limit, and so does every doubt.
    """
    words, lexicon = reading.words, reading.lexicon
    known = lexicon.maturity
    if len(words) <= SHORT or not is_content(reading, start - 1) or is_stop(words.gap(start)):
        return False
    if not _tells_a_memory(reading) or _names_a_child(reading):
        return False
    is_of_others = False
    for place in range(start - 1, -1, -1):
        word = words.word(place)
        is_asked = word in known.wishes or word in known.asking or reading.taken[place]
        is_asked = is_asked or word in lexicon.terms.media or word in lexicon.terms.meanings
        if is_asked and (not is_of_others or word in known.in_plots):
            return False
        is_of_others = is_of_others or word in known.others
        if is_stop(words.gap(place)):
            break
    return is_of_others


def _tells_a_memory(reading: Reading) -> bool:
    words, lexicon = reading.words, reading.lexicon
    if sum(word in lexicon.maturity.others for word in words.words) >= _FEWEST_OTHERS:
        return True
    return any(
        words.word(place) in lexicon.negation.recalling
        or phrase_at(words, place, lexicon.plots.memories) > place
        for place in range(len(words))
    )


def _names_a_child(reading: Reading) -> bool:
    """ "My niece", "our two kids"."""
    words, known = reading.words, reading.lexicon.maturity
    owners = reading.lexicon.negation.companion_owners
    return any(
        owner in owners
        and any(
            word in known.children or word in known.relatives
            for word in words.words[place + 1 : place + 4]
        )
        for place, owner in enumerate(words.words)
    )


def _take(reading: Reading, ages: Ages, start: int, stop: int, *, is_refused: bool = False) -> bool:
    reading.take(
        Finding(
            "maturity",
            ages,
            ages_label(ages),
            start,
            stop,
            can_be_negated=is_refused,
            is_negated=is_refused,
        )
    )
    return True
