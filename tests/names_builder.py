"""A small index of names to parse against, with titles that are made of ordinary words."""

from datetime import date

from api.catalogue.names.group_names import GroupName
from api.catalogue.names.person_names import PersonName
from api.catalogue.names.service_spellings import ServiceName
from api.catalogue.names.text_names import TextNames
from api.catalogue.names.title_names import TitleName
from api.catalogue.names.topics import Keyword
from api.language.intent import Intent, Mention
from api.language.parser import parse
from api.language.vocabulary.names import Names, names_of

TODAY = date(2026, 11, 1)

_TITLES = (
    TitleName(1, False, 1995, 60, 7000, "Heat"),
    TitleName(2, False, 1995, 60, 20000, "Se7en", ("Seven",)),
    TitleName(3, False, 2019, 60, 12000, "1917"),
    TitleName(4, False, 2009, 80, 20000, "Up"),
    TitleName(5, False, 2005, 40, 6000, "The 40-Year-Old Virgin"),
    TitleName(6, False, 1979, 70, 14000, "Alien"),
    TitleName(7, False, 2017, 70, 18000, "It"),
    TitleName(8, False, 2013, 50, 13000, "Her"),
    TitleName(9, False, 1999, 50, 7000, "10 Things I Hate About You"),
    TitleName(10, False, 2015, 40, 8000, "The Big Short"),
    TitleName(11, False, 2017, 20, 3000, "Good Time"),
    TitleName(12, False, 2014, 15, 900, "Spanish Affair", ("Ocho apellidos vascos",)),
    TitleName(13, False, 2021, 200, 12000, "Dune"),
    TitleName(14, False, 1984, 40, 3000, "Dune"),
    TitleName(15, False, 2014, 150, 35000, "Interstellar"),
    TitleName(16, False, 1972, 120, 20000, "The Godfather"),
    TitleName(17, False, 2001, 50, 11000, "Amélie", ("Le Fabuleux Destin d'Amélie Poulain",)),
    TitleName(18, False, 1996, 40, 7000, "Fargo"),
    TitleName(19, True, 2014, 60, 2500, "Fargo"),
    TitleName(
        20,
        False,
        2001,
        100,
        24000,
        "The Lord of the Rings: The Fellowship of the Ring",
        (),
        "The Lord of the Rings Collection",
    ),
    TitleName(21, False, 2004, 30, 5000, "Collateral"),
    TitleName(22, False, 1983, 2, 20, "Romantic Comedy"),
    TitleName(24, False, 2015, 3, 60, "Horror"),
    TitleName(25, False, 2007, 50, 11000, "No Country for Old Men"),
    TitleName(26, False, 2009, 60, 7000, "Fast & Furious"),
    TitleName(27, False, 1957, 50, 8000, "12 Angry Men"),
    TitleName(28, False, 1982, 50, 7000, "The Thing"),
    TitleName(29, False, 2019, 1, 3, "Quentin Tarantino"),
    TitleName(30, False, 1977, 90, 21000, "Star Wars", (), "Star Wars Collection"),
    TitleName(31, True, 2008, 60, 2500, "Star Wars: The Clone Wars"),
    TitleName(32, False, 2015, 0, 2, "Fun"),
    TitleName(33, False, 1996, 5, 3000, "Tom"),
    TitleName(34, False, 2018, 20, 1700, "Z-O-M-B-I-E-S"),
    TitleName(35, False, 2001, 15, 1300, "Heist"),
    TitleName(36, False, 1994, 120, 29000, "Pulp Fiction"),
    TitleName(37, False, 1999, 120, 32000, "Fight Club"),
    TitleName(38, False, 2025, 15, 700, "Friendship"),
    TitleName(39, False, 2009, 9, 1500, "Vampire"),
    TitleName(40, True, 2005, 300, 45000, "How I Met Your Mother"),
    TitleName(41, False, 2026, 300, 22000, "The Drama"),
    TitleName(42, False, 2015, 10, 500, "The Last Five Years"),
    TitleName(43, False, 1997, 60, 6500, "The Game"),
)
PEOPLE = (
    PersonName(1, "Al Pacino", 60, ("cast", "director")),
    PersonName(2, "Robert De Niro", 90, ("cast", "director")),
    PersonName(3, "Quentin Tarantino", 50, ("director", "writer", "cast")),
    PersonName(4, "Christopher Nolan", 45, ("director", "writer")),
    PersonName(5, "Tom Hanks", 80, ("cast",)),
    PersonName(6, "Tom Cruise", 80, ("cast",)),
    PersonName(7, "Hans Zimmer", 90, ("composer",)),
    PersonName(8, "Alfred Hitchcock", 90, ("director",)),
    PersonName(9, "Pedro Almodóvar", 40, ("director", "writer")),
    PersonName(10, "Denzel Washington", 90, ("cast", "director")),
    PersonName(11, "Denzel Whitaker", 5, ("cast",)),
    PersonName(12, "Leonardo DiCaprio", 85, ("cast",)),
    PersonName(13, "Jack Black", 80, ("cast", "director")),
    PersonName(14, "Jack Nicholson", 95, ("cast", "director")),
)
SERVICES = (
    ServiceName("nfx", "Netflix", ("netflix",)),
    ServiceName("dnp", "Disney Plus", ("disney", "disney+")),
    ServiceName("mxx", "HBO Max", ("hbo", "max")),
    ServiceName("amp", "Amazon Prime Video"),
)

_GROUPS = (
    GroupName("company", 1, "Pixar", 45),
    GroupName("company", 2, "Pixar Animation Studios", 16),
    GroupName("company", 3, "A24", 68),
    GroupName("company", 4, "Studio Ghibli", 23),
    GroupName("company", 5, "Netflix", 190),
    GroupName("company", 6, "Horror Pictures", 30),
    GroupName("company", 7, "Foghorn Films", 2),
    GroupName("company", 8, "Marvel Studios", 59),
    GroupName("company", 9, "Alfred Hitchcock Productions", 12),
    GroupName("company", 10, "Dimension Films", 85),
    GroupName("company", 11, "Epic Pictures", 15),
    GroupName("company", 16, "EPIC", 1),
    GroupName("company", 12, "5 Films", 4),
    GroupName("company", 13, "Live Entertainment", 30),
    GroupName("company", 14, "Gracie Films", 90),
    GroupName("company", 15, "Mythology Entertainment", 12),
    GroupName("franchise", 645, "James Bond Collection", 26),
    GroupName("franchise", 10, "Alien Collection", 6),
    GroupName("franchise", 11, "Star Wars Collection", 9),
    GroupName(
        *("franchise", 12, "The Fast and the Furious Collection", 10),
        ("The Fast and the Furious", "Fast & Furious", "Fast & Furious 6", "Fast X"),
    ),
    GroupName(
        *("franchise", 13, "Jurassic Park Collection", 7),
        ("Jurassic Park", "Jurassic World", "Jurassic World: Fallen Kingdom"),
    ),
    GroupName(
        *("franchise", 14, "The Avengers Collection", 4),
        ("The Avengers", "Avengers: Endgame", "Avengers: Infinity War"),
    ),
    GroupName(
        *("franchise", 15, "The Dark Knight Collection", 3),
        ("Batman Begins", "The Dark Knight", "The Dark Knight Rises"),
    ),
    GroupName("company", 17, "Walt Disney Pictures", 190),
    GroupName("character", 0, "Hercule Poirot", 3),
    GroupName("character", 0, "James Bond", 17),
)

_KEYWORDS = (
    Keyword("world war ii", 300),
    Keyword("zombie", 130),
    Keyword("zombie apocalypse", 21),
    Keyword("vampire", 109),
    Keyword("ghost", 110),
    Keyword("possession", 38),
    Keyword("serial killer", 210),
    Keyword("dc comics", 38),
    Keyword("shark", 37),
    Keyword("heist", 81),
    Keyword("time travel", 132),
    Keyword("christmas", 167),
    Keyword("film noir", 77),
    Keyword("silent film", 40),
    Keyword("spaghetti western", 15),
    Keyword("based on true story", 340),
    Keyword("paris, france", 195),
    Keyword("friendship", 347),
    Keyword("black and white", 57),
    Keyword("winner", 1),
    Keyword("girlfriend", 32),
    Keyword("monster", 157),
    Keyword("woman director", 1372),
    Keyword("body horror", 25),
    Keyword("period drama", 51),
    Keyword("stand-up comedy", 72),
    Keyword("princess", 57),
)

# Words that stories use in passing, each in two of them.
_STORIES = 2 * (
    "In the heat of the day a black and white whale came up to the house by the lake, and the guy "
    "who had hoped to kill it once was locked in his place like a natural thing of fear.",
    "A man and a fox hunt an alien; her long way west ends with a fight at the agency of hope.",
)

NAMES: Names = names_of(TextNames.of(_TITLES, PEOPLE, SERVICES, _GROUPS, _KEYWORDS, _STORIES))


def read(text: str) -> Intent:
    """The intent of a text, against those names."""
    return parse(text, names=NAMES, today=TODAY)


def labels(text: str) -> list[str]:
    """What a client would show, in the order of the text."""
    return [mention.label for mention in read(text).mentions]


def mention_of(text: str, field: str) -> Mention:
    """The one mention of a field."""
    (found,) = (mention for mention in read(text).mentions if mention.field == field)
    return found
