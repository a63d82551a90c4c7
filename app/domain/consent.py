"""Consents: versioned, in the person's language, given in a stated way, and withdrawn at any time (law 09-08)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.domain.ids import ConsentId, PersonId

NOTICE_VERSION: Final = 1
"""Version of the notice that the desk reads out; raised when its text changes in meaning."""
REGISTRATION: Final = "registration"


class ConsentWay(StrEnum):
    """How somebody answered; REFUSED is an answer too, and is kept. Code list `consent_ways`."""

    ORAL = "oral"
    SIGNATURE = "signature"
    THUMBPRINT = "thumbprint"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Consent:
    """One answer of one person. `kind` is of code list `consents`; moments are epoch milliseconds."""

    id: ConsentId
    person_id: PersonId
    kind: str
    version: int
    language: str
    way: ConsentWay
    given_at: int
    witness: str = ""
    expires_at: int | None = None
    withdrawn_at: int | None = None
