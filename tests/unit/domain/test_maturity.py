"""Certificates of every country that TMDB lists stand on one scale of ages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.domain.certificates import CERTIFICATES_BY_AGE
from api.domain.maturity import age_of, shown_certificate

# Each board's certificates from the mildest to the strictest; one ladder for films, one for shows
# where they differ.
LADDERS = [
    ("AU", "G PG M MA15+ R18+ X18+ RC"),
    ("AU", "P C PG M MA15+ AV15+ R18+"),
    ("BG", "A B C D X"),
    ("BR", "L 10 12 14 16 18"),
    ("CA", "G PG 14A 18A A"),
    ("CA", "C C8 PG 14+ 18+"),
    ("CA-QC", "G 8+ 13+ 16+ 18+"),
    ("DE", "0 6 12 16 18"),
    ("DK", "A 7 11 15"),
    ("ES", "APTA 7 12 16 18 X"),
    ("ES", "Infantil TP 7 10 12 13 16 18"),
    ("FI", "S K-7 K-12 K-16 K-18 KK"),
    ("FR", "U 10 12 16 18"),
    ("GB", "U PG 12A 12 15 18 R18"),
    ("HU", "KN 6 12 16 18 X"),
    ("HU", "Unrated Children 6 12 16 18"),
    ("IN", "U UA A"),
    ("IT", "T VM14 VM18"),
    ("KR", "ALL 7 12 15 19"),
    ("LT", "V N-7 N-13 N-16 N-18"),
    ("LT", "N-7 N-14 S"),
    ("MY", "U P13 18SG 18SX 18PA 18PL"),
    ("NL", "AL 6 9 12 16"),
    ("NO", "A 6 9 12 15 18"),
    ("NZ", "G PG 13 15 16 18 R"),
    ("NZ", "G PG M"),
    ("PH", "G PG R-13 R-16 R-18 X"),
    ("PH", "G PG SPG X"),
    ("PT", "Públicos M/3 M/6 M/12 M/14 M/16 M/18 P"),
    ("PT", "T 10AP 12AP 16 18"),
    ("RU", "0+ 6+ 12+ 16+ 18+"),
    ("SE", "Btl 7 11 15"),
    ("SK", "7 12 15 18"),
    ("TH", "ส ท น13+ น15+ น18+ ฉ20- -"),
    ("US", "G PG PG-13 R NC-17"),
    ("US", "TV-Y TV-Y7 TV-PG TV-14 TV-MA"),
    ("US", "TV-G TV-PG"),
]
UNRATED = [
    ("AU", "E"),
    ("CA", "Exempt"),
    ("CA-QC", "NR"),
    ("DK", "F"),
    ("KR", "Exempt"),
    ("US", "NR"),
    ("US", "Unrated"),
    ("US", "Not Rated"),
]
KNOWN = [
    (country, certificate, age)
    for country, by_age in CERTIFICATES_BY_AGE.items()
    for age, certificates in by_age.items()
    for certificate in certificates.split()
]


@pytest.mark.parametrize(("country", "ladder"), LADDERS)
def test_a_stricter_certificate_is_never_for_younger_viewers(country: str, ladder: str) -> None:
    ages = [age_of(country, certificate) for certificate in ladder.split()]
    known = [age for age in ages if age is not None]
    assert len(known) == len(ages)
    assert known == sorted(known)
    assert known[0] < known[-1]


@pytest.mark.parametrize(("country", "certificate"), UNRATED)
def test_what_nobody_has_rated_has_no_age(country: str, certificate: str) -> None:
    assert age_of(country, certificate) is None


@pytest.mark.parametrize(
    ("country", "certificate"), [("ZZ", "PG"), ("US", ""), ("US", " "), ("US", "22"), ("FR", "-")]
)
def test_what_nobody_knows_has_no_age(country: str, certificate: str) -> None:
    assert age_of(country, certificate) is None


@pytest.mark.parametrize(("country", "certificate", "age"), KNOWN)
def test_no_spelling_stands_for_two_ages(country: str, certificate: str, age: int) -> None:
    assert age_of(country, certificate) == age


@pytest.mark.parametrize(
    ("country", "spelling", "age"),
    [
        ("DE", "FSK 16", 16),
        ("DE", "FSK ab 12", 12),
        ("DE", "ab 6", 6),
        ("FR", "-12", 12),
        ("FR", "Tous publics", 0),
        ("GB", "12a", 12),
        ("AU", "R 18+", 18),
        ("AU", "MA 15+", 15),
        ("US", "tv-ma", 17),
        ("US", "Rated PG-13", 13),
        ("US", "PG13", 13),
        ("IN", "U/A 16+", 16),
        ("JP", "PG-12", 12),
        ("MX", "B15", 15),
        ("PT", "publicos", 0),
        ("TH", "น 18+", 18),
        ("TR", "Genel İzleyici Kitlesi", 0),
        ("KR", "Restricted Screening", 19),
        ("SG", "R21", 21),
        ("CZ", "15+", 15),
    ],
)
def test_reads_a_certificate_however_it_is_spelled(country: str, spelling: str, age: int) -> None:
    assert age_of(country, spelling) == age


@given(st.sampled_from(KNOWN), st.sampled_from(["", " ", "-", "+", "/"]), st.data())
def test_case_and_signs_do_not_matter(
    known: tuple[str, str, int], sign: str, data: st.DataObject
) -> None:
    country, certificate, age = known
    place = data.draw(st.integers(0, len(certificate)))
    spelled = f" {certificate[:place]}{sign}{certificate[place:]} "
    if certificate == "-":  # all sign: nothing else to know it by
        spelled = " - "
    assert {age_of(country, spelled), age_of(country, spelled.lower())} == {age}
    assert age_of(country, spelled.upper()) == age


@given(st.sampled_from([*CERTIFICATES_BY_AGE, "ZZ"]), st.integers(0, 21))
def test_a_number_is_its_own_age_everywhere(country: str, age: int) -> None:
    assert {age_of(country, spelling) for spelling in (f"{age}", f"{age}+", f"+{age}")} == {age}


@given(st.sampled_from([*CERTIFICATES_BY_AGE, "ZZ", ""]), st.text(max_size=20))
def test_whatever_is_written_the_age_is_one_of_the_scale(country: str, certificate: str) -> None:
    age = age_of(country, certificate)
    assert age is None or 0 <= age <= 21


def test_shows_the_certificate_of_the_first_preferred_country_that_has_an_age() -> None:
    assert shown_certificate({"DE": "16", "GB": " 15 ", "US": "NR"}) == ("15", 15)


def test_shows_any_other_countrys_where_no_preferred_one_has_rated() -> None:
    assert shown_certificate({"TH": "น 15+", "SE": "11"}) == ("11", 11)
    assert shown_certificate({"US": "NR"}) is None
    assert shown_certificate({}) is None
