"""What viewers do not want to see, and what each such word excludes. All folded.

There is no data on scenes. A wish for "no gore" is kept by what is known: genre, keywords, and an
age above which boards place what is wished away.
"""

from dataclasses import dataclass

from api.language.vocabulary.genres import HORROR


@dataclass(frozen=True, slots=True)
class Content:
    """What a refusal excludes; counts only when it is negated."""

    label: str
    genres: tuple[int, ...] = ()
    keywords: tuple[str, ...] = ()
    age_max: int | None = None


_GORE = Content(
    "No gore",
    genres=(HORROR,),
    keywords=(
        "body horror",
        "cannibalism",
        "dismemberment",
        "extreme violence",
        "gore",
        "graphic violence",
        "slasher",
        "splatter",
        "torture",
    ),
    age_max=17,
)
_VIOLENCE = Content(
    "No violence",
    genres=(HORROR,),
    keywords=("brutality", "extreme violence", "gore", "graphic violence", "torture", "violence"),
    age_max=13,
)
_SEX = Content(
    "No sex", keywords=("erotic", "erotica", "nudity", "sex", "softcore", "sex scene"), age_max=13
)
_SWEARING = Content("No strong language", keywords=("profanity",), age_max=13)

CONTENTS: dict[str, Content] = {}
for _content, _phrases in (
    (_GORE, "gore, gory, blood, bloody, bloodshed, blood and guts, guts, splatter, sangre, sangue"),
    (_GORE, "sang, blut, blutig, sangriento, graphic, gruesome"),
    (_VIOLENCE, "violence, violent, brutality, brutal, violencia, violenza, gewalt, violencias"),
    (_SEX, "sex, nudity, sexual content, sex scenes, nude scenes, nakedness, sexual, explicit"),
    (_SWEARING, "swearing, profanity, bad language, cursing, strong language, foul language"),
):
    for _phrase in _phrases.split(","):
        CONTENTS[_phrase.strip()] = _content
