"""Every column tied to a user has a decision: where the export has it, or why it is left out.

Tables are found in the schema itself: those that name a user, and those whose rows hang on one of
these. A new table or column without a decision fails, as does one that a deletion would leave.
"""

import re

from sqlalchemy import Table

from api.platform.tables import metadata
from api.viewers.account import statements
from api.viewers.account.schemas import UserExport

# The export's list, and of each column left out of it why. Keys that only join are not told twice.
_LEFT_OUT: dict[str, tuple[str, dict[str, str]]] = {
    "profiles": (
        "profiles",
        {"id": "joins", "user_id": "asked for", "version": "a counter", "source": "of the sample"},
    ),
    "preferences": ("preferences", {"profile_id": "joins"}),
    "watchlist": ("watchlist", {"profile_id": "joins"}),
    "library": ("library", {"user_id": "asked for"}),
    "imports": ("imports", {"user_id": "asked for"}),
    "import_rows": ("import_rows", {}),
    "import_replaced": ("import_replaced", {}),
    "import_choices": ("import_choices", {"id": "joins", "user_id": "asked for"}),
    "hooks": ("hooks", {"user_id": "asked for", "token_hash": "a secret's"}),
    "hook_accounts": ("hook_accounts", {}),
    "connections": (
        "connections",
        {"id": "joins", "user_id": "asked for", "sealed_tokens": "a secret's"},
    ),
    "interactions": ("history", {"id": "joins", "profile_id": "joins"}),
    "feedback": ("feedback", {"id": "joins", "profile_id": "joins"}),
    "slates": ("recommendations", {"user_id": "asked for", "request_hash": "of `request`"}),
    "list_members": ("shared_lists", {"place": "of the list", "user_id": "asked for"}),
    "batch_lists": (
        "batch_lists",
        {
            "place": "of the order",
            "user_id": "asked for",
            "line": "a page of one of `recommendations`",
        },
    ),
    "shadow_lists": (
        "shadow_lists",
        {
            "overlap_10": "of the strategy",
            "overlap_20": "of the strategy",
            "rank_biased_overlap": "of the strategy",
            "milliseconds": "of the strategy",
            "error": "of the strategy",
        },
    ),
    "sessions": (
        "sessions",
        {
            "id": "joins",
            "token_hash": "a secret's",
            "code_hash": "a secret's",
            "code_expires_at": "of a secret",
            "scope": "of the credential",
            "holder": "of the credential",
            "user_id": "asked for",
            "is_bound": "of the credential",
        },
    ),
    "household_pins": ("household_pins", {"user_id": "asked for", "pin_hash": "a secret's"}),
    "idempotency_keys": (
        "idempotency_keys",
        {"caller": "of the credential", "request_hash": "of the body", "profile_id": "joins"},
    ),
}
_CALLED = {
    "consent_collaborative": "collaborative",
    "consent_llm": "llm",
    "viewer_kind": "kind",
    "slate_id": "recommendation_id",
    "origin": "made_with",
    "evidence": "request",
    "entered_id": "profile",
}


def _hangs_on_a_user(table: Table) -> bool:
    if "user_id" in table.c:
        return True
    parents = {key.column.table for key in table.foreign_keys} - {table}
    return any(_hangs_on_a_user(parent) for parent in parents)


_PERSONAL = {name: table for name, table in metadata.tables.items() if _hangs_on_a_user(table)}


def test_every_column_tied_to_a_user_is_exported_or_left_out_for_a_reason() -> None:
    assert set(_PERSONAL) == set(_LEFT_OUT)
    for name, table in _PERSONAL.items():
        exported, left_out = _LEFT_OUT[name]
        (held,) = UserExport.model_fields[exported].annotation.__args__  # type: ignore[union-attr]
        fields = set(held.model_fields)
        columns = set(table.c.keys())
        assert set(left_out) <= columns, name
        told = {_CALLED.get(column, column) for column in columns - set(left_out)}
        if name == "slates":
            told = told - {"id"} | {"recommendation_id"}
        assert told <= fields, (name, told - fields)


def test_a_deletion_reaches_every_table_tied_to_a_user() -> None:
    named = set(re.findall(r"DELETE FROM (\w+)", statements._FORGET))
    for name, table in _PERSONAL.items():
        follows = {key.column.table.name for key in table.foreign_keys if key.ondelete == "CASCADE"}
        assert name in named or follows & named, name
