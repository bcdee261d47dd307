"""Certificates of many countries on one scale: the youngest age they are meant for, in years.

Ages follow each board's own words (MPA, TV Parental Guidelines, BBFC, FSK, CNC, ACB, ...); where a
board gives advice rather than an age, the age it advises for.
"""

from collections.abc import Mapping

_AGES: dict[str, dict[str, int]] = {
    "US": {
        "G": 0,
        "PG": 8,
        "PG-13": 13,
        "R": 17,
        "NC-17": 18,
        "X": 18,
        "TV-Y": 0,
        "TV-G": 0,
        "TV-Y7": 7,
        "TV-PG": 8,
        "TV-14": 14,
        "TV-MA": 17,
    },
    "GB": {"U": 0, "PG": 8, "12": 12, "12A": 12, "15": 15, "18": 18, "R18": 18},
    "DE": {"0": 0, "6": 6, "12": 12, "16": 16, "18": 18},
    "FR": {"U": 0, "TP": 0, "10": 10, "12": 12, "16": 16, "18": 18},
    "AU": {
        "E": 0,
        "G": 0,
        "P": 0,
        "C": 5,
        "PG": 8,
        "M": 15,
        "MA15+": 15,
        "MA 15+": 15,
        "AV15+": 15,
        "R18+": 18,
        "R 18+": 18,
        "X18+": 18,
    },
    "CA": {
        "E": 0,
        "C": 0,
        "C8": 8,
        "G": 0,
        "PG": 8,
        "14A": 14,
        "14+": 14,
        "18A": 18,
        "18+": 18,
        "R": 18,
        "A": 18,
    },
    "NL": {"AL": 0, "6": 6, "9": 9, "12": 12, "14": 14, "16": 16, "18": 18},
    "ES": {
        "A": 0,
        "APTA": 0,
        "AI": 0,
        "I": 0,
        "ERI": 0,
        "TP": 0,
        "7": 7,
        "7I": 7,
        "10": 10,
        "12": 12,
        "13": 13,
        "16": 16,
        "18": 18,
        "X": 18,
    },
    "IT": {"T": 0, "6+": 6, "VM12": 12, "VM14": 14, "14+": 14, "VM18": 18, "18+": 18},
    "BR": {"L": 0, "AL": 0, "10": 10, "12": 12, "14": 14, "16": 16, "18": 18},
    "IN": {
        "U": 0,
        "UA": 12,
        "U/A 7+": 7,
        "UA 7+": 7,
        "U/A 13+": 13,
        "UA 13+": 13,
        "U/A 16+": 16,
        "UA 16+": 16,
        "A": 18,
    },
    "JP": {"G": 0, "PG12": 12, "PG-12": 12, "R15+": 15, "R18+": 18},
    "KR": {
        "ALL": 0,
        "7": 7,
        "12": 12,
        "15": 15,
        "18": 18,
        "19": 19,
        "RESTRICTED": 18,
        "RESTRICTED SCREENING": 18,
        "EXEMPT": 0,
    },
    "RU": {"0+": 0, "6+": 6, "12+": 12, "16+": 16, "18+": 18},
    "SE": {"BTL": 0, "7": 7, "11": 11, "15": 15},
    "DK": {"A": 0, "7": 7, "11": 11, "15": 15},
    "NO": {"A": 0, "6": 6, "9": 9, "12": 12, "15": 15, "18": 18},
    "FI": {"S": 0, "K-7": 7, "K7": 7, "K-12": 12, "K-16": 16, "K-18": 18},
    "PT": {"PÚBLICOS": 0, "M/3": 3, "M/6": 6, "M/12": 12, "M/14": 14, "M/16": 16, "M/18": 18},
    "ID": {"SU": 0, "P": 3, "A": 7, "13+": 13, "R": 13, "17+": 17, "D": 17, "21+": 21},
    "IL": {
        "ALL": 0,
        "8+": 8,
        "9+": 9,
        "10+": 10,
        "12+": 12,
        "13+": 13,
        "14+": 14,
        "16+": 16,
        "18+": 18,
    },
    "MX": {"AA": 0, "A": 0, "B": 12, "B-15": 15, "B15": 15, "C": 18, "D": 18},
    "TR": {
        "GENEL IZLEYICI KITLESI": 0,
        "6A": 6,
        "6+": 6,
        "7+": 7,
        "10A": 10,
        "10+": 10,
        "13A": 13,
        "13+": 13,
        "16+": 16,
        "18+": 18,
    },
    "HU": {"KN": 0, "6": 6, "12": 12, "16": 16, "18": 18},
    "SG": {"G": 0, "PG": 8, "PG13": 13, "NC16": 16, "M18": 18, "R21": 21},
    "NZ": {
        "G": 0,
        "PG": 8,
        "M": 16,
        "R13": 13,
        "R15": 15,
        "R16": 16,
        "R18": 18,
        "RP13": 13,
        "RP16": 16,
        "13": 13,
        "15": 15,
        "16": 16,
        "18": 18,
    },
    "IE": {"G": 0, "PG": 8, "12": 12, "12A": 12, "15": 15, "15A": 15, "16": 16, "18": 18},
    "PH": {"G": 0, "PG": 8, "SPG": 13, "R-13": 13, "R-16": 16, "R-18": 18, "X": 18},
    "CH": {"0": 0, "6": 6, "8": 8, "10": 10, "12": 12, "14": 14, "16": 16, "18": 18},
    "AT": {"ALL": 0, "6": 6, "8": 8, "10": 10, "12": 12, "14": 14, "16": 16, "18": 18},
}

# Whose certificate is shown and counted when the viewer's own country has none.
_PREFERENCE = ("US", "GB", "DE", "AU", "CA", "FR", "NL", "ES", "IT", "BR", "IE", "NZ")


def age_of(country: str, certificate: str) -> int | None:
    """The age of one certificate, or None for an unrated or unknown one."""
    return _AGES.get(country, {}).get(certificate.strip().upper())


def shown_certificate(certificates: Mapping[str, str]) -> tuple[str, int] | None:
    """The certificate to show for a title and its age, from `{country: certificate}`.

    The first country of a fixed order whose certificate has an age, else any in alphabetical order.
    """
    others = sorted(set(certificates) - set(_PREFERENCE))
    for country in (*_PREFERENCE, *others):
        certificate = certificates.get(country)
        if certificate is not None and (age := age_of(country, certificate)) is not None:
            return certificate.strip(), age
    return None
