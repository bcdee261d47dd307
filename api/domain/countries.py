"""Countries that titles can be filtered by, as one bit mask per title."""

from collections.abc import Iterable

# Those that share their language with others, so that the language alone does not decide.
COUNTRIES = (
    *("AR", "AT", "AU", "BE", "BR", "CA", "CH", "CL", "CO"),
    *("GB", "IE", "MX", "NG", "NZ", "US", "ZA"),
)

_BIT_OF_COUNTRY = {country: 1 << bit for bit, country in enumerate(COUNTRIES)}


def country_bits(countries: Iterable[str]) -> int:
    """The countries as one bit mask; others than COUNTRIES have no bit."""
    bits = 0
    for country in countries:
        bits |= _BIT_OF_COUNTRY.get(country, 0)
    return bits
