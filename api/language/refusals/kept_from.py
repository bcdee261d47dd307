"""Who is not to watch what is refused: "I don't want my kids to watch horror", "none of my kids
likes horror"."""

from api.language.reading.reading import Reading, is_stop, phrase_at


def behind_whoever_is_kept(reading: Reading, stop: int) -> int:
    """Where what they are kept from begins, behind a negation that ends at `stop`; `stop` where
    nobody who watches stands there."""
    words, lexicon = reading.words, reading.lexicon
    known, place = lexicon.negation, stop
    leading = known.companion_owners | lexicon.maturity.definite
    # "None of my kids"
    place += words.word(place) not in leading and words.word(place) in lexicon.connectors.fillers
    if words.word(place) not in leading or is_stop(words.gap(place)):
        return stop
    people = known.companions | lexicon.maturity.children | lexicon.maturity.relatives
    while words.word(place) in leading | lexicon.maturity.articles:
        place += 1
    if words.word(place) not in people or is_stop(words.gap(place + 1)):
        return stop
    place += 1
    place += words.word(place) in lexicon.plots.infinitive
    said = (known.watching, lexicon.maturity.wishes)
    end = max(phrase_at(words, place, some) for some in said)
    return end if end > place else stop
