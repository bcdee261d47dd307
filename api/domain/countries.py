"""Countries that titles can be filtered by, as one bit mask per title."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from api.domain.languages import LANGUAGE_CODES, language_code


@dataclass(frozen=True, slots=True)
class Country:
    """A country that titles are made in.

    Where `languages` are said a title is from there if it was made there in one of them: neither
    what else is made in the language nor what others shot there. Else it is from where it was made.
    """

    name: str  # as it stands behind "from"
    languages: tuple[str, ...] = ()
    # Those that most titles in them are from there: so is, likely, one of no known country.
    usual: tuple[str, ...] = ()


# Those that share their language with larger ones, or with several. As many as 32 bits.
SHARING: Mapping[str, Country] = {
    "AR": Country("Argentina", ("es",)),
    "AT": Country("Austria", ("de",)),
    "AU": Country("Australia"),
    "BE": Country("Belgium", ("fr", "nl", "de")),
    "BR": Country("Brazil", ("pt",)),
    "CA": Country("Canada"),
    "CH": Country("Switzerland", ("de", "fr", "it", "rm")),
    "CL": Country("Chile", ("es",)),
    "CO": Country("Colombia", ("es",)),
    "GB": Country("the United Kingdom"),
    "IE": Country("Ireland"),
    "MX": Country("Mexico", ("es",)),
    "NG": Country("Nigeria"),
    "NZ": Country("New Zealand"),
    "US": Country("the United States"),
    "ZA": Country("South Africa"),
    "CD": Country("the Congo"),
    "CI": Country("Ivory Coast"),
    "CM": Country("Cameroon"),
    "CU": Country("Cuba", ("es",)),
    "DZ": Country("Algeria", ("ar", "fr")),
    "EC": Country("Ecuador", ("es",)),
    "EG": Country("Egypt", ("ar",)),
    "ET": Country("Ethiopia"),
    "GH": Country("Ghana"),
    "KE": Country("Kenya"),
    "MA": Country("Morocco", ("ar", "fr")),
    "PE": Country("Peru", ("es", "qu")),
    "SN": Country("Senegal"),
    "TN": Country("Tunisia", ("ar", "fr")),
    "UG": Country("Uganda"),
    "UY": Country("Uruguay", ("es",)),
}
COUNTRIES: Mapping[str, Country] = {
    **SHARING,
    "CN": Country("China", ("zh", "cn"), usual=("zh",)),
    "DE": Country("Germany", ("de",), usual=("de",)),
    "ES": Country("Spain", ("es", "ca", "eu", "gl"), usual=("es", "ca", "eu", "gl")),
    "FR": Country("France", ("fr",), usual=("fr",)),
    "HK": Country("Hong Kong", ("cn", "zh"), usual=("cn",)),
    "PT": Country("Portugal", ("pt",)),
    "TW": Country("Taiwan", ("zh", "cn")),
}
_BIT_OF_COUNTRY = {country: 1 << bit for bit, country in enumerate(COUNTRIES)}
_OF_ANY_COUNTRY = ("en",)  # what is made where no languages are said
_SPOKEN = {country.languages for country in COUNTRIES.values() if country.languages}
_ANOTHER = 1 << 63  # a country that has no bit: its titles are of a known country
SHARING_BITS = np.uint64((1 << len(SHARING)) - 1)  # those of SHARING, which come first


def country_bits(countries: Iterable[str]) -> int:
    """The countries as one mask of 64 bits, 0 for none; all others than COUNTRIES have one bit."""
    bits = 0
    for country in countries:
        bits |= _BIT_OF_COUNTRY.get(country, _ANOTHER)
    return bits


def are_from(
    countries: Iterable[str], made_in: NDArray[np.uint64], languages: NDArray[np.int16]
) -> NDArray[np.bool_]:
    """(n): which titles are from one of the countries, by the masks of all that made them and the
    codes of their languages."""
    wanted = {code: COUNTRIES[code] for code in countries if code in COUNTRIES}
    found = np.zeros(len(made_in), dtype=np.bool_)
    for spoken in {country.languages for country in wanted.values()}:
        bits = country_bits(code for code, country in wanted.items() if country.languages == spoken)
        is_made_there = (made_in & np.uint64(bits)) != 0
        found |= is_made_there & _are_in(languages, spoken) if spoken else is_made_there
    if usual := [language for country in wanted.values() for language in country.usual]:
        found |= (made_in == 0) & _are_in(languages, usual)
    return found


def may_be_from(
    countries: Iterable[str], made_in: NDArray[np.uint64], languages: NDArray[np.int16]
) -> NDArray[np.bool_]:
    """(n): which titles of no known country may be from one of these, by their languages.

    One in Danish is hardly from the United States, one in English may be, and so may any of an
    unknown language.
    """
    spoken: set[str | None] = {None}
    for code in countries:
        own = COUNTRIES[code].languages if code in COUNTRIES else ()
        spoken.update(own or _OF_ANY_COUNTRY)
    return np.asarray((made_in == 0) & _are_in(languages, spoken))


def are_from_alone(
    countries: Iterable[str], made_in: NDArray[np.uint64], languages: NDArray[np.int16]
) -> dict[str, NDArray[np.bool_]]:
    """(n) for each country: which titles are from it, and from no other that made them as well.

    The Big Lebowski was made by the United States and the United Kingdom, whose order says nothing
    of who made more of it. What France has a part in is British where it is spoken in English.
    """
    in_languages = {spoken: _are_in(languages, spoken) for spoken in _SPOKEN}
    made = {code: (made_in & np.uint64(country_bits([code]))) != 0 for code in COUNTRIES}
    claimed = {
        code: made[code] & in_languages[country.languages] if country.languages else made[code]
        for code, country in COUNTRIES.items()
    }
    by_language = np.sum(
        [claimed[code] for code, one in COUNTRIES.items() if one.languages], axis=0
    )
    by_any = np.sum([*claimed.values()], axis=0)
    is_elsewhere = (made_in & np.uint64(_ANOTHER)) != 0
    found = {}
    for country in countries:
        # What is in Spanish is Mexican before it is of the United States, whose language is not
        # said.
        has_own = bool(COUNTRIES[country].languages)
        others = (by_language if has_own else by_any) - claimed[country]
        is_alone = (others == 0) & (has_own | ~is_elsewhere)
        found[country] = are_from([country], made_in, languages) & is_alone
    return found


def _are_in(codes: NDArray[np.int16], languages: Iterable[str | None]) -> NDArray[np.bool_]:
    is_one = np.zeros(LANGUAGE_CODES, dtype=np.bool_)  # in a tenth of the time of np.isin
    is_one[[language_code(one) for one in languages]] = True
    return is_one[codes]


def country_flags(made_in: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """(n, 32): for each mask 1 where the bit of one of SHARING is set, in their order."""
    as_bytes = made_in.astype("<u8").view(np.uint8).reshape(-1, 8)[:, : len(SHARING) // 8]
    return np.unpackbits(as_bytes, axis=1, bitorder="little")
