"""Sealing a stream with a passphrase, so that what comes out is what went in, whole and in order.

AES-256-GCM in parts as in STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015): the nonce of a part is
its number and whether it is the last, so parts cannot be swapped, dropped or cut off unseen.
"""

import secrets
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from api.platform.errors import UnusableBackup

MAGIC = b"SEENEMALL-SEALED-1\n"
PART_BYTES = 64 * 1024
_SALT_BYTES = 16
_TAG_BYTES = 16
# 64 MB and a fifth of a second for every guess at a passphrase.
_SCRYPT_N, _SCRYPT_R, _SCRYPT_P = 2**16, 8, 1


def sealed(parts: Iterable[bytes], passphrase: str) -> Iterator[bytes]:
    """The head of a sealed file, then its parts; a part is at most PART_BYTES."""
    head = MAGIC + secrets.token_bytes(_SALT_BYTES)
    cipher = _cipher(passphrase, head)
    yield head + cipher.encrypt(_nonce(0, last=False), b"", head)
    for number, part, last in _numbered(parts):
        yield cipher.encrypt(_nonce(number, last=last), part, head)


def unsealed(file: BinaryIO, passphrase: str) -> Iterator[bytes]:
    """What was sealed, from the start of `file`, each part when it has proved genuine.

    Raises UnusableBackup for another passphrase, and where the file was changed or cut short.
    """
    head = file.read(len(MAGIC) + _SALT_BYTES)
    cipher = _cipher(passphrase, head)
    try:
        # An empty part tells another passphrase from damage further on.
        cipher.decrypt(_nonce(0, last=False), file.read(_TAG_BYTES), head)
    except InvalidTag as error:
        raise UnusableBackup("The passphrase is not the one of this backup.") from error
    try:
        parts = iter(lambda: file.read(PART_BYTES + _TAG_BYTES), b"")
        for number, part, last in _numbered(parts):
            yield cipher.decrypt(_nonce(number, last=last), part, head)
    except InvalidTag as error:
        raise UnusableBackup("The backup is damaged or cut short.") from error


def _numbered(parts: Iterable[bytes]) -> Iterator[tuple[int, bytes, bool]]:
    """Each part with its number from 1 and whether it is the last; of no parts one empty one."""
    number, held = 1, None
    for part in parts:
        if held is not None:
            yield number, held, False
            number += 1
        held = part
    yield number, held or b"", True


def _nonce(number: int, *, last: bool) -> bytes:
    # Numbers may begin anew in every file: the salt makes every file's key another.
    return number.to_bytes(11, "big") + bytes([last])


def _cipher(passphrase: str, head: bytes) -> AESGCM:
    salt = head[len(MAGIC) :]
    derived = Scrypt(salt=salt, length=32, n=_SCRYPT_N, r=_SCRYPT_R, p=_SCRYPT_P)
    return AESGCM(derived.derive(passphrase.encode()))
