"""Countries that titles can be filtered by, as one bit mask per title."""

from collections.abc import Iterable, Mapping

# Those that share their language with others, so that the language alone does not decide, with
# their names as they stand behind "from". A bit each, of 32.
COUNTRIES: Mapping[str, str] = {
    "AR": "Argentina",
    "AT": "Austria",
    "AU": "Australia",
    "BE": "Belgium",
    "BR": "Brazil",
    "CA": "Canada",
    "CH": "Switzerland",
    "CL": "Chile",
    "CO": "Colombia",
    "GB": "the United Kingdom",
    "IE": "Ireland",
    "MX": "Mexico",
    "NG": "Nigeria",
    "NZ": "New Zealand",
    "US": "the United States",
    "ZA": "South Africa",
    "CD": "the Congo",
    "CI": "Ivory Coast",
    "CM": "Cameroon",
    "CU": "Cuba",
    "DZ": "Algeria",
    "EC": "Ecuador",
    "EG": "Egypt",
    "ET": "Ethiopia",
    "GH": "Ghana",
    "KE": "Kenya",
    "MA": "Morocco",
    "PE": "Peru",
    "SN": "Senegal",
    "TN": "Tunisia",
    "UG": "Uganda",
    "UY": "Uruguay",
}

_BIT_OF_COUNTRY = {country: 1 << bit for bit, country in enumerate(COUNTRIES)}


def country_bits(countries: Iterable[str]) -> int:
    """The countries as one bit mask; others than COUNTRIES have no bit."""
    bits = 0
    for country in countries:
        bits |= _BIT_OF_COUNTRY.get(country, 0)
    return bits
