"""Children who watch with whoever minds them, though no word names them: "babysitting tonight",
"babysitting 3 monsters, 5 7 and 9".

"A babysitting movie" and "a film about babysitting" are of a plot.
"""

from api.language.maturity.ages import ADULT
from api.language.maturity.children_absent import ends_a_clause, says_nothing
from api.language.reading.reading import Reading, clause_end, is_stop, phrase_at


def minded_at(reading: Reading, place: int) -> int:
    """The end of "babysitting" at a place, said of whoever asks; `place` for other words."""
    words, lexicon = reading.words, reading.lexicon
    stop = phrase_at(words, place, lexicon.maturity.minding_alone)
    is_of_titles = words.word(stop) in lexicon.terms.meanings and not is_stop(words.gap(stop))
    if stop == place or is_of_titles or reading.story[place]:
        return place
    start = place
    while start > 0 and not is_stop(words.gap(start)):
        start -= 1
        if not says_nothing(reading, start):
            return place
    return stop


def youngest_minded(reading: Reading, stop: int) -> int | None:
    """The least number of the clause behind that counts nothing: of "3 monsters, 5 7 and 9" the
    five; None without any."""
    words, joints = reading.words, reading.lexicon.connectors.joints
    end = clause_end(words, stop)
    while end < len(words) and words.word(end)[:1].isdecimal():
        end = clause_end(words, end + 1)
    ages = [
        int(word)
        for at, word in enumerate(words.words[stop:end], stop)
        if word.isdecimal()
        and 0 < int(word) < ADULT
        and (
            ends_a_clause(reading, at + 1)
            or words.word(at + 1) in joints
            or words.word(at + 1).isdecimal()
        )
    ]
    return min(ages, default=None)
