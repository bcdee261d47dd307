"""Notes a title with the year, the country and the medium beside it, which tell namesakes apart."""

from api.domain.items import MediaType
from api.language.reading.numbers import number_at
from api.language.reading.reading import Finding, Reading, is_stop
from api.language.vocabulary.tokens import Words

LONGEST_MISTYPED = 8  # words of a name that is looked for with slips
LONGEST_PAIR = 2  # words that are too few of a name to be one but for an s


def note_title(reading: Reading, rows: tuple[int, ...], start: int, stop: int) -> None:
    titles = reading.names.titles
    year, stop = year_behind(reading, rows, stop)
    country, stop = country_behind(reading, rows, stop)
    media = media_beside(reading, start, stop)
    row = titles.best(rows, year=year, media=media, country=country)
    if not titles.is_known(row):
        # "Movies like Black Mirror" asks for films, and means the show that everybody knows.
        row = titles.best(rows, year=year, country=country)
    reading.take(Finding("seed", row, titles.labels[row], start, stop, can_be_negated=True))


def year_behind(reading: Reading, rows: tuple[int, ...], stop: int) -> tuple[int | None, int]:
    """ "Dune 1984", "Dune (1984)", "Dune from 1984": a year that one of the titles has."""
    words = reading.words
    for skipped in (0, 1):
        if skipped and words.word(stop) not in reading.lexicon.titles.before_year:
            break
        end, number = number_at(reading, stop + skipped)
        if number is not None and number > 1870 and reading.names.titles.has_year(rows, number):
            return number, _end_of_run(words, end)
    return None, stop


def _end_of_run(words: Words, stop: int) -> int:
    """Behind "2020" of "BoJack Horseman (2014-2020)", where `stop` is behind the first year."""
    last = words.word(stop)
    is_dashed = words.gap(stop).strip() in ("-", "–", "—")
    return stop + 1 if is_dashed and last.isdecimal() and len(last) in (2, 4) else stop


def country_behind(reading: Reading, rows: tuple[int, ...], stop: int) -> tuple[str | None, int]:
    """ "The Office US", "shameless uk": a country that tells namesakes apart."""
    terms, words = reading.lexicon.terms, reading.words
    meaning = terms.country_places.get(words.word(stop)) or terms.countries.get(words.word(stop))
    if not rows or meaning is None or (stop < len(words) and is_stop(words.gap(stop))):
        return None, stop
    country = meaning.countries[0]
    is_made_there = reading.names.titles.is_made_in(rows, country)
    return (country, stop + 1) if is_made_there else (None, stop)


def media_beside(reading: Reading, start: int, stop: int) -> MediaType | None:
    """Whether a word beside [start, stop) says that it is a film or a show: "series like Fargo"."""
    words, titles = reading.words, reading.lexicon.titles
    is_likened = words.word(start - 1) in titles.like | titles.weak_seed_signs
    for word in (words.word(start - 1), words.word(stop), words.word(start - 2) * is_likened):
        if (meaning := reading.lexicon.terms.media.get(word)) is not None:
            return meaning.media
    return None


def has_a_slip(reading: Reading, start: int, stop: int) -> bool:
    """Whether one of the words is none of any language or name."""
    known, titles = reading.lexicon.plain_words, reading.names.titles
    return not all(
        word in known or titles.has_word(word) for word in reading.words.words[start:stop]
    )
