"""Numbers in words and digits."""

from api.language.reading.reading import Reading


def number_at(reading: Reading, place: int) -> tuple[int, int | None]:
    """(end, number) of a whole number that begins at `place`: "12", "twelve", "twenty-five"."""
    words, numbers = reading.words, reading.lexicon.numbers.words
    word = words.word(place)
    if word.isascii() and word.isdigit() and len(word) <= 4:
        return place + 1, int(word)
    number = numbers.get(word)
    if number is None:
        return place, None
    following = numbers.get(words.word(place + 1))
    if number in range(20, 100, 10) and following is not None and 0 < following < 10:
        return place + 2, number + following
    return place + 1, number
