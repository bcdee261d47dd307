"""Of two things the one that is not wanted: "rather a drama than a comedy", "comedy over drama".

The second is refused as behind "rather than". Of "more comedy than drama" it is neither asked for
nor refused, since both are to be in it.
"""

from api.language.intent import IntentField
from api.language.reading.plot_text import is_apart
from api.language.reading.reading import Finding, Reading, phrase_at

_REACH = 6  # words up to the second
_KINDS: frozenset[IntentField] = frozenset(
    {"genre", "mood", "media_type", "language", "country", "renown", "year"}
)

# "Plutôt drôle que triste" tells a genre and a mood.
_OF_A_SORT: frozenset[IntentField] = frozenset({"genre", "mood"})
# May be spared for anything: "suspense over gore".
_OF_ANY: frozenset[IntentField] = frozenset({"exclude_content"})
_UNKNOWN = 3  # words of "rather poke my eyes out than"


def refuse_the_less_preferred(reading: Reading) -> None:
    """Marks the second of such pairs as negated, or leaves it out, and takes the words between."""
    words, known = reading.words, reading.lexicon.negation
    for place in range(len(words)):
        if reading.story[place]:
            continue
        if words.gap(place).strip() == ">" and _is_behind_something(reading, place):
            begun = min(one.start for one in reading.findings if one.stop == place)
            wanted = [one for one in reading.findings if one.start == begun]
            for one in _others_at(reading, place, wanted):
                one.is_negated = True
        if reading.taken[place]:
            continue
        over = phrase_at(words, place, known.chosen_over)
        if over > place and _is_behind_something(reading, place):
            begun = min(one.start for one in reading.findings if one.stop == place)
            # "I like thrillers more than horror" refuses neither.
            _compare(reading, begun, begun, is_more=over - place > 1)
            continue
        is_more = (more := phrase_at(words, place, known.more_of)) > place
        stop = max(more, phrase_at(words, place, known.preferring))
        if stop > place:
            _compare(reading, place, stop, is_more=is_more)


def _is_behind_something(reading: Reading, place: int) -> bool:
    found = [one for one in reading.findings if one.stop == place]
    return bool(found) and all(one.kind in _KINDS for one in found)


def _compare(reading: Reading, start: int, stop: int, *, is_more: bool) -> None:
    """Refuses what the first thing behind the words [start, stop) is preferred to."""
    words, link, known = reading.words, stop, reading.lexicon.negation
    wanted, unknown = list[Finding](), 0
    while link < min(stop + _REACH, len(words)) and not (link > stop and is_apart(reading, link)):
        links = (known.preferred_to, known.chosen_over)
        behind = max(phrase_at(words, link, some) for some in links)
        is_rather = unknown > 0 and words.word(link) in known.than and not is_more
        if behind > link and (wanted or is_rather):
            others = _others_at(reading, behind, wanted)
            if others:
                _leave_out(reading, others, (start, stop), (link, behind), is_more=is_more)
            return
        found = [one for one in reading.findings if one.start == link and not one.is_negated]
        unknown += not found and not _is_small(reading, link)
        # "More of a thriller person than", "rather eat glass than"
        if unknown > (_UNKNOWN if not (wanted or is_more) else 1):
            return
        wanted += found
        link = max((one.stop for one in found), default=link + 1)


def _others_at(reading: Reading, place: int, wanted: list[Finding]) -> list[Finding]:
    """What stands behind the link and is of the kind of what is wanted; of any, where that is
    nothing of a title's: "rather die than watch a western"."""
    while _is_small(reading, place) and not any(one.start == place for one in reading.findings):
        place += 1
    kinds = {one.kind for one in wanted if one.kind in _KINDS}
    kinds |= _OF_A_SORT if kinds & _OF_A_SORT else frozenset[IntentField]()
    values = {one.value for one in wanted if one.kind in kinds}
    beside = kinds | _OF_ANY if kinds else _KINDS | _OF_ANY
    found = [one for one in reading.findings if one.start == place and one.kind in beside]
    return [one for one in found if one.can_be_negated and one.value not in values]


def _leave_out(
    reading: Reading,
    others: list[Finding],
    opener: tuple[int, int],
    link: tuple[int, int],
    *,
    is_more: bool,
) -> None:
    for first, end in (opener, (link[0], min(one.start for one in others))):
        reading.taken[first:end] = [True] * (end - first)
    if is_more:
        reading.findings = [one for one in reading.findings if one not in others]
        return
    for one in others:
        one.is_negated = True


def _is_small(reading: Reading, place: int) -> bool:
    word, lexicon = reading.words.word(place), reading.lexicon
    small = (lexicon.titles.articles, lexicon.negation.skipped, lexicon.connectors.no_content)
    return any(word in some for some in small)
