"""A text that is a place in a series: "4th harry potter film", "the second terminator"."""

from api.language.reading.reading import Finding, Reading


def find_place_in_series(reading: Reading) -> None:
    """Notes the title, if many know it, and takes all words."""
    words, titles, lexicon = reading.words, reading.names.titles, reading.lexicon
    start, stop = 0, len(words)
    while words.word(start) in lexicon.titles.articles | lexicon.titles.asking:
        start += 1
    number, first = lexicon.numbers.ordinals.get(words.word(start)), start + 1
    while words.word(first) in lexicon.terms.media:
        first += 1
    while words.word(stop - 1) in lexicon.terms.media:
        stop -= 1
    if number is None or stop <= first:
        return
    rows = titles.named(f"{words.phrase(first, stop)} {number}")
    if rows and titles.is_known(titles.best(rows)):
        row = titles.best(rows)
        reading.take(Finding("title", row, titles.labels[row], start, len(words)))
        reading.taken[:start] = [True] * start
