"""Requests in words that mix ages, certificates of six countries and negations, in five languages.

Many of them ask for what a child must not be shown, and say so in every way there is.
"""

import random

AGES = (
    "for a {age} year old",
    "für {age}-Jährige",
    "pour un enfant de {age} ans",
    "para niños de {age} años",
    "per bambini di {age} anni",
    "{age}+",
    "ab {age}",
    "over {age}",
    "not under {age}",
)
CERTIFICATES = (
    *("R", "PG-13", "NC-17", "TV-MA"),  # of the United States
    *("FSK 16", "FSK 18", "ab 18"),  # Germany
    *("18A", "14A"),  # Canada
    *("12A", "R18", "15"),  # the United Kingdom
    *("-16", "-18", "tous publics"),  # France
    *("A18", "VM18", "R21", "UA"),  # and wherever else a board writes like this
)
_NEGATED = {
    "en": ("not {}", "no {}", "never {}", "nothing rated {}", "anything but {}", "not only {}"),
    "de": ("nicht {}", "kein {}", "ohne {}", "niemals {}", "nicht nur {}"),
    "fr": ("pas {}", "sans {}", "jamais {}", "pas seulement {}"),
    "es": ("no {}", "sin {}", "nunca {}", "no solo {}"),
    "it": ("non {}", "senza {}", "mai {}", "non solo {}"),
}
_PLAIN = {
    "en": ("rated {}", "only {}", "the limit is lifted, show {}", "for adults, {}"),
    "de": ("nur {}", "für Erwachsene, {}", "auch {}"),
    "fr": ("seulement {}", "pour adultes, {}"),
    "es": ("solo {}", "para adultos, {}"),
    "it": ("solo {}", "per adulti, {}"),
}
_ABOUT = (
    "",
    "like {title}",
    "{title}",
    "wie {title}",
    "comme {title}",
    "como {title}",
    "come {title}",
    "horror",
    "the most violent thrillers of the 90s",
    "un film d'amour",
    "unrated titles",
    "something funny",
)


def words(draw: random.Random, title: str) -> str:
    """One request about a title; at most 200 characters."""
    language = draw.choice(list(_NEGATED))
    forms = draw.choice([_NEGATED, _PLAIN])[language]
    parts = [
        draw.choice(_ABOUT).format(title=title),
        draw.choice(forms).format(draw.choice(CERTIFICATES)),
        draw.choice(("", draw.choice(AGES).format(age=draw.randint(3, 21)))),
        draw.choice(("", draw.choice(_PLAIN[language]).format(draw.choice(CERTIFICATES)))),
    ]
    draw.shuffle(parts)
    return ", ".join(filter(None, parts))[:200]
