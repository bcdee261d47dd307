"""Certificates of many countries on one scale: the youngest age they are meant for, in years.

What each certificate means is in certificates.py; this is how one is read, however it is spelled.
"""

from collections.abc import Mapping

from api.domain.certificates import CERTIFICATES_BY_AGE
from api.domain.folding import fold

# The oldest age that a board asks for: Singapore's R21.
OLDEST_AGE = 21
# What people write before a certificate: "Rated R", "FSK ab 16".
_PREFIXES = ("rated", "fsk", "ab")
# Whose certificate is shown for a title that several countries have rated: the well-kept scales,
# all of which a limit counts.
WELL_KEPT = ("US", "GB", "DE", "AU", "CA", "FR", "NL", "ES", "IT", "BR", "IE", "NZ")


def _spelling(certificate: str) -> str:
    """Letters and figures only, so that "MA 15+", "ma15" and "MA-15+" are one certificate.

    Thailand's "-" has neither and stays as it is.
    """
    return fold(certificate).replace(" ", "") or certificate.strip()


_AGES = {
    country: {
        _spelling(certificate): age
        for age, certificates in by_age.items()
        for certificate in certificates.split()
    }
    for country, by_age in CERTIFICATES_BY_AGE.items()
}


def age_of(country: str, certificate: str) -> int | None:
    """The age of one certificate, 0 to 21, or None for an unrated or unknown one.

    A number up to 21 is its own age in every country, also where no other certificate is known.
    """
    spelling = _spelling(certificate)
    for prefix in _PREFIXES:
        spelling = spelling.removeprefix(prefix)
    age = _AGES.get(country, {}).get(spelling)
    if age is None and spelling.isdecimal() and int(spelling) <= OLDEST_AGE:
        return int(spelling)
    return age


def shown_certificate(certificates: Mapping[str, str]) -> tuple[str, int] | None:
    """The certificate to show for a title and its age, from `{country: certificate}`.

    The first country of a fixed order whose certificate has an age, else any in alphabetical order.
    """
    others = sorted(set(certificates) - set(WELL_KEPT))
    for country in (*WELL_KEPT, *others):
        certificate = certificates.get(country)
        if certificate is not None and (age := age_of(country, certificate)) is not None:
            return certificate.strip(), age
    return None
