"""What each country's certificates mean as ages, as its board words them; read by maturity.py.

Per country and age in years the certificates that mean it, one space between them. Certificates
that are an age in figures ("16", "16+") need no entry. Rules for the others:

- advice counts like a ban: the age that the board advises for, or the one below which it wants an
  adult along (MPA's R: 17; BBFC's 12A: 12);
- parental guidance without an age is 8, where the BBFC puts it, but for the Philippines, whose
  board wants a parent beside everyone below 13;
- what a board refuses is for nobody, so it stands with the board's strictest certificate;
- exempt and unrated titles have no age, because nobody has looked.
"""

CERTIFICATES_BY_AGE: dict[str, dict[int, str]] = {
    "AT": {0: "All"},
    "AU": {0: "G P", 5: "C", 8: "PG", 15: "M MA15+ AV15+", 18: "R18+ X18+ RC"},
    "BG": {0: "A B", 12: "C", 16: "D", 18: "X"},
    "BR": {0: "L AL", 10: "A10", 12: "A12", 14: "A14", 16: "A16", 18: "A18"},
    "CA": {0: "C G", 8: "C8 PG", 14: "14A", 18: "18A R A"},
    "CA-QC": {0: "G"},
    "DK": {0: "A"},
    "ES": {0: "A Apta AI I ERI Infantil TP", 7: "7I", 18: "X"},
    "FI": {0: "S", 7: "K-7", 12: "K-12", 16: "K-16", 18: "K-18 KK"},
    "FR": {0: "U TP TousPublics"},
    "GB": {0: "U Uc", 8: "PG", 12: "12A", 18: "R18"},
    "HU": {0: "KN Unrated Children", 18: "X"},
    "ID": {0: "SU", 3: "P", 7: "A", 13: "R", 17: "D"},
    "IE": {0: "G", 8: "PG", 12: "12A", 15: "15A"},
    "IL": {0: "All"},
    "IN": {0: "U", 7: "UA7+", 12: "UA", 13: "UA13+", 16: "UA16+", 18: "A S"},
    "IT": {0: "T", 12: "VM12", 14: "VM14", 18: "VM18"},
    "JP": {0: "G", 12: "PG12", 15: "R15+", 18: "R18+"},
    "KR": {0: "All", 19: "Restricted RestrictedScreening"},
    "LT": {0: "V", 7: "N-7", 13: "N-13", 14: "N-14", 16: "N-16", 18: "N-18 S"},
    "MX": {0: "AA A", 12: "B", 15: "B-15", 18: "C D"},
    "MY": {0: "U", 12: "P12", 13: "P13", 18: "18SG 18SX 18PA 18PL"},
    "NL": {0: "AL"},
    "NO": {0: "A"},
    "NZ": {0: "G", 8: "PG", 13: "R13 RP13", 15: "R15", 16: "M R16 RP16", 18: "R18 R"},
    "PH": {0: "G", 13: "PG SPG R-13", 16: "R-16", 18: "R-18 X"},
    "PT": {
        0: "Públicos T",
        3: "M/3",
        6: "M/6",
        10: "10AP",
        12: "M/12 12AP",
        14: "M/14",
        16: "M/16",
        18: "M/18 P",
    },
    "SE": {0: "Btl"},
    "SG": {0: "G", 8: "PG", 13: "PG13", 16: "NC16", 18: "M18", 21: "R21"},
    "SK": {0: "U"},
    "TH": {0: "ส ท", 13: "น13+", 15: "น15+", 18: "น18+", 20: "ฉ20- -"},
    "TR": {0: "Genelİzleyici GenelİzleyiciKitlesi", 6: "6A", 10: "10A", 13: "13A"},
    "US": {
        0: "G TV-Y TV-G",
        7: "TV-Y7 TV-Y7-FV",
        8: "PG TV-PG",
        13: "PG-13",
        14: "TV-14",
        17: "R TV-MA",
        18: "NC-17 X",
    },
}
