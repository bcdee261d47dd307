"""Which keywords name a region, and how people write them: TMDB's are all in small letters."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from psycopg import Cursor

# Stems of sex and of abuse: what a heading should not say to whoever comes by.
_OF_SEX = (
    "sex", "nud", "naked", "erotic", "porn", "softcore", "hardcore", "rape", "raping", "rapist",
    "incest", "orgy", "orgies", "bdsm", "sadomasochis", "fetish", "masturbat", "stripper",
    "striptease", "prostitut", "brothel", "voyeur", "gigolo", "seduc", "molest", "abus", "pedophil",
)  # fmt: skip
# Words of how a title was made or came out, and not of what it is.
_OF_MAKING = frozenset(
    (
        "based", "sequel", "prequel", "remake", "reboot", "spin-off", "spinoff", "crossover",
        "cameo", "cameos", "director", "directors", "filmmaker", "filmmaking", "independent",
        "short", "imax", "3d", "widescreen", "dubbed", "nasty", "miniseries", "anthology",
        "flashback", "narration", "nonlinear",
    )
)  # fmt: skip
_STINGER = "creditsstinger"  # "duringcreditsstinger": a scene beside the credits
_WORD = re.compile(r"[\w-]+")
_ASIDE = re.compile(r"\s*\(.*\)$|,.*$")  # "mcu" of a universe, the state of a town

_STORIES = """
SELECT overview FROM items WHERE retired_at IS NULL AND overview > ''
ORDER BY vote_count DESC, id LIMIT 50000
"""


def may_name(keyword: str) -> bool:
    """Whether it tells what titles are about, in words for everybody."""
    words = _WORD.findall(keyword.lower())
    return bool(words) and not any(
        word.startswith(_OF_SEX) or word in _OF_MAKING or word.endswith(_STINGER) for word in words
    )


def plain(keyword: str) -> str:
    """Without what stands behind it to tell it from others."""
    return _ASIDE.sub("", keyword) or keyword


def as_written(cursor: Cursor[tuple[str]], keywords: Sequence[str]) -> dict[str, str]:
    """The keywords with the capitals that the stories of the catalogue give them."""
    return capitalised(keywords, (row[0] for row in cursor.execute(_STORIES)))


def capitalised(keywords: Sequence[str], stories: Iterable[str]) -> dict[str, str]:
    """Each as most stories write it within a sentence: "World War II", but "heist"."""
    if not keywords:
        return {}
    longest_first = sorted(map(re.escape, keywords), key=len, reverse=True)
    # Behind a word or a comma, so that no sentence begins with it.
    found = re.compile(rf"(?<=[\w,] )(?:{'|'.join(longest_first)})(?!\w)", re.IGNORECASE)
    spelled: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for story in stories:
        for one in found.findall(story):
            spelled[one.lower()][one] += 1
    return {
        keyword: spelled[keyword].most_common(1)[0][0] if spelled[keyword] else keyword
        for keyword in keywords
    }
