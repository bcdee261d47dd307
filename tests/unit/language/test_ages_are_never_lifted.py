"""Generated requests that mix ages, certificates and refusals of many countries and languages.

The limit of each sentence is known from how it was put together, not from reading it.
"""

import random
from collections.abc import Iterator

import pytest

from api.domain.maturity import age_of
from tests.names_builder import NAMES, read

# Thousands of texts read, which takes three times as long when lines are counted.
pytestmark = pytest.mark.no_cover

_REQUESTS = 4000
_PER_SEED = 500
_NUMBERS = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen",
    "de": "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn",
    "es": "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce",
    "fr": "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze",
    "it": "uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici",
    "pt": "um dois três quatro cinco seis sete oito nove dez onze doze treze catorze",
}
_VIEWERS = {
    "en": [
        "for a {} year old",
        "for my {}-year-old",
        "my daughter is {}",
        "my son, who is {}, will watch",
        "ages {} and up",
        "for kids aged {}",
        "my {} year old and my {older} year old",
        "kids {older} and {digits}",
        "for {digits}-{older} year olds",
        "with my {digits}yo",
        "{digits} and under",
        "up to age {}",
        "for under {digits}s",
        "our youngest is a {} year old",
        "I have a {} year old",
    ],
    "de": [
        "für meine {}-jährige Tochter",
        "für {digits}-Jährige",
        "Kinder {older} und {} Jahre",
        "für Kinder ab {digits}",
        "bis {} Jahre",
        "mein Sohn ist {}",
        "ab {digits} Jahren",
    ],
    "es": [
        "para mi hija de {} años",
        "para niños de {} a {older} años",
        "mi hijo tiene {} años",
        "hasta {} años",
        "menores de {} años",
    ],
    "fr": [
        "pour ma fille de {} ans",
        "pour enfants de {digits} à {older} ans",
        "mon fils a {} ans",
        "dès {} ans",
        "jusqu'à {} ans",
    ],
    "it": [
        "per bambini di {} anni",
        "mia figlia ha {} anni",
        "dai {} anni",
        "fino a {} anni",
        "per mio figlio di {} anni",
    ],
    "pt": [
        "para crianças de {} anos",
        "minha filha tem {} anos",
        "até {} anos",
        "para meu filho de {} anos",
        "a partir de {} anos",
    ],
}
_CERTIFICATES = {
    "US": "PG|PG-13|R|NC-17|TV-PG|TV-14|TV-MA|TV-Y7",
    "GB": "12A|BBFC 12|BBFC 15|BBFC 18|certificate 15|R18",
    "DE": "FSK 6|FSK 12|FSK ab 16|FSK 18|FSK16",
    "NL": "Kijkwijzer 9|Kijkwijzer 12|Kijkwijzer 16",
    "AU": "MA15+|R18+|MA 15+|AV15+",
    "BR": "classificação 12|classificação 16|classificação 18|A16",
    "IT": "VM14|VM18|VM 14",
    "IN": "UA16+|UA13+",
    "SG": "NC16|M18|R21",
    "JP": "R15+|PG-12",
}
_PREFIXES = ("BBFC", "certificate", "FSK", "ab", "Kijkwijzer", "classificação", "FSK16")
_REFUSALS = [
    "no {}",
    "not {}",
    "never {}",
    "avoid {}",
    "exclude {}",
    "without {}",
    "nothing {}",
    "please don't show me anything {}",
    "it can't be {}",
    "{} is not allowed",
    "no films that are {}",
    "kein {}",
    "keine Filme mit {}",
    "nicht {}",
    "ohne {}",
    "nie {}",
    "pas {}",
    "pas de films {}",
    "sans {}",
    "jamais {}",
    "sin {}",
    "nada de {}",
    "nunca {}",
    "senza {}",
    "niente {}",
    "mai {}",
    "sem {}",
    "não quero {}",
]
_NO_ADULTS = [
    "not for adults",
    "not 18+",
    "no 18+ films",
    "nicht ab 18",
    "nicht für Erwachsene",
    "pas pour adultes",
    "nada para adultos",
    "non per adulti",
    "não para adultos",
    "nothing adult",
    "no 18s",
]
_OTHERS = [
    *("R-rated", "for adults", "18+", "adults only", "rated R please", "FSK 18", "over 18"),
    *("comedies", "horror", "thriller", "something on netflix", "from the 90s", "in Korean"),
    *("under two hours", "by Tarantino", "like Heat", "5 good films", "not too long", "no gore"),
    *("not only comedies", "not for kids", "no horror", "I loved Alien", "about pirates"),
    *("Komödien", "ohne Horror", "películas de terror", "comédie", "commedie", "não terror"),
]
_JOINTS = [", ", " and ", " ", " but ", ". ", "; ", " - ", " or ", ", but ", " und ", " y ", " et "]


def _age(country: str, written: str) -> int:
    bare = written.split()[-1] if written.startswith(_PREFIXES) else written
    age = age_of(country, bare.removeprefix("FSK"))
    assert age is not None, written
    return age


def _viewer(chance: random.Random) -> tuple[str, int]:
    language = chance.choice([*_VIEWERS])
    age = chance.randint(3, 14)
    words = _NUMBERS[language].split()
    written = chance.choice([str(age), words[age - 1]])
    template = chance.choice(_VIEWERS[language])
    older = age + chance.randint(1, 4)
    if "{older}" in template:
        written = str(age)
    return template.format(written, older=older, digits=age), age


def _certificate(chance: random.Random) -> tuple[str, int]:
    country = chance.choice([*_CERTIFICATES])
    written = chance.choice(_CERTIFICATES[country].split("|"))
    age = _age(country, written)
    if written in ("R", "M18") or (country in ("US", "AU", "IT", "IN") and chance.random() < 0.4):
        written = chance.choice([f"rated {written}", f"{written}-rated", f"{written} rated"])
    return written, age


def _limiting(chance: random.Random) -> tuple[str, int]:
    kind = chance.random()
    if kind < 0.4:
        return _viewer(chance)
    if kind < 0.5:
        return chance.choice(_NO_ADULTS), 16
    written, age = _certificate(chance)
    if kind < 0.65 and age < 17:
        return written, age
    return chance.choice(_REFUSALS).format(written), age - 1


def requests(seed: int) -> Iterator[tuple[str, int]]:
    """Texts with the highest age that may be shown for each."""
    chance = random.Random(seed)
    for _ in range(_PER_SEED):
        limiting = [_limiting(chance) for _ in range(chance.choice([1, 1, 2, 3]))]
        parts = [text for text, _ in limiting] + chance.sample(_OTHERS, chance.randint(0, 3))
        chance.shuffle(parts)
        text = parts[0]
        for part in parts[1:]:
            text += chance.choice(_JOINTS) + part
        yield text, min(age for _, age in limiting)


@pytest.mark.parametrize("seed", range(_REQUESTS // _PER_SEED))
def test_no_request_gets_a_title_above_the_youngest_age_that_it_names(seed: int) -> None:
    above = []
    for text, oldest in requests(seed):
        intent = read(text)
        is_within = intent.age_max is not None and intent.age_max <= oldest
        if not is_within or (intent.age_min or 0) > (intent.age_max or 0):
            above.append((text, oldest, intent.age_min, intent.age_max))
    assert above == []


@pytest.mark.parametrize("text", ["my daughter is seven", "like Heat and Seven, my son is Seven"])
def test_an_age_counts_where_a_film_has_its_number_for_a_title(text: str) -> None:
    assert NAMES.titles.named("seven")
    assert read(text).age_max == 7
