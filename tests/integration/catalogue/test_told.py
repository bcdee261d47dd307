"""The columns say of which titles anything of a sort is told."""

from datetime import UTC, datetime

from api.catalogue.facts.load_facts import load_facts
from api.platform.database import Database
from tests.builders import add_company, add_credit, add_items, add_keyword, add_person
from tests.facts_builder import RANKING


def test_titles_with_and_without_keywords_credits_and_companies(database: Database) -> None:
    bare, marked, played, made = add_items(database, 4)
    add_keyword(database, marked, "heist")
    add_credit(database, played, add_person(database, "Ida Lupino"))
    add_company(database, "Republic Pictures", [made], tmdb_id=7)
    facts = load_facts(database, datetime(2026, 11, 1, tzinfo=UTC), trend=RANKING.trend)

    def having(column: str) -> list[int]:
        return [int(one) for one in facts.ids[getattr(facts, column)]]

    assert bare in facts.ids
    assert having("has_keywords") == [marked]
    assert having("has_credits") == [played]
    assert having("has_companies") == [made]
