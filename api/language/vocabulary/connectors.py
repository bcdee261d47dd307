"""The small words around a wish: negations, joints, fillers, beginnings of a plot. All folded.

English in full; negations and joints also in Spanish, French, German, Italian and Portuguese.
"""

from api.language.vocabulary.listed import listed


def _phrases(written: str) -> frozenset[str]:
    return frozenset(listed(written))


# "t" is the end of "isn't" and "don't".
NEGATIONS = _phrases(
    "no, not, without, except, except for, excluding, exclude, but not, and not, isn t, aren t, "
    "is not, are not, not a, isn t a, nothing, none, never, neither, nor, avoid, avoiding, skip, "
    "minus, other than, apart from, aside from, rather than, instead of, anything but, "
    "everything but, everything except, anything except, all but, don t want, do not want, "
    "don t like, do not like, dont want, dont like, don t, do not, hate, i hate, doesn t, "
    "does not, leave out, no more, not any, non, free of, free from, can t stand, cannot stand, "
    "sin, excepto, salvo, menos, nada de, que no sea, que no sean, no quiero, "
    "sans, pas, pas de, pas d, sauf, hormis, excepte, ni, aucun, aucune, "
    "ohne, nicht, kein, keine, keinen, keiner, ausser, ausgenommen, "
    "senza, tranne, eccetto, niente, nessun, nessuna, che non sia, "
    "sem, exceto, nao, nada, menos que, que nao seja"
)
# They have a negation in them and mean none.
NOT_NEGATIONS = _phrases(
    "not only, not just, not necessarily, not sure, why not, no matter, no idea, not bad, "
    "not that bad, no problem, if not, or not, no one, nothing but, not to mention, dr no, "
    "no pasa nada, nicht nur, pas seulement, non solo, no solo, nao so, non fiction, no doubt, "
    "don t mind, do not mind, don t care, do not care, don t know, do not know, don t worry"
)
# What may stand between a negation and what it takes away, or between two such things.
FILLERS = _phrases(
    "a, an, the, any, anything, something, some, too, very, so, really, much, many, kind, kinds, "
    "sort, sorts, of, or, and, nor, with, in, from, by, on, like, that, is, are, which, film, "
    "films, movie, movies, stuff, things, elements, genre, genres, please, about, be, to, "
    "starring, "
    "featuring, directed, at, all, if, possible, overly, super, mostly, lot, lots, made, want, "
    "watch, see, ones, being, having, et, ou, y, o, e, und, oder, de, d, del, la, le, les, el, "
    "los, las, der, die, das, ein, eine, un, une, una, uno, des, du, os, as, um, uma, il, lo, gli, "
    "i, con, avec, mit, com, dans, en, em, auf, trop, demasiado, zu, troppo"
)
OR = frozenset({"or", "nor", "o", "ou", "oder", "u"})
AND = frozenset({"and", "et", "y", "e", "und", "plus", "as"})
# Ends what a negation takes away.
BREAKS = _phrases(
    "but, however, though, although, just, only, yet, instead, then, pero, mais, aber, sondern, "
    "ma, mas, mai, sino"
)
# After a negation and the first thing it takes away, these begin something new.
PREPOSITIONS = _phrases(
    "with, from, on, in, by, starring, featuring, directed, under, over, like, before, after, "
    "since, between, for, available, streaming, similar, con, avec, mit, com, auf, de, d, von, "
    "del, des, du, dos, das, do, da, degli, della, aus"
)
# From here on words tell of a plot: they are searched for, not filtered by.
STORIES = _phrases(
    "about, where, who, whose, set in, set during, set on, set at, in which, when, involving, "
    "follows, following, featuring a, featuring an, story of, tale of, tells, based on, "
    "inspired by, concerning, regarding, revolving around, dealing with, with a plot, centered on, "
    "sobre, acerca de, sur, qui parle, uber, riguardo, ueber, que trata, donde, ou un, ou une, "
    "in dem, in der, wo, dove"
)
STORY_ENDS = _phrases(
    "but, without, not, no, except, starring, directed by, similar to, available on, streaming on, "
    "on netflix, from the, made in, released, shorter than, longer than, less than, more than, "
    "under, before, after, since, between, in the style, isn t, is not, aren t, nothing"
)
# Say nothing of what is wanted. A text of these and of filters alone has no free text.
EMPTY_WORDS = FILLERS | _phrases(
    "i, me, my, we, us, you, your, he, she, it, its, they, them, their, this, these, those, there, "
    "here, what, whats, what s, how, do, does, did, can, could, would, should, will, shall, may, "
    "might, must, have, has, had, was, were, am, been, m, s, d, ve, ll, re, t, isn, aren, don, "
    "doesn, not, no, but, as, than, then, also, too, just, only, even, still, maybe, perhaps, "
    "give, show, find, get, recommend, suggest, recommendation, recommendations, suggestion, "
    "suggestions, search, looking, look, need, needs, feel, feeling, mood, fancy, love, loved, "
    "enjoy, enjoyed, liked, prefer, preferably, ideally, interested, tonight, today, evening, "
    "night, weekend, now, good, great, best, nice, decent, top, favourite, favorite, well, okay, "
    "hi, hello, hey, thanks, thank, pls, ok, let, lets, for, into, out, up, down, more, most, "
    "other, another, similar, such, title, titles, one, two, available, streaming, stream, "
    "released, release, made, year, years, language, speaking, long, short, old, new, newer, "
    "older, recent, classic, quality, rated, rating, cinema, picture, "
    "quiero, ver, busco, una, unos, unas, para, por, que, sea, sean, es, me, mi, algo, je, veux, "
    "voudrais, cherche, regarder, pour, quelque, chose, qui, soit, est, ich, mochte, suche, will, "
    "sehen, fur, etwas, bitte, mir, voglio, vorrei, cerco, guardare, per, qualcosa, che, sia, "
    "quero, assistir, procuro, seja, nos, nas, dos, das, do, da, no, na, anos, anni, annees, "
    "jahre, jahren, "
    "degli, dei, delle, dello, together, longer, shorter, aus, "
    "aux, au, den, dem, bester, beste, mejores, meilleurs, migliori, melhores"
)
