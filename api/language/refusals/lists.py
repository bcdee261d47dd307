"""Lists behind a negation: "no clowns, spiders or snakes" refuses all three.

A comma goes on with what is refused only where the items behind it lead to a joint, or where there
are more of them and all are topics: "no horror, something funny" begins a new wish.
"""

from api.language.reading.reading import Reading, is_stop

_LONGEST = 3  # words of an item
_FEWEST = 2  # items behind commas that are a list without a joint
_OF_A_WISH = 4  # words behind the one that begins it, among which is what it is about


def goes_on_behind_comma(reading: Reading, end: int, *, is_begun: bool = False) -> bool:
    """Whether the comma behind what ends at `end` goes on with a list; `is_begun`: it has gone
    behind a comma before."""
    words, joints = reading.words, reading.lexicon.connectors.joints
    items, place = 0, end
    is_of_topics = True
    while place < len(words) and words.gap(place).strip() == ",":
        start = place
        while place < len(words) and (place == start or not is_stop(words.gap(place))):
            if words.word(place) in joints:
                return _is_a_last_item(reading, place)
            if place - start == _LONGEST or not _is_of_an_item(reading, place):
                return False
            place += 1
        items += 1
        is_of_topics = is_of_topics and reading.is_a_topic(start, place)
    return items >= (1 if is_begun else _FEWEST) and is_of_topics


def begins_a_wish(reading: Reading, joint: int, start: int) -> bool:
    """Whether the word at `joint` ends a list that begins at `start`, and what is wanted follows:
    "no horror and a comedy"."""
    words, lexicon = reading.words, reading.lexicon
    beginning = lexicon.negation.begin_a_wish
    is_joint = words.word(joint) in lexicon.connectors.joints - lexicon.connectors.or_words
    is_begun = is_joint and words.word(joint + 1) in beginning
    if not is_begun or words.word(start) in beginning:
        return False
    # "No horror and some gore" is unclear, and spares the gore, as "and a lot of gore" does.
    behind = range(joint + 2, min(joint + 2 + _OF_A_WISH, len(words)))
    ends = next((place for place in behind[1:] if is_stop(words.gap(place))), behind.stop)
    contents = [one for one in reading.findings if one.kind == "exclude_content"]
    return not any(joint + 1 < one.start < ends for one in contents)


def _is_a_last_item(reading: Reading, joint: int) -> bool:
    """ "Or snakes", but not "and a happy end", nor "or something funny"."""
    behind = joint + 1
    is_within = behind < len(reading.words) and not is_stop(reading.words.gap(behind))
    return is_within and _is_of_an_item(reading, behind)


def _is_of_an_item(reading: Reading, place: int) -> bool:
    """Whether a word may be one of what is refused, and begins no other part of the request."""
    word, lexicon = reading.words.word(place), reading.lexicon
    connectors, terms = lexicon.connectors, lexicon.terms
    # "Bored of Marvel, likes true stories"
    begun = (connectors.contrasts, lexicon.negation.likings)
    others = (connectors.no_content, *begun, connectors.prepositions)
    parts = (terms.origins, terms.media, terms.moods, terms.renown, lexicon.negation.negations)
    return not any(word in some for some in (*others, *parts))
