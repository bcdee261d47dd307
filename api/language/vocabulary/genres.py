"""Names of genres, their synonyms, and moods that are as good as a genre.

English first; the names alone also in Spanish, French, German, Italian and Portuguese. All folded.
"""

from api.language.vocabulary.sense import Sense, spread

ACTION, ADVENTURE, ANIMATION, COMEDY, CRIME, DOCUMENTARY = 28, 12, 16, 35, 80, 99
DRAMA, FAMILY, FANTASY, HISTORY, HORROR, MUSIC = 18, 10751, 14, 36, 27, 10402
MYSTERY, REALITY, ROMANCE, SCIENCE_FICTION, SOAP = 9648, 10764, 10749, 878, 10766
TALK, THRILLER, TV_MOVIE, WAR, WESTERN = 10767, 53, 10770, 10752, 37

GENRE_SENSES: dict[str, Sense] = {}

for _genre, _phrases in (
    (
        ADVENTURE,
        "adventure, adventures, adventurous, adventure story, swashbuckler, swashbucklers, "
        "aventura, aventuras, aventure, aventures, abenteuer, avventura, avventure",
    ),
    (
        ANIMATION,
        "animation, animated, animations, cartoon, cartoons, animacion, animado, animada, "
        "animados, animadas, anime francais, dessin anime, dessins animes, animationsfilm, "
        "animationsfilme, zeichentrick, zeichentrickfilm, zeichentrickfilme, animazione, animato, "
        "animati, cartone animato, cartoni animati, animacao, desenho animado",
    ),
    (
        COMEDY,
        "comedy, comedies, comedic, comedian comedy, funny, hilarious, humorous, comic film, "
        "laugh out loud, make me laugh, makes me laugh, comedia, comedias, comedie, comedies, "
        "comique, komodie, komodien, lustig, lustige, lustiger, lustigen, lustiges, commedia, "
        "commedie, divertente, divertenti, engracado, engracada, divertida, divertido, drole",
    ),
    (
        DOCUMENTARY,
        "documentary, documentaries, docu, documental, documentales, documentaire, documentaires, "
        "dokumentarfilm, dokumentarfilme, dokumentation, doku, dokus, documentario, documentari, "
        "documentarios",
    ),
    (
        DRAMA,
        "drama, dramas, dramatic, family drama, family dramas, family saga, dramatico, dramatica, "
        "drame, drames, dramatique, dramma, drammi, drammatico",
    ),
    (
        FANTASY,
        "fantasy, fantasies, fantasia, fantasias, fantastico, fantastica, fantastique, "
        "fantastiques, fantasyfilm, fantasyfilme",
    ),
    (
        HISTORY,
        "historical, historico, historica, historicos, historicas, historique, historiques, "
        "historisch, historische, historischer, historischen, storico, storica, storici",
    ),
    (
        HORROR,
        "horror, horrors, scary, frightening, terrifying, creepy, spooky, "
        "terror, de miedo, horreur, epouvante, gruselfilm, gruselfilme, horrorfilm, "
        "horrorfilme, orrore",
    ),
    (MUSIC, "musical, musicals, musicales, comedie musicale, musicais, musicali, musikfilm"),
    (
        MYSTERY,
        "mystery, mysteries, murder mystery, murder mysteries, "
        "misterio, mystere, mysteres, mistero, misterios",
    ),
    (
        ROMANCE,
        "romance, romances, romantic, love story, love stories, romantico, romantica, romanticos, "
        "romanticas, romantique, romantiques, romantisch, romantische, romantischer, "
        "romantischen, romantici, romantiche, liebesfilm, liebesfilme, historia de amor, "
        "histoire d amour",
    ),
    (
        SCIENCE_FICTION,
        "science fiction, sci fi, scifi, sf, science fictions, ciencia ficcion, fantascienza, "
        "ficcao cientifica, sciencefiction",
    ),
    (SOAP, "soap opera, soap operas, soaps, telenovela, telenovelas, seifenoper"),
    (
        THRILLER,
        "thriller, thrillers, suspense, suspenseful, thrilling, nail biting, edge of your seat, "
        "suspenso, suspensao, thrillern",
    ),
    (TV_MOVIE, "tv movie, tv movies, television film, television films, telefilm, fernsehfilm"),
    (
        WESTERN,
        "western, westerns, spaghetti western, spaghetti westerns, cowboy film, cowboy films, "
        "cowboy movie, cowboy movies, faroeste",
    ),
):
    spread(GENRE_SENSES, _phrases, Sense(genres=(_genre,)))

for _genre, _phrases in (
    (ACTION, "action, accion, azione, acao, aktion"),
    (CRIME, "crime, crimen, krimi, criminal, policier, policiers, poliziesco, policial"),
    (FAMILY, "family, familiar, familiares, familial, familiale, famille, famiglia, familia"),
    (HISTORY, "history, historia, histoire"),
    (MUSIC, "music, musica, musique, musik"),
    (WAR, "war, guerra, guerre, belica, belicas, belico, krieg"),
):
    spread(GENRE_SENSES, _phrases, Sense(genres=(_genre,), is_weak=True))

for _genre, _phrases in (
    (ACTION, "actioner, action packed, actionfilm, actionfilme"),
    (CRIME, "crime story, crime stories, krimis"),
    (FAMILY, "familienfilm, familienfilme"),
    (WAR, "war story, war stories, anti war, kriegsfilm, kriegsfilme"),
):
    spread(GENRE_SENSES, _phrases, Sense(genres=(_genre,)))
# Kinds of a genre: without them the genre goes on. Some are as often part of a story.
for _genre, _keyword, _phrases, _is_weak in (
    (HORROR, "slasher", "slasher, slashers", False),
    (HORROR, "jump scare", "jump scare, jump scares", False),
    (SCIENCE_FICTION, "space opera", "space opera, space operas", False),
    (SCIENCE_FICTION, "cyberpunk", "cyberpunk", False),
    (MYSTERY, "whodunit", "whodunit, whodunits, whodunnit", False),
    (CRIME, "gangster", "gangster, gangsters", True),
    (CRIME, "mafia", "mafia", True),
    (ACTION, "martial arts", "martial arts", True),
    (ACTION, "kung fu", "kung fu", True),
):
    _sense = Sense(genres=(_genre,), keyword=_keyword, is_weak=_is_weak)
    spread(GENRE_SENSES, _phrases, _sense)

for _genres, _phrases in (
    (
        (ROMANCE, COMEDY),
        "rom com, rom coms, romcom, romcoms, romantic comedy, romantic comedies, "
        "comedia romantica, comedias romanticas, comedie romantique, comedies romantiques, "
        "romantische komodie, romantische komodien, commedia romantica, commedie romantiche",
    ),
    ((DRAMA, COMEDY), "dramedy, dramedies, tragicomedy, comedy drama, comedy dramas"),
    ((CRIME, DOCUMENTARY), "true crime documentary, true crime documentaries"),
    ((CRIME,), "true crime"),
    ((ROMANCE, DRAMA), "romantic drama, romantic dramas"),
    ((SCIENCE_FICTION, FANTASY), "sci fi and fantasy"),
):
    spread(GENRE_SENSES, _phrases, Sense(genres=_genres))

spread(GENRE_SENSES, "sitcom, sitcoms", Sense(genres=(COMEDY,), media="tv"))
spread(
    GENRE_SENSES,
    "docuseries, docu series, documentary series, dokuserie",
    Sense(genres=(DOCUMENTARY,), media="tv"),
)
spread(
    GENRE_SENSES,
    "reality tv, reality show, reality shows, reality series",
    Sense(genres=(REALITY,), media="tv"),
)
spread(GENRE_SENSES, "talk show, talk shows, late night show", Sense(genres=(TALK,), media="tv"))
spread(GENRE_SENSES, "anime", Sense(genres=(ANIMATION,), languages=("ja",), label="Japanese"))
spread(
    GENRE_SENSES,
    "k drama, k dramas, kdrama, kdramas",
    Sense(genres=(DRAMA,), media="tv", languages=("ko",), label="Korean"),
)
spread(GENRE_SENSES, "bollywood", Sense(languages=("hi",), label="Hindi"))
