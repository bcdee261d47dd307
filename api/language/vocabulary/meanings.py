"""What words of the vocabulary can mean, under names that are the same for every language.

The files in `languages/` map words to these names: genres and kinds of them, media, languages,
countries, and what viewers do not want to see.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from api.domain.countries import COUNTRIES, SHARING
from api.domain.genres import GENRES, genre_id
from api.domain.items import MediaType
from api.language.vocabulary.kinds_of_shows import SITCOM
from api.language.vocabulary.moods import VIOLENT, Mood


@dataclass(frozen=True, slots=True)
class Meaning:
    """Everything a phrase asks for at once: "anime" is animation, and Japanese.

    Words whose meaning `is_weak` are as often part of a story as a request ("a crime in the
    family"): they count beside other words of the vocabulary, not among words of a plot.
    """

    genres: tuple[int, ...] = ()  # all of; the first is what a negation excludes
    media: MediaType | None = None
    languages: tuple[str, ...] = ()  # any of
    countries: tuple[str, ...] = ()  # any of
    label: str | None = None  # of the language or the country
    keyword: str | None = None  # what a negation refuses in place of the whole genre
    needed: str | None = None  # a keyword that says for sure what it is, and so filters
    mood: Mood | None = None
    is_weak: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """What a refusal excludes; counts only when it is negated.

    There is no data on scenes. A request for "no gore" is kept by what is known: genre, keywords,
    and an age above which boards place what is not wanted.
    """

    label: str
    genres: tuple[int, ...] = ()
    keywords: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()  # further keywords that a refusal leaves out, and no wish asks for
    mood: Mood | None = None  # refused with it: genres that are out where nothing lightens them
    age_max: int | None = None


@dataclass(frozen=True, slots=True)
class Kinds:
    """What a refused theme is marked as and told of: keywords and stories name its kinds, and
    seldom what these are kinds of. A ghost story is marked as one, and not as supernatural.

    `words` are refused as any word is, in any form, and `keywords` only as they are: what has them
    in its story may be "haunted" by its past.
    """

    keywords: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def _genres(*names: str) -> tuple[int, ...]:
    return tuple(found for name in names if (found := genre_id(name)) is not None)


GENRE_MEANINGS: Mapping[str, Meaning] = {name: Meaning((row,)) for row, name in GENRES.items()}
WEAK_GENRE_MEANINGS: Mapping[str, Meaning] = {
    name: replace(meaning, is_weak=True) for name, meaning in GENRE_MEANINGS.items()
}
MEDIA_MEANINGS: Mapping[str, Meaning] = {
    "movie": Meaning(media="movie", label="Films"),
    "tv": Meaning(media="tv", label="Shows"),
}
# Codes as TMDB writes them: Cantonese is "cn", Norwegian comes as no, nb and nn.
LANGUAGE_MEANINGS: Mapping[str, Meaning] = {
    label: Meaning(languages=tuple(codes.split()), label=label)
    for label, codes in {
        "English": "en",
        "French": "fr",
        "Spanish": "es",
        "German": "de",
        "Italian": "it",
        "Portuguese": "pt",
        "Japanese": "ja",
        "Korean": "ko",
        "Chinese": "zh cn",
        "Cantonese": "cn",
        "Hindi": "hi",
        "Tamil": "ta",
        "Telugu": "te",
        "Malayalam": "ml",
        "Bengali": "bn",
        "Indian": "hi ta te ml kn bn mr pa gu ur",
        "Russian": "ru",
        "Ukrainian": "uk",
        "Swedish": "sv",
        "Danish": "da",
        "Norwegian": "no nb nn",
        "Finnish": "fi",
        "Icelandic": "is",
        "Scandinavian": "sv da no nb nn fi is",
        "Dutch": "nl",
        "Polish": "pl",
        "Czech": "cs",
        "Hungarian": "hu",
        "Romanian": "ro",
        "Greek": "el",
        "Turkish": "tr",
        "Hebrew": "he",
        "Arabic": "ar",
        "Persian": "fa",
        "Thai": "th",
        "Vietnamese": "vi",
        "Indonesian": "id",
        "Filipino": "tl",
        "Serbian": "sr sh",
        "Bulgarian": "bg",
        "Catalan": "ca",
        "Asian": "ja ko zh cn hi ta te ml kn bn mr pa gu ur th vi id ms tl",
        "European": "fr de it es pt nl sv da no nb nn fi is pl cs sk hu ro el bg sr sh hr uk ca",
        "Eastern European": "pl cs sk hu ro bg sr sh hr bs sl sq uk ru et lv lt",
        "Middle Eastern": "ar fa he tr ku",
    }.items()
}
# Of words for several languages, "Indian", the first has a word of its own, which comes before it.
_NAMES: Mapping[str, str] = {
    meaning.languages[0]: label for label, meaning in reversed(list(LANGUAGE_MEANINGS.items()))
}
COUNTRY_MEANINGS: Mapping[str, Meaning] = {
    label: Meaning(countries=tuple(codes.split()), label=label)
    for label, codes in {
        "American": "US",
        "British": "GB",
        "Irish": "IE",
        "Australian": "AU",
        "New Zealand": "NZ",
        "Canadian": "CA",
        "Mexican": "MX",
        "Argentinian": "AR",
        "Brazilian": "BR",
        "Chilean": "CL",
        "Colombian": "CO",
        "Belgian": "BE",
        "Austrian": "AT",
        "Swiss": "CH",
        "South African": "ZA",
        "Nigerian": "NG",
        "Algerian": "DZ",
        "Cuban": "CU",
        "Egyptian": "EG",
        "Ethiopian": "ET",
        "Ghanaian": "GH",
        "Kenyan": "KE",
        "Moroccan": "MA",
        "Peruvian": "PE",
        "Senegalese": "SN",
        "Tunisian": "TN",
        "Ugandan": "UG",
        "Uruguayan": "UY",
        "African": "NG ZA CD CI CM DZ EG ET GH KE MA SN TN UG",
        "Sub-Saharan African": "NG ZA CD CI CM ET GH KE SN UG",
        "Latin American": "AR BR CL CO MX CU EC PE UY",
        **{country.name: code for code, country in COUNTRIES.items() if code not in SHARING},
    }.items()
}
# Kinds of a genre, and whatever else asks for more than one thing. Those with a keyword can be
# refused without the genre; the weak ones are as often part of a story.
KIND_MEANINGS: Mapping[str, Meaning] = {
    "slasher": Meaning(_genres("Horror"), keyword="slasher"),
    "jump scare": Meaning(_genres("Horror"), keyword="jump scare"),
    "space opera": Meaning(_genres("Science Fiction"), keyword="space opera"),
    "cyberpunk": Meaning(_genres("Science Fiction"), keyword="cyberpunk"),
    "whodunit": Meaning(_genres("Mystery"), keyword="whodunit"),
    "gangster": Meaning(_genres("Crime"), keyword="gangster", is_weak=True),
    "mafia": Meaning(_genres("Crime"), keyword="mafia", is_weak=True),
    "martial arts": Meaning(_genres("Action"), keyword="martial arts", is_weak=True),
    "kung fu": Meaning(_genres("Action"), keyword="kung fu", is_weak=True),
    "romantic comedy": Meaning(_genres("Romance", "Comedy")),
    "romantic drama": Meaning(_genres("Romance", "Drama")),
    "dramedy": Meaning(_genres("Drama", "Comedy")),
    "true crime": Meaning(_genres("Crime"), keyword="true crime"),
    "true crime documentary": Meaning(_genres("Crime", "Documentary"), keyword="true crime"),
    "true crime docuseries": Meaning(
        _genres("Crime", "Documentary"), media="tv", keyword="true crime"
    ),
    "science fiction and fantasy": Meaning(_genres("Science Fiction", "Fantasy")),
    "miniseries": Meaning(media="tv", needed="miniseries"),
    "sitcom": Meaning(_genres("Comedy"), media="tv", mood=SITCOM),
    "docuseries": Meaning(_genres("Documentary"), media="tv"),
    "telenovela": Meaning(_genres("Soap"), media="tv"),
    "nordic noir": Meaning(
        _genres("Crime"),
        languages=LANGUAGE_MEANINGS["Scandinavian"].languages,
        label="Scandinavian",
    ),
    "reality show": Meaning(_genres("Reality"), media="tv"),
    "talk show": Meaning(_genres("Talk"), media="tv"),
    "anime": Meaning(_genres("Animation"), languages=("ja",), label="Japanese", keyword="anime"),
    "korean drama": Meaning(_genres("Drama"), media="tv", languages=("ko",), label="Korean"),
    "bollywood": Meaning(languages=("hi",), label="Hindi"),
}
# By its keyword what a refused kind is told by besides: titles of all these genres at once. Eight
# titles of 29,921 have the keyword, and 62 are documentaries about crimes.
JOINED_KINDS: Mapping[str, frozenset[int]] = {
    "true crime": frozenset(_genres("Crime", "Documentary")),
}
# By the keyword of a kind the languages that make it what it is, beside its genre.
LANGUAGES_OF_KINDS: Mapping[str, tuple[str, ...]] = {
    meaning.keyword: meaning.languages
    for meaning in KIND_MEANINGS.values()
    if meaning.keyword is not None and meaning.languages
}
# What is shown of blood and wounds, as TMDB's keywords have it: titles have one or two of them, and
# seldom "gore" itself.
_WOUNDS = (
    *("amputation", "axe in the head", "axe murder", "beheading", "blood", "blood and gore"),
    *("blood bath", "blood on face", "blood splatter", "bloodbath", "bloody", "bloody death"),
    *("bloody body of child", "bloody fight", "brutal violence", "burned alive", "cannibal"),
    *("burned to death", "chainsaw", "chainsaw murder", "cut into pieces", "decapitation"),
    *("disembowelment", "electrical torture", "evisceration", "eye gouging", "flesh eating"),
    *("gory", "impalement", "mutilation", "proto-slasher", "self mutilation", "severed arm"),
    *("severed ear", "severed finger", "severed hand", "severed head", "sexual torture", "snuff"),
    *("snuff film", "splatterpunk", "torture chamber", "torture porn", "violent death"),
)
_GORE = (
    *("body horror", "cannibalism", "dismemberment", "extreme violence", "gore"),
    *("graphic violence", "slasher", "splatter", "torture"),
)
CONTENTS: Mapping[str, Content] = {
    "gore": Content("No gore", genres=_genres("Horror"), keywords=_GORE, marks=_WOUNDS, age_max=17),
    "violence": Content(
        "No violence",
        genres=_genres("Horror"),
        keywords=(
            "brutality",
            "extreme violence",
            "gore",
            "graphic violence",
            "torture",
            "violence",
        ),
        marks=(
            *_GORE,
            *_WOUNDS,
            *("domestic violence", "gang violence", "gun violence", "massacre"),
            *("police brutality", "sadism", "sadist", "sadistic", "sexual violence", "stabbing"),
            *("ultraviolence", "violence against women", "violence in schools", "violent crime"),
            "violent husband",
        ),
        mood=VIOLENT,
        age_max=13,
    ),
    "sex": Content(
        "No sex",
        keywords=("erotic", "erotica", "nudity", "sex", "softcore", "sex scene"),
        age_max=13,
    ),
    "strong language": Content("No strong language", keywords=("profanity",), age_max=13),
}
_SUPERNATURAL = Kinds(
    (
        *("haunting", "possession", "curse", "cursed", "devil", "satan", "spirit", "resurrection"),
        *(
            "supernatural",
            "afterlife",
            "medium",
            "soul",
            "entity",
            "hell",
            "angel",
            "reincarnation",
        ),
    ),
    (
        *("supernatural", "paranormal", "occult", "ghost", "poltergeist", "demon", "exorcism"),
        *("exorcist", "haunted house", "evil spirit", "séance", "ouija", "satanic", "black magic"),
        *("witch", "witchcraft", "voodoo", "vampire", "werewolf", "zombie", "undead"),
    ),
)
_SEXUAL_VIOLENCE = Kinds(
    ("molestation",), ("rape", "rapist", "sexual assault", "sexual violence", "sexual abuse")
)
KINDS: Mapping[str, Kinds] = {
    "supernatural": _SUPERNATURAL,
    "paranormal": _SUPERNATURAL,
    "occult": _SUPERNATURAL,
    "rape": _SEXUAL_VIOLENCE,
    "sexual assault": _SEXUAL_VIOLENCE,
    "sexual violence": _SEXUAL_VIOLENCE,
    "superhero": Kinds(
        ("super power", "marvel cinematic universe (mcu)", "marvel comic", "dc comics"),
        ("superpower",),
    ),
    "drug": Kinds(("addiction",), ("heroin", "cocaine", "methamphetamine", "overdose")),
    "animal death": Kinds(("death of pet", "dead animal"), ("animal cruelty", "dog dies")),
}
# Of these few titles are marked: what is not may still have them.
SCARCE = frozenset({"animal death"})


def language_name(code: str) -> str:
    """In English; the code itself for a language that no word here stands for."""
    return _NAMES.get(code, code)
