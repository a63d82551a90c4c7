"""Open Badges 3.0: accepted by a verifier that others wrote, and refused by it once a letter is changed.

The published JSON schema may not be shipped with other work; what it demands of a credential is written out here.
"""

import json
import re
from base64 import urlsafe_b64decode
from typing import Any

import pytest
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier

from app.errors import UserError
from app.hub import Hub
from app.services.certificates import badges, life
from app.services.certificates.badges import Badge
from app.services.certificates.issuing import Issued
from tests.factories import SettableClock
from tests.services.papers import hold_training, issue

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@pytest.fixture
def issued(hub: Hub, clock: SettableClock) -> Issued:
    _training, (awa, *_others) = hold_training(hub, clock)
    return issue(hub, awa)


def make(hub: Hub, issued: Issued) -> Badge:
    return hub.write(lambda uow: badges.make_badge(issued.id, uow))


def part(token: str, number: int) -> Any:  # noqa: ANN401 - whatever stands there
    raw = token.split(".")[number]
    return json.loads(urlsafe_b64decode(raw + "=" * (-len(raw) % 4)))


def test_an_independent_verifier_accepts_it_by_the_key_that_names_the_issuer(hub: Hub, issued: Issued) -> None:
    made = make(hub, issued)
    issuer = part(made.token, 1)["iss"]
    found = OB3Verifier.for_issuer_did(issuer).verify(made.token)
    assert found.achievement.name == "Attestation de participation"
    assert found.issuer.id == issuer
    assert "Awa Ndiaye" in json.dumps(made.credential)


def test_it_is_refused_with_any_change(hub: Hub, issued: Issued) -> None:
    made = make(hub, issued)
    verifier = OB3Verifier.for_issuer_did(part(made.token, 1)["iss"])
    header, claims, signature = made.token.split(".")
    for changed in (
        f"{header}.{claims[:-1]}{'A' if claims[-1] != 'A' else 'B'}.{signature}",
        f"{header}.{claims}.{signature[:-5]}{'A' if signature[-5] != 'A' else 'B'}{signature[-4:]}",
        f"{header}.{claims}.",
    ):
        with pytest.raises(OB3VerificationError):
            verifier.verify(changed)


def test_it_has_all_that_the_schema_demands(hub: Hub, issued: Issued) -> None:
    made = make(hub, issued)
    credential = part(made.token, 1)
    assert {name: credential[name] for name in made.credential} == made.credential
    assert credential["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert re.fullmatch(r"https://purl\.imsglobal\.org/spec/ob/v3p0/context-3\.0\.\d\.json", credential["@context"][1])
    assert set(credential["type"]) == {"VerifiableCredential", "OpenBadgeCredential"}
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", credential["id"])
    assert credential["jti"] == credential["id"]
    assert _MOMENT.fullmatch(credential["validFrom"])
    assert credential["issuer"]["type"] == ["Profile"]
    assert credential["issuer"]["name"]
    subject = credential["credentialSubject"]
    assert subject["type"] == ["AchievementSubject"]
    for item in subject["identifier"]:
        assert item.keys() == {"type", "hashed", "identityHash", "identityType"}
        assert (item["type"], item["hashed"], item["identityType"]) == ("IdentityObject", False, "name")
    achievement = subject["achievement"]
    assert achievement["type"] == ["Achievement"]
    assert achievement["achievementType"] in {"Certificate", "CertificateOfCompletion"}
    assert all(achievement[name] for name in ("id", "name", "description"))
    assert achievement["criteria"].keys() == {"narrative"}
    assert part(made.token, 0)["alg"] == "EdDSA"
    # marks of direction are for paper
    assert "\u2068" not in json.dumps(credential, ensure_ascii=False)


def test_a_revoked_certificate_has_none(hub: Hub, issued: Issued) -> None:
    hub.write(lambda uow: life.revoke(issued.id, "fraud", uow))
    with pytest.raises(UserError, match="No badge"):
        make(hub, issued)
