"""Signed cursors."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import URLSafeSerializer

from api.platform.cursors import Cursors
from api.platform.errors import InvalidCursor

_CURSORS = Cursors(lambda: b"a secret")


@given(st.dictionaries(st.text(max_size=10), st.integers() | st.text(max_size=20), max_size=5))
def test_what_was_signed_is_read_in_another_process(payload: dict[str, int | str]) -> None:
    signed = _CURSORS.sign(payload, kind="history")
    assert Cursors(lambda: b"a secret").read(signed, kind="history") == payload


def test_what_was_signed_compressed_before_is_read() -> None:
    before = URLSafeSerializer(
        b"a secret",
        salt="seenemall.cursor.history",
        signer_kwargs={"digest_method": sha256, "key_derivation": "hmac"},
    )
    signed = str(before.dumps({"at": "2026-01-01" * 20}))
    assert signed.startswith(".")  # compressed
    assert _CURSORS.read(signed, kind="history") == {"at": "2026-01-01" * 20}


def test_a_cursor_of_another_kind_or_secret_is_invalid() -> None:
    signed = _CURSORS.sign({"id": 1}, kind="history")
    with pytest.raises(InvalidCursor):
        _CURSORS.read(signed, kind="search")
    with pytest.raises(InvalidCursor):
        Cursors(lambda: b"another").read(signed, kind="history")


@given(st.data())
def test_a_changed_character_makes_it_invalid(data: st.DataObject) -> None:
    signed = _CURSORS.sign({"id": 1}, kind="history")
    # The last character of base64 holds bits that decoding ignores.
    place = data.draw(st.integers(0, len(signed) - 2))
    other = data.draw(st.sampled_from("abcXYZ019_-.").filter(lambda found: found != signed[place]))
    with pytest.raises(InvalidCursor):
        _CURSORS.read(signed[:place] + other + signed[place + 1 :], kind="history")


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    with pytest.raises(InvalidCursor):
        _CURSORS.read(text, kind="history")
