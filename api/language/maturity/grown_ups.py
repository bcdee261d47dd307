"""Somebody's relatives whose said age is that of a grown-up: "my younger sister is 30", "my son's
birthday party, he is 25".

Several may be counted so and not aged ("my boys are 20"), and of one who asks it says nothing.
"""

from api.language.maturity.ages import ADULT
from api.language.maturity.children_absent import ends_a_clause, is_a_joint
from api.language.reading.numbers import number_at
from api.language.reading.reading import Reading, clause_end, gap_behind, is_stop, phrase_at

_OLDEST = 120


def is_grown_up(reading: Reading, start: int, stop: int) -> bool:
    """Whether such an age is said of one in the words [start, stop), in the clause or the next."""
    words, lexicon = reading.words, reading.lexicon
    known, noun = lexicon.maturity, words.word(stop - 1)
    is_relative = words.phrase(start, stop) in known.young or noun in known.relatives
    is_several = noun in lexicon.counts.plurals or noun.endswith(lexicon.counts.plural_endings)
    if not is_relative or is_several or noun in known.schools:
        return False
    if words.gap(stop).strip() == "(" and gap_behind(words, stop + 1).startswith(")"):
        return _is_an_age(reading, stop)
    if not is_stop(words.gap(stop)) and _is_said_at(reading, stop):
        return True
    following = clause_end(words, stop)
    pronoun = words.word(following)
    is_asking = pronoun in known.selves | known.asking | known.we
    is_somebody = pronoun in known.pronouns and not is_asking
    return is_somebody and _is_said_at(reading, following + 1)


def _is_said_at(reading: Reading, place: int) -> bool:
    """ "Is 30", "wird 40", "a 30 ans"."""
    number = phrase_at(reading.words, place, reading.lexicon.maturity.are)
    return number > place and _is_an_age(reading, number)


def _is_an_age(reading: Reading, place: int) -> bool:
    """Whether a number is one of a grown-up, of eighteen or more, with or without its years: "30
    minutes" is none."""
    words, known = reading.words, reading.lexicon.maturity
    stop, number = number_at(reading, place)
    if number is None or not ADULT < number <= _OLDEST:
        return False
    years = max(stop + (words.word(stop) in known.years), phrase_at(words, stop, known.years_old))
    end = phrase_at(words, years, known.old)
    is_joined = is_a_joint(reading, end) and number_at(reading, end + 1)[1] is None
    return ends_a_clause(reading, end) or is_joined
