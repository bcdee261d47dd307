"""Languages and nationalities. All folded.

A nationality with a language of its own means that language: catalogues know the language of far
more titles than the country. One that shares its language means the country.
"""

from api.language.vocabulary.listed import listed
from api.language.vocabulary.sense import Sense, spread

ORIGIN_SENSES: dict[str, Sense] = {}

# Codes as TMDB writes them: Cantonese is "cn", Norwegian comes as no, nb and nn.
_LANGUAGES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("English", ("en",), "english, ingles, inglesa, inglese, inglesi, anglais, anglaise, inglesas"),
    (
        "French",
        ("fr",),
        "french, frances, francesa, franceses, francesas, francais, francaise, francaises, "
        "francese, francesi, france",
    ),
    (
        "Spanish",
        ("es",),
        "spanish, espanol, espanola, espanoles, espanolas, espagnol, espagnole, espagnols, "
        "espagnoles, spagnolo, spagnola, spagnoli, spagnole, espanhol, espanhola, espanhois, spain",
    ),
    (
        "German",
        ("de",),
        "german, aleman, alemana, alemanes, alemanas, allemand, allemande, allemands, allemandes, "
        "tedesco, tedesca, tedeschi, tedesche, alemao, alema, alemaes, germany",
    ),
    (
        "Italian",
        ("it",),
        "italian, italiano, italiana, italianos, italianas, italien, italienne, italiens, "
        "italiennes, italiani, italiane, italy",
    ),
    (
        "Portuguese",
        ("pt",),
        "portuguese, portugues, portuguesa, portugueses, portuguesas, portugais, portugaise, "
        "portoghese, portoghesi, portugal",
    ),
    (
        "Japanese",
        ("ja",),
        "japanese, japones, japonesa, japoneses, japonesas, japonais, japonaise, japonaises, "
        "giapponese, giapponesi, japan",
    ),
    (
        "Korean",
        ("ko",),
        "korean, south korean, coreano, coreana, coreanos, coreanas, coreen, coreenne, coreens, "
        "coreennes, coreani, coreane, korea, south korea",
    ),
    (
        "Chinese",
        ("zh", "cn"),
        "chinese, mandarin, chino, china film, chinos, chinas, chinois, chinoise, chinoises, "
        "cinese, cinesi, chines, chinesa, taiwanese",
    ),
    ("Cantonese", ("cn",), "cantonese, hong kong"),
    ("Hindi", ("hi",), "hindi"),
    ("Tamil", ("ta",), "tamil"),
    ("Telugu", ("te",), "telugu"),
    ("Malayalam", ("ml",), "malayalam"),
    ("Bengali", ("bn",), "bengali"),
    (
        "Indian",
        ("hi", "ta", "te", "ml", "kn", "bn", "mr", "pa", "gu", "ur"),
        "indian, indio, indien, indienne, india",
    ),
    (
        "Russian",
        ("ru",),
        "russian, ruso, rusa, rusos, rusas, russe, russes, russo, russa, russi, russia, soviet",
    ),
    ("Ukrainian", ("uk",), "ukrainian"),
    ("Swedish", ("sv",), "swedish, sueco, sueca, suedois, suedoise, svedese, sweden"),
    ("Danish", ("da",), "danish, danes, danois, danoise, danese, dinamarques, denmark"),
    ("Norwegian", ("no", "nb", "nn"), "norwegian, noruego, norvegien, norvegese, norway"),
    ("Finnish", ("fi",), "finnish, finlandes, finlandais, finlandese, finland"),
    ("Icelandic", ("is",), "icelandic, iceland"),
    (
        "Scandinavian",
        ("sv", "da", "no", "nb", "nn", "fi", "is"),
        "scandinavian, nordic, nordico, escandinavo",
    ),
    ("Dutch", ("nl",), "dutch, holandes, neerlandais, olandese, netherlands"),
    ("Polish", ("pl",), "polish, polaco, polaca, polonais, polonaise, polacco, poland"),
    ("Czech", ("cs",), "czech, checo, tcheque, ceco"),
    ("Hungarian", ("hu",), "hungarian, hungaro, hongrois, ungherese, hungary"),
    ("Romanian", ("ro",), "romanian, rumano, roumain, rumeno"),
    ("Greek", ("el",), "greek, griego, grec, greco, grego, greece"),
    ("Turkish", ("tr",), "turkish, turco, turca, turc, turque"),
    ("Hebrew", ("he",), "hebrew, israeli, hebreo, hebreu, ebraico, hebraico, israel"),
    ("Arabic", ("ar",), "arabic, arab, arabe, arabo, egyptian"),
    ("Persian", ("fa",), "persian, iranian, farsi, irani, iraniano, iranien, iran"),
    ("Thai", ("th",), "thai, tailandes, thailandais, thailand"),
    ("Vietnamese", ("vi",), "vietnamese"),
    ("Indonesian", ("id",), "indonesian, indonesia"),
    ("Filipino", ("tl",), "filipino, tagalog"),
    ("Serbian", ("sr", "sh"), "serbian"),
    ("Bulgarian", ("bg",), "bulgarian"),
    ("Catalan", ("ca",), "catalan"),
)
for _label, _codes, _phrases in _LANGUAGES:
    _sense = Sense(languages=_codes, label=_label)
    spread(ORIGIN_SENSES, _phrases, _sense)
    for _phrase in (_label.lower(), *(p.strip() for p in _phrases.split(","))):
        ORIGIN_SENSES.setdefault(f"{_phrase} language", _sense)
        ORIGIN_SENSES.setdefault(f"{_phrase} speaking", _sense)

# German adjectives end in five ways.
for _stem, _language in (
    ("englisch", "English"),
    ("franzosisch", "French"),
    ("spanisch", "Spanish"),
    ("deutsch", "German"),
    ("italienisch", "Italian"),
    ("portugiesisch", "Portuguese"),
    ("japanisch", "Japanese"),
    ("koreanisch", "Korean"),
    ("chinesisch", "Chinese"),
    ("russisch", "Russian"),
    ("schwedisch", "Swedish"),
    ("danisch", "Danish"),
    ("norwegisch", "Norwegian"),
    ("polnisch", "Polish"),
    ("turkisch", "Turkish"),
    ("indisch", "Indian"),
):
    for _ending in ("", "e", "er", "es", "en", "em"):
        ORIGIN_SENSES[_stem + _ending] = ORIGIN_SENSES[_language.lower()]

for _country, _label, _phrases in (
    ("US", "American", "american, us, usa, hollywood, united states, americano, americain"),
    ("GB", "British", "british, uk, english made, britain, britannique, britisch, britischer"),
    ("IE", "Irish", "irish, ireland"),
    ("AU", "Australian", "australian, australia, aussie"),
    ("NZ", "New Zealand", "new zealand"),
    ("CA", "Canadian", "canadian, canada"),
    ("MX", "Mexican", "mexican, mexicano, mexicana, mexico"),
    ("AR", "Argentinian", "argentinian, argentine, argentino, argentina"),
    ("BR", "Brazilian", "brazilian, brasileiro, brasileira, brasileiros, brazil"),
    ("CL", "Chilean", "chilean"),
    ("CO", "Colombian", "colombian"),
    ("BE", "Belgian", "belgian, belgium"),
    ("AT", "Austrian", "austrian, austria"),
    ("CH", "Swiss", "swiss, switzerland"),
    ("ZA", "South African", "south african, south africa"),
    ("NG", "Nigerian", "nigerian, nollywood"),
):
    spread(ORIGIN_SENSES, _phrases, Sense(country=_country, label=_label))

# "us" and places count only after "from", see the parser: "tell us", "a trip to Japan".
PLACES = frozenset(
    listed(
        "france, spain, germany, italy, portugal, japan, korea, india, russia, sweden, denmark, "
        "norway, finland, iceland, netherlands, poland, hungary, greece, israel, iran, thailand, "
        "indonesia, us, usa, uk, britain, ireland, australia, canada, mexico, brazil, argentina, "
        "belgium, austria, switzerland, hollywood"
    )
) | {"south korea", "hong kong", "united states", "new zealand", "south africa"}

FOREIGN = frozenset({"foreign", "foreign language", "non english", "world cinema"})
