"""What leads to children, and says whose they are or who watches with them: "my sister's kids", "we
have a kid", "for my in-laws and a toddler", "babysitting two boys".
"""

from collections.abc import Iterator

from api.language.maturity.children_absent import says_nothing
from api.language.reading.reading import Reading, is_stop
from api.language.vocabulary.lexicon import Phrases

_LONGEST_LEAD = 3  # words: "my two little"
_LONGEST_COMPANY = 5  # words: "with my parents in law"
_LONGEST_BEFORE = 4  # words: "for a bunch of"


def start_of_lead(reading: Reading, place: int) -> int:
    """Where "my", "the", "our two" and "my sister's" begin that lead to the children at a place."""
    words, lexicon = reading.words, reading.lexicon
    known = lexicon.maturity
    leading = known.articles, known.definite, lexicon.negation.companion_owners
    start = place
    while start > max(place - _LONGEST_LEAD, 0) and not is_stop(words.gap(start)):
        word = words.word(start - 1)
        is_number = word in lexicon.numbers.words or word.isdecimal()
        is_theirs = word in lexicon.plots.possessives and _is_of_the_family(reading, start - 2)
        is_theirs_as_typed = _is_of_a_family_as_typed(reading, start - 1)
        is_leading = is_number or is_theirs or is_theirs_as_typed
        if not is_leading and not any(word in some for some in leading):
            break
        start -= 2 if is_theirs else 1
    return start


def _is_of_the_family(reading: Reading, place: int) -> bool:
    """Whose kids are meant in "my sister's kids"."""
    word, lexicon = reading.words.word(place), reading.lexicon
    return word in lexicon.negation.companions | lexicon.maturity.relatives


def _is_of_a_family_as_typed(reading: Reading, place: int) -> bool:
    """The same without its apostrophe, behind "the" or "my": "the neighbours kids"."""
    words, lexicon = reading.words, reading.lexicon
    word = words.word(place)
    endings = lexicon.counts.plural_endings
    people = lexicon.negation.companions | lexicon.maturity.relatives
    is_one = word.endswith(endings) and any(word.removesuffix(end) in people for end in endings)
    leading = lexicon.maturity.definite | lexicon.negation.companion_owners
    return is_one and words.word(place - 1) in leading and not is_stop(words.gap(place))


def start_of_company(reading: Reading, first: int) -> int | None:
    """Where "for my in-laws and", "me and" or "my husband and" begins, right before children who
    are joined to them; None for other words."""
    words, lexicon = reading.words, reading.lexicon
    joint, begun = first - 1, None
    if words.word(joint) not in lexicon.connectors.joints or is_stop(words.gap(first)):
        return None
    if joint - 1 in reading.of_viewing:  # "we are two adults and a toddler"
        return joint
    owners, companions = lexicon.negation.companion_owners, lexicon.negation.companions
    last = words.word(joint - 1)
    is_somebody = last in companions or last in lexicon.maturity.selves
    for start in range(joint - 1, max(joint - _LONGEST_COMPANY, -1), -1):
        if is_stop(words.gap(start + 1)):
            break
        if words.word(start) in lexicon.maturity.before_audiences:
            is_owned = words.word(start + 1) in owners
            return start if start + 1 < joint and (is_owned or is_somebody) else begun
        begins = start == 0 or is_stop(words.gap(start))
        is_theirs = words.word(start) in owners and (is_somebody or begins)
        if begun is None and (last in lexicon.maturity.selves or is_theirs):
            begun = start
    return begun


def start_of_minding(reading: Reading, first: int, place: int) -> int | None:
    """Where "babysitting" begins, right before children at `place` whom [first, place) leads to, of
    whoever asks; "a nanny looking after two boys" is of a plot."""
    words, minding = reading.words, reading.lexicon.maturity.minding
    begun = next(_starts_before(reading, first, place, minding), None)
    start = begun
    while start is not None and start > 0 and not is_stop(words.gap(start)):
        start -= 1
        if not says_nothing(reading, start):
            return None
    return begun


def start_of_having(reading: Reading, first: int, place: int) -> int | None:
    """Where "we have" begins, right before such children; "my" alone does not say it."""
    return next(_starts_before(reading, first, place, reading.lexicon.maturity.having), None)


def _starts_before(reading: Reading, first: int, place: int, phrases: Phrases) -> Iterator[int]:
    """Where each of the phrases begins that ends at or within the lead [first, place): the "un" of
    "tengo un" is an article."""
    for start in range(max(first - _LONGEST_BEFORE, 0), first):
        if any(reading.words.phrase(start, stop) in phrases for stop in range(first, place + 1)):
            yield start
