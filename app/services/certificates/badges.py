"""An Open Badges 3.0 file to be given along with a certificate: a W3C Verifiable Credential as a signed JWT.

After 1EdTech's Open Badges 3.0, § 8.2 (JSON Web Token proof format), with EdDSA (RFC 8037); the issuer is named by its
key (did:key), so that it is checked without a network. Whether the paper was revoked since, only an office can tell.
"""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Final

from app.clock import HUB_ZONE, to_local
from app.domain.accounts import Permission
from app.domain.ids import CertificateId
from app.domain.papers import VALID, Certificate
from app.domain.sheets import CertificateKind, CertificateSheet
from app.errors import UserError
from app.i18n import _
from app.services.access import require
from app.services.certificates.life import frozen_sheet, show
from app.services.exchange.trust import own_keys
from app.storage.unit_of_work import UnitOfWork
from app.sync.trust import sign

CONTEXTS: Final = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
_TYPES: Final = {
    CertificateKind.PARTICIPATION: "CertificateOfCompletion",
    CertificateKind.ACCOMPANIMENT: "Certificate",
    CertificateKind.TRAINING: "Certificate",
}
"""Of the vocabulary of kinds of achievements; nothing there means less than completion."""
_ED25519: Final = b"\xed\x01"
"""ed25519-pub of the multicodec table."""
_BASE58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_MARKS: Final = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\u200e\u200f\u061c"))


@dataclass(frozen=True, slots=True)
class Badge:
    """The file's content (a compact JWS), the credential in it, and a name for the file."""

    token: str
    credential: dict[str, object]
    file_name: str


def make_badge(certificate_id: CertificateId, uow: UnitOfWork) -> Badge:
    """The badge of a valid certificate that this office issued, signed with its key of now.

    Raises NotFoundError, and UserError for one that is not valid, is of another office, or whose holder was erased.
    """
    require(uow, Permission.ISSUE_PAPERS)
    found, sheet = show(certificate_id, uow), frozen_sheet(certificate_id, uow)
    if found.state not in VALID:
        raise UserError(_("{number} is not valid any more. No badge was made.").format(number=found.number))
    if found.installation_id != uow.actor.installation_id:
        raise UserError(_("A badge is made by the office that issued the certificate. None was made."))
    keys = own_keys(uow)
    key = keys.public.ed25519
    credential = _credential(found, sheet, did_of(key))
    header = {"alg": "EdDSA", "typ": "JWT", "jwk": {"kty": "OKP", "crv": "Ed25519", "x": _base64(key)}}
    claims = {
        **credential,
        "iss": did_of(key),
        "jti": credential["id"],
        "nbf": int(_valid_from(found).timestamp()),
    }
    signed = f"{_part(header)}.{_part(claims)}"
    token = f"{signed}.{_base64(sign(keys, signed.encode('ascii')))}"
    uow.note("exported", "certificate", certificate_id, found.number)
    return Badge(token, credential, f"{found.number}.jwt")


def did_of(key: bytes) -> str:
    """An Ed25519 key as did:key: the multicodec key in base58btc."""
    raw = _ED25519 + key
    number, digits = int.from_bytes(raw), ""
    while number:
        number, digit = divmod(number, len(_BASE58))
        digits = _BASE58[digit] + digits
    return f"did:key:z{digits}"


def _credential(found: Certificate, sheet: CertificateSheet, issuer: str) -> dict[str, object]:
    text = sheet.texts[0]
    title = _plain(text.title)
    return {
        "@context": list(CONTEXTS),
        "id": f"urn:uuid:{found.id}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": title,
        "issuer": {"id": issuer, "type": ["Profile"], "name": _plain(text.issuer)},
        "validFrom": _valid_from(found).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                {"type": "IdentityObject", "hashed": False, "identityHash": name, "identityType": "name"}
                for name in (sheet.holder_name, sheet.holder_name_ar)
                if name
            ],
            "achievement": {
                "id": f"urn:wasl:{found.number}",
                "type": ["Achievement"],
                "achievementType": _TYPES[found.kind],
                "humanCode": found.number,
                "inLanguage": text.language,
                "name": title,
                "description": _plain(" ".join(text.body)) or title,
                "criteria": {"narrative": _plain(" ".join((*text.body, text.note)).strip()) or title},
            },
        },
    }


def _valid_from(found: Certificate) -> datetime:
    """The day of issue; of one that was issued today, the moment: a badge is not to be valid before it is given."""
    begin = datetime.combine(found.issued_on, time(), HUB_ZONE)
    return min(begin, to_local(found.issued_at))


def _plain(text: str) -> str:
    return text.translate(_MARKS)


def _part(content: Mapping[str, object]) -> str:
    return _base64(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())


def _base64(content: bytes) -> str:
    return urlsafe_b64encode(content).decode("ascii").rstrip("=")
