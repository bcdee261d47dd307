"""Commands and traps in six languages: what a client is shown of each, part for part.

Labels stand in the order of the text; "~" is preferred, "?" not understood, the rest enforced.
"""

import pytest

from tests.names_builder import read

_MARKS = {"enforced": "", "preferred": "~", "not_understood": "?"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("90s thrillers under two hours", "1990–1999 | Thriller | At most 119 minutes"),
        ("I loved The Truman Show (1998), something with that feeling", "?Truman Show (1998)"),
        (
            "horror movies from the last 10 years, nothing before 2015",
            "Horror | Films | 2017 or later | 2015 or later",
        ),
        (
            "a family farm in Iowa, baseball, 1989 I think",
            "?family farm in Iowa | ?baseball | ~1989 | ?think",
        ),
        (
            "scary movies but nothing gory, under 100 minutes",
            "Horror | Films | No gore | At most 99 minutes",
        ),
        ("feel-good movie from the 90s", "~Feel-good | Films | 1990–1999"),
        ("something cosy for a rainy sunday", "~Cosy | ~Cosy"),
        ("a light comedy for date night", "~Light | Comedy | ~Date night"),
        (
            "mind-bending science fiction that isn't too long",
            "~Mind-bending | Science Fiction | At most 120 minutes",
        ),
        ("slow burn horror from the 70s", "~Slow burn | Horror | 1970–1979"),
        ("heist movies from the 60s or 70s", "~heist | Films | 1960–1969 | 1970–1979"),
        ("chess documentary", "?chess | Documentary"),
        (
            "nothing too scary for my 9 year old and my 14 year old",
            "Not Horror | For ages up to 9 | For ages up to 14",
        ),
        ("we want a comedy, the kids are 5 and 9", "Comedy | For ages up to 5"),
        (
            "anything but star wars, space opera please",
            "Not Star Wars Collection | Science Fiction",
        ),
        ("like Heat but newer", "Heat | 1996 or later"),
        ("movies such as Heat, Alien and Fargo", "Films | Heat | Alien | Fargo"),
        ("science fiction but no horror", "Science Fiction | Not Horror"),
        ("foreign films with Tom Hanks", "Not English | Films | Tom Hanks"),
        (
            "something by Christopher Nolan or Alfred Hitchcock",
            "Christopher Nolan | Alfred Hitchcock",
        ),
        ("pixar movies for a 4 year old", "Pixar and 1 more | Films | For ages up to 4"),
        ("pg-13 action movies", "For ages up to 13 | Action | Films"),
        ("rated R comedies from the 2000s", "Rated for ages of 17 | Comedy | 2000–2009"),
        ("black and white classics before 1960", "~black and white | Acclaimed | Until 1959"),
        ("war films that are not american", "War | Films | Not American"),
        ("two hours max, french crime", "At most 120 minutes | French | Crime"),
        ("top 10 westerns", "10 titles | Western"),
        ("Thriller aus den 90ern unter zwei Stunden", "Thriller | 1990–1999 | At most 119 minutes"),
        ("lustige Filme für Kinder 5 und 9 Jahre", "Comedy | Films | For ages up to 5"),
        ("Horrorfilme ab 16, aber nichts Blutiges", "Horror | Films | For ages up to 16 | No gore"),
        ("etwas Gemütliches für einen verregneten Sonntag", "~Cosy | ~Cosy"),
        ("keine Musicals, bitte eine Komödie", "Not Music | Comedy"),
        ("Serien wie Fargo, aber neuer", "Shows | Fargo | 2015 or later"),
        ("deutsche Krimis vor 1980", "German | Crime | Until 1979"),
        ("Science-Fiction ohne Horror", "Science Fiction | Not Horror"),
        ("kein Star Wars, bitte Weltraum", "Not Star Wars Collection | ?Weltraum"),
        ("Filme ab 6", "Films | For ages up to 6"),
        ("comedias de los 90 de menos de dos horas", "Comedy | 1990–1999 | At most 119 minutes"),
        ("algo ligero para niños de 6 años", "~Light | For ages up to 6"),
        ("terror sin sangre", "Horror | No gore"),
        ("películas españolas posteriores a 2015", "Films | Spanish | 2016 or later"),
        ("nada de musicales, un drama", "Not Music | Drama"),
        ("no me gusta el terror, una comedia", "Not Horror | ~Comedy"),
        ("como Interstellar pero más reciente", "Interstellar | 2015 or later"),
        ("series para ver en familia", "Shows | For ages up to 8"),
        (
            "comédies des années 80 de moins de 90 minutes",
            "Comedy | 1980–1989 | At most 89 minutes",
        ),
        ("un film pour un enfant de 7 ans", "Films | For ages up to 7"),
        ("pas de film d'horreur, un thriller", "Not Horror | Thriller"),
        ("un western italien", "Western | Italian"),
        ("comme Heat mais plus récent", "Heat | 1996 or later"),
        ("quelque chose de triste", "~Sad"),
        ("thriller degli anni 90", "Thriller | 1990–1999"),
        ("un film per bambini di 5 anni", "Films | For ages up to 5"),
        ("commedia senza romanticismo", "Comedy | Not Romance"),
        ("film francesi dopo il 2010", "Films | French | 2011 or later"),
        ("comédias brasileiras dos anos 2000", "Comedy | Brazilian | 2000–2009"),
        ("um filme para crianças de 8 anos", "Films | For ages up to 8"),
        ("terror sem sangue", "Horror | No gore"),
        ("não gosto de musicais, quero um drama", "Not Music | ~Drama"),
        ("algo parecido com Alien", "Alien"),
        ("a thriller, but nothing by Alfred Hitchcock", "Thriller | Not Alfred Hitchcock"),
        ("comedies without Tom Hanks, please", "Comedy | Not Tom Hanks"),
        ("family drama, no shows", "Drama | Films"),
        ("not too long, not too sad", "At most 120 minutes | ~Not Sad"),
        (
            "8 horror films before 1990, no slashers",
            "8 titles | Horror | Films | Until 1989 | No slasher",
        ),
        ("ein Film von Christopher Nolan", "Films | Christopher Nolan"),
        ("kein Film mit Tom Cruise", "Not Tom Cruise"),
        ("une comédie avec Tom Hanks", "Comedy | Tom Hanks"),
        ("nada de Tom Cruise, acción", "Not Tom Cruise | Action"),
        ("un film con Al Pacino e Robert De Niro", "Films | Al Pacino | Robert De Niro"),
        ("um filme de Alfred Hitchcock", "Films | Alfred Hitchcock"),
        ("etwas wie Interstellar", "Interstellar"),
    ],
)
def test_a_command_is_read_part_for_part(text: str, shown: str) -> None:
    found = [f"{_MARKS[one.status]}{one.label}" for one in read(text).interpreted()]
    assert " | ".join(found) == shown


@pytest.mark.parametrize(
    "text",
    ["algo parecido com Alien", "como Interstellar pero", "Serien wie Fargo", "comme Heat mais"],
)
def test_signs_and_small_words_of_no_language_are_searched_for(text: str) -> None:
    assert read(text).free_text == ""


def test_a_series_is_meant_where_shows_are_likened_to_it() -> None:
    assert read("Serien wie Fargo, aber neuer").seeds == (19,)
    assert read("films like Fargo").seeds == (18,)
