"""Words for films and for shows. All folded."""

from api.language.vocabulary.sense import Sense, spread

MEDIA_SENSES: dict[str, Sense] = {}

spread(
    MEDIA_SENSES,
    "film, films, movie, movies, flick, flicks, feature, features, feature film, feature films, "
    "motion picture, motion pictures, blockbuster, blockbusters, pelicula, peliculas, peli, pelis, "
    "filme, filmes, filmen, spielfilm, spielfilme, kinofilm, kinofilme, pellicola, pellicole, "
    "longmetrage, long metrage, longa metragem",
    Sense(media="movie", label="Films"),
)
spread(
    MEDIA_SENSES,
    "tv show, tv shows, show, shows, tv series, series, serie, tv serie, serien, serier, seriado, "
    "seriados, tv serien, fernsehserie, fernsehserien, miniseries, mini series, limited series, "
    "television series, television show, television shows, tv program, tv programme, tv drama, "
    "tv dramas, tv comedy, tv comedies, serie tv, series tv, tv",
    Sense(media="tv", label="Shows"),
)
