"""Numbers in words and digits."""

from api.language.tokens import Words
from api.language.vocabulary.listed import listed

_ONES = listed(
    "zero, one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, "
    "thirteen, fourteen, fifteen, sixteen, seventeen, eighteen, nineteen"
)
_TENS = listed("twenty, thirty, forty, fifty, sixty, seventy, eighty, ninety")

NUMBERS: dict[str, int] = {word: number for number, word in enumerate(_ONES)}
NUMBERS |= {word: 10 * (place + 2) for place, word in enumerate(_TENS)}
# One to ten and what running times need, in the languages of the closed vocabulary.
for _listed in (
    "uno dos tres cuatro cinco seis siete ocho nueve diez",
    "une deux trois quatre cinq six sept huit neuf dix",
    "eine zwei drei vier funf sechs sieben acht neun zehn",
    "una due tre quattro cinque sei sette otto nove dieci",
    "uma duas tres quatro cinco seis sete oito nove dez",
):
    for _number, _word in enumerate(_listed.split(), start=1):
        NUMBERS.setdefault(_word, _number)


def number_at(words: Words, place: int) -> tuple[int, int | None]:
    """(end, number) of a whole number that begins at `place`: "12", "twelve", "twenty-five"."""
    word = words.word(place)
    if word.isascii() and word.isdigit() and len(word) <= 4:
        return place + 1, int(word)
    number = NUMBERS.get(word)
    if number is None:
        return place, None
    following = NUMBERS.get(words.word(place + 1))
    if number in range(20, 100, 10) and following is not None and 0 < following < 10:
        return place + 2, number + following
    return place + 1, number
