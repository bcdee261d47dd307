"""Reads what titles, people, services, groups of titles and topics are called, to find them in a
text, and the words that their stories use in passing."""

from dataclasses import dataclass

from api.catalogue.names.group_names import GroupName
from api.catalogue.names.ordinary_words import MOST_STORIES
from api.catalogue.names.person_names import PersonName
from api.catalogue.names.service_spellings import ServiceName
from api.catalogue.names.standing import STANDING
from api.catalogue.names.text_names import TextNames
from api.catalogue.names.title_names import TitleName
from api.catalogue.names.topics import Keyword
from api.platform.database import Database

_SHARE = 2  # of the role that weighs most half as much makes known as well
# Somebody makes titles of a genre often who made three, and of whose titles they are a quarter.
_OFTEN, _OFTEN_OF = 3, 4
_MAKES = 9  # and three titles made, however many somebody plays in

# One statement, so that all names are of one moment. People who only played once are left out of
# large catalogues by the limit: those with the most and the weightiest parts come first.
_NAMES = f"""
SELECT 'title', id, (media_type = 'tv')::int, coalesce(release_year, 0), popularity, vote_count,
       title, array_remove(array_prepend(original_title, alternative_titles), NULL),
       collection_name, release_date, countries, NULL::int[], coalesce(runtime, 0)
FROM items WHERE retired_at IS NULL
UNION ALL
SELECT * FROM (
    SELECT 'person', p.id, 0, 0, did.standing::real, 0, p.name, did.roles, p.search_name,
           NULL::date, did.known_for, made.genres, 0
    FROM people p JOIN (
        SELECT person_id, array_agg(role) AS roles, sum(standing) AS standing,
               array_agg(role) FILTER (
                   WHERE {_SHARE} * standing >= most
                       OR (role IN ('director', 'creator') AND standing >= {_MAKES})
               ) AS known_for
        FROM (
            SELECT person_id, role, {STANDING} AS standing,
                   max({STANDING}) OVER (PARTITION BY person_id) AS most
            FROM credits GROUP BY person_id, role
        ) AS part
        GROUP BY person_id
    ) did ON did.person_id = p.id
    LEFT JOIN (
        SELECT person_id, array_agg(genre) AS genres FROM (
            SELECT person_id, genre FROM (
                SELECT person_id, genre_ids, count(*) OVER (PARTITION BY person_id) AS titles
                FROM credits JOIN items ON item_id = items.id
                WHERE role IN ('director', 'creator')
            ) AS made, unnest(genre_ids) AS genre
            GROUP BY person_id, genre, titles
            HAVING count(*) >= {_OFTEN} AND {_OFTEN_OF} * count(*) >= titles
        ) AS often
        GROUP BY person_id
    ) made ON made.person_id = p.id
    ORDER BY did.standing DESC, p.id LIMIT %(people)s
) AS people
UNION ALL
SELECT 'service', 0, 0, 0, 0, 0, short_name, array_prepend(name, aliases), NULL, NULL,
       NULL, NULL, 0
FROM providers
UNION ALL
SELECT 'company', companies.id, 0, 0, count(*)::real, 0, name, NULL, NULL, NULL, NULL,
       NULL, 0
FROM companies JOIN item_companies ON company_id = companies.id GROUP BY companies.id
UNION ALL
SELECT 'franchise', collection_id, 0, 0, count(*)::real, 0, min(collection_name),
       array_agg(title ORDER BY id), NULL, NULL,
       NULL, NULL, 0
FROM items WHERE retired_at IS NULL AND collection_name IS NOT NULL GROUP BY collection_id
UNION ALL
SELECT 'character', 0, 0, 0, count(*)::real, 0, min(character), NULL, NULL, NULL, NULL,
       NULL, 0
FROM credits WHERE character LIKE '%% %%' AND character NOT LIKE '%%(%%' AND role = 'cast'
GROUP BY lower(character) HAVING count(*) >= 3
UNION ALL
SELECT 'keyword', keywords.id, 0, 0, count(*)::real, 0, name, NULL, NULL, NULL, NULL,
       NULL, 0
FROM keywords JOIN item_keywords ON keyword_id = keywords.id GROUP BY keywords.id
UNION ALL
SELECT * FROM (
    SELECT 'story', 0, 0, 0, 0, 0, overview, NULL::text[], NULL::text, NULL::date, NULL::text[],
           NULL::int[], 0
    FROM items WHERE retired_at IS NULL AND overview <> ''
    ORDER BY vote_count DESC, id LIMIT %(stories)s
) AS stories
"""  # noqa: S608 - constants only
_MOST_PEOPLE = 200_000


@dataclass(frozen=True, slots=True)
class NamesRead:
    """Names as they are stored, and the version of the catalogue that they are of."""

    version: int
    titles: list[TitleName]
    people: list[PersonName]
    services: list[ServiceName]
    groups: list[GroupName]
    keywords: list[Keyword]
    stories: list[str]

    def indexed(self) -> TextNames:
        """All of them, to be found in a text."""
        return TextNames.of(
            *(self.titles, self.people, self.services, self.groups, self.keywords, self.stories),
            version=self.version,
        )


def read_text_names(database: Database) -> TextNames:
    """Reads and indexes them: 6 s of 30,000 titles with 98,000 people."""
    return read_names(database).indexed()


def read_names(database: Database) -> NamesRead:
    """Reads them."""
    with database.patiently() as cursor:
        # The version first: a change while the names are read must lead to another load.
        version = cursor.execute("SELECT catalogue_version FROM service_state").fetchone()
        rows = cursor.execute(_NAMES, {"people": _MOST_PEOPLE, "stories": MOST_STORIES}).fetchall()
    titles: list[TitleName] = []
    people: list[PersonName] = []
    services: list[ServiceName] = []
    groups: list[GroupName] = []
    keywords: list[Keyword] = []
    stories: list[str] = []
    for kind, row_id, is_show, year, number, votes, name, others, more, *last in rows:
        released, made_in, genres, runtime = last
        if kind == "title":
            titles.append(
                TitleName(
                    *(row_id, bool(is_show), year, number, votes, name, others, more, released),
                    countries=made_in,
                    runtime=runtime,
                )
            )
        elif kind == "person":
            people.append(PersonName(row_id, name, number, others, more, made_in, genres or ()))
        elif kind == "service":
            services.append(ServiceName(name, others[0], others[1:]))
        elif kind == "keyword":
            keywords.append(Keyword(name, int(number)))
        elif kind == "story":
            stories.append(name)
        else:
            groups.append(GroupName(kind, row_id, name, number, tuple(others or ())))
    read = titles, people, services, groups, keywords, stories
    return NamesRead(0 if version is None else version[0], *read)
