"""What is not for whoever watches too: "war films are not for my kids", "horror isn't for my wife".

It is refused, and the children are there: what they are shown is for their age, where "a film that
is not for kids" asks for one for older viewers. Of "this is not for my kids" nothing is known to
refuse, so it stays as it was read.
"""

from api.language.maturity.ages import Ages, ages_label
from api.language.reading.plot_text import is_apart, is_content
from api.language.reading.reading import Finding, Reading
from api.language.refusals.dismissals import dismissed_before

_LONGEST = 6  # words: "is really just not suitable for"
_LONGEST_LEAD = 3  # words: "my two little"


def refuse_what_is_unfit(reading: Reading) -> None:
    """Marks what is said to be not for them as negated, takes the words that say it, and limits to
    the age of the children whom it names."""
    words, emphasis = reading.words, reading.lexicon.negation.emphasis
    place = 1
    while place < len(words):
        stop, start = _unfit_at(reading, place), place
        while stop > place and words.word(start - 1) in emphasis and not is_apart(reading, start):
            start -= 1
        if stop > place and not reading.story[start] and _begins_with_a_subject(reading, start):
            _refuse(reading, start, stop)
        place = max(stop, place + 1)


def _unfit_at(reading: Reading, place: int) -> int:
    """The end of "is not for" and "is definitely not for" at a place; `place` for other words."""
    words, known = reading.words, reading.lexicon.negation
    said, stop = list[str](), place
    for at in range(place, min(place + _LONGEST, len(words))):
        if at > place and (is_apart(reading, at) or words.word(place) in known.emphasis):
            break
        if words.word(at) not in known.emphasis:
            said.append(words.word(at))
            stop = at + 1 if " ".join(said) in known.unfit else stop
    return stop


def _begins_with_a_subject(reading: Reading, place: int) -> bool:
    """Whether what "is not for" is said of stands before it: not in "films that are not for kids",
    nor "it is not for kids"."""
    words, known = reading.words, reading.lexicon.negation
    before = words.word(place - 1)
    return not is_apart(reading, place) and before not in known.relatives | known.companion_links


def _refuse(reading: Reading, place: int, stop: int) -> None:
    children = _limit_behind(reading, place, stop)
    if children is None and not _is_a_companion(reading, stop):
        return
    said = dismissed_before(reading, place)
    described = [one for one in said if one.kind != "media_type"]
    if not described and not _names_something(reading, place):
        return
    for finding in described:
        finding.is_negated = True
    # "War movies are not for my kids" neither asks for films nor refuses them, and "are too scary
    # for my kids" asks for nothing scary.
    reading.findings = [
        one
        for one in reading.findings
        if one in described
        or not (one in said or (one.kind != "maturity" and place <= one.start < stop))
    ]
    reading.taken[place:stop] = [True] * (stop - place)
    if children is not None and isinstance(ages := children.value, Ages) and ages.first is not None:
        children.value = Ages(None, ages.first - 1)
        children.label = ages_label(children.value)


def _limit_behind(reading: Reading, place: int, stop: int) -> Finding | None:
    """The age of the children whom the words [place, stop) lead to."""
    return next(
        (one for one in reading.found("maturity") if place <= one.start <= stop < one.stop), None
    )


def _is_a_companion(reading: Reading, stop: int) -> bool:
    """ "My wife", "my two sons", of no age that limits."""
    words, lexicon = reading.words, reading.lexicon
    some = lexicon.negation.companions, lexicon.maturity.children, lexicon.maturity.relatives
    is_owned = words.word(stop) in lexicon.negation.companion_owners
    behind = words.words[stop : stop + _LONGEST_LEAD + 1]
    return is_owned and any(word in those for those in some for word in behind)


def _names_something(reading: Reading, place: int) -> bool:
    """Whether the clause before a place names a thing that nothing is known of: "spiders"."""
    lexicon = reading.lexicon
    while place > 0 and not is_apart(reading, place):
        place -= 1
        word = reading.words.word(place)
        if word in lexicon.terms.media or word in lexicon.maturity.asking:
            return False
        if is_content(reading, place):
            return True
    return False
