"""The closed vocabulary as one table."""

from api.language.vocabulary.content import CONTENTS
from api.language.vocabulary.genres import GENRE_SENSES
from api.language.vocabulary.media import MEDIA_SENSES
from api.language.vocabulary.origins import ORIGIN_SENSES
from api.language.vocabulary.sense import Sense

SENSES: dict[str, Sense] = {**ORIGIN_SENSES, **MEDIA_SENSES, **GENRE_SENSES}
KNOWN_WORDS = frozenset(word for phrase in (*SENSES, *CONTENTS) for word in phrase.split())
