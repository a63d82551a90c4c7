"""Everything that an installation's folder holds, decrypted page by page: what no query shows is there as well.

A page of SQLCipher 4 ends with 16 bytes of initialisation vector and 64 of HMAC; the first begins with the salt.
The store's key is given as it is, so it encrypts pages without a derivation (https://www.zetetic.net/sqlcipher/design).
"""

import zipfile
from collections.abc import Iterator
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from app.services.exchange import trust
from app.storage.keyring import read_keyring
from app.storage.sealing import unwrap
from app.sync.bundle import read_bundle
from tests.factories import MANAGER, PASSWORD
from tests.services.exchange.network import Site

_PAGE: Final = 4096
_END: Final = 80
_SALT: Final = 16
_LOG_HEAD, _FRAME_HEAD = 32, 24


def everything_in(site: Site) -> Iterator[tuple[str, bytes]]:
    """Each file below the folder, by name: pages of stores, of their logs and of copies in clear, the rest as it is."""
    key = unwrap(read_keyring(site.paths.keyring), MANAGER, PASSWORD).raw
    for path in sorted(site.paths.folder.rglob("*")):
        if not path.is_file():
            continue
        name, content = str(path.relative_to(site.paths.folder)), path.read_bytes()
        if path.name.endswith(".db-wal"):
            yield name, _log_in_clear(content, key)
        elif path.name.endswith(".db"):
            yield name, _store_in_clear(content, key)
        elif zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                yield name, _store_in_clear(archive.read("wasl.db"), key)
        else:
            yield name, content


def content_of(bundle: bytes, reader: Site, sender: Site) -> bytes:
    """What a bundle says to one of those it is for."""
    identity = sender.hub.write(trust.own_identity)
    keys = reader.hub.write(trust.own_keys)
    me = reader.hub.actor.installation_id
    return read_bundle(bundle, me=me, keys=keys, known=lambda _who: identity, now=reader.clock()).payload


def _store_in_clear(content: bytes, key: bytes) -> bytes:
    pages = (content[start : start + _PAGE] for start in range(0, len(content), _PAGE))
    return b"".join(_page_in_clear(page, key, first=number == 0) for number, page in enumerate(pages))


def _log_in_clear(content: bytes, key: bytes) -> bytes:
    found = []
    for start in range(_LOG_HEAD, len(content) - _PAGE, _FRAME_HEAD + _PAGE):
        number = int.from_bytes(content[start : start + 4])
        page = content[start + _FRAME_HEAD : start + _FRAME_HEAD + _PAGE]
        found.append(_page_in_clear(page, key, first=number == 1))
    return b"".join(found)


def _page_in_clear(page: bytes, key: bytes, *, first: bool) -> bytes:
    vector = page[-_END:][:16]
    decryptor = Cipher(algorithms.AES256(key), modes.CBC(vector)).decryptor()
    return decryptor.update(page[_SALT if first else 0 : -_END]) + decryptor.finalize()
