"""Every kind of evidence there is, in the order in which pages list their sources.

docs/reference/stages.md has the same list as a table. A new kind is a file that declares it and a
line here: docs/how-to/add-a-source.md. Where weights are from:

- Weights of few and warm were fitted by `make tune` on 2026-11-21 on validation splits of
  ml-latest-small, 4,748 cases: the objective was .1888, and no single change gained. It is the mean
  of NDCG@10 and Recall@20, plus .08 of the share of different titles in the first ten places.
- Cold weights are the historical defaults, and how many people like a title: a ratings set has no
  strangers of today. It has no words either: what requests in words weigh of story, popularity and
  votes was chosen on one half of judged requests and holds on the other (docs/measurements.md).
"""

from api.recommend.evidence.alike import ALIKE
from api.recommend.evidence.audience import AUDIENCE
from api.recommend.evidence.collaborative import COLLABORATIVE
from api.recommend.evidence.decade_affinity import DECADE_AFFINITY
from api.recommend.evidence.explored import EXPLORED
from api.recommend.evidence.fan_liked import FAN_LIKED
from api.recommend.evidence.fatigue import FATIGUE
from api.recommend.evidence.fills_the_list import FILLS_THE_LIST
from api.recommend.evidence.filters_asked import FILTERS_ASKED
from api.recommend.evidence.followed import FOLLOWED
from api.recommend.evidence.genre_affinity import GENRE_AFFINITY
from api.recommend.evidence.kinds import kinds_of
from api.recommend.evidence.language_affinity import LANGUAGE_AFFINITY
from api.recommend.evidence.lexical import LEXICAL
from api.recommend.evidence.likeness import LIKENESS
from api.recommend.evidence.named_titles import NAMED_TITLES
from api.recommend.evidence.near_keywords import NEAR_KEYWORDS
from api.recommend.evidence.nearness import NEARNESS
from api.recommend.evidence.novelty import NOVELTY
from api.recommend.evidence.occasion import OCCASION
from api.recommend.evidence.of_its_kind import OF_ITS_KIND
from api.recommend.evidence.people import PEOPLE
from api.recommend.evidence.popularity import POPULARITY
from api.recommend.evidence.related import RELATED
from api.recommend.evidence.stated_preference import STATED_PREFERENCE
from api.recommend.evidence.story import STORY
from api.recommend.evidence.together import TOGETHER
from api.recommend.evidence.trending import TRENDING
from api.recommend.evidence.votes import VOTES
from api.recommend.evidence.words import WORDS

EVIDENCE = kinds_of(
    (
        NEARNESS,  # to the taste, or to the words
        LEXICAL,  # the words in a title's name
        COLLABORATIVE,  # liked together with the viewer's own
        PEOPLE,  # behind the viewer's own
        TRENDING,
        POPULARITY,
        RELATED,  # listed at TMDB beside liked titles
        STORY,  # the words in a title's story
        FOLLOWED,  # liked soon after what was seen last
        AUDIENCE,  # how many people like it
        FAN_LIKED,  # by the fans of the viewer's own
        ALIKE,  # to the viewer's own, by what titles are made of
        VOTES,
        NOVELTY,
        GENRE_AFFINITY,
        LANGUAGE_AFFINITY,
        DECADE_AFFINITY,
        STATED_PREFERENCE,
        OF_ITS_KIND,  # of the viewer's genres, language, years, age
        FATIGUE,  # shown often, and ignored
        LIKENESS,  # to the titles that the request names
        NEAR_KEYWORDS,  # what stories near to the words have for keywords
        # What needs neither a source nor a signal of its own to be told.
        FILTERS_ASKED,
        NAMED_TITLES,
        WORDS,
        TOGETHER,  # high up for members of a group
        OCCASION,  # for an evening, or for several
        EXPLORED,
        FILLS_THE_LIST,
    )
)
