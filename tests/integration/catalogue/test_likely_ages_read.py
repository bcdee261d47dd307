"""Networks tell the likely age of shows; companies that produced them do not."""

import numpy as np
from sqlalchemy import insert, update

from api.catalogue.facts.load_facts import load_facts
from api.platform import tables
from api.platform.database import Database
from tests.builders import add_item
from tests.facts_builder import NOW, RANKING


def test_networks_tell_the_likely_age_and_limits_keep_to_what_boards_say(
    database: Database,
) -> None:
    certified = [add_item(database, f"Show {n}", tmdb_id=n, media_type="tv") for n in (1, 2)]
    shown, produced = (add_item(database, f"Show {n}", tmdb_id=n, media_type="tv") for n in (3, 4))
    items, companies = tables.items, tables.companies
    with database.engine.begin() as connection:
        aged = update(items).where(items.c.id.in_(certified)).values(maturity_age=17)
        connection.execute(aged)
        for kind, of_it in (("network", shown), ("production", produced)):
            company = {"kind": kind, "tmdb_id": 49, "name": "HBO", "search_name": "hbo"}
            made = insert(companies).values(**company).returning(companies.c.id)
            company_id = connection.execute(made).scalar_one()
            have = [{"item_id": one, "company_id": company_id} for one in (*certified, of_it)]
            connection.execute(insert(tables.item_companies), have)
    facts = load_facts(database, NOW, trend=RANKING.trend)
    rows = facts.rows_of(np.array([*certified, shown, produced], np.int32))
    assert facts.likely_age[rows].tolist() == [17, 17, 17, -1]
    assert facts.age[rows].tolist() == [17, 17, -1, -1]
