"""Ids of records. All are UUID version 7 (RFC 9562) or, for what every hub must name alike, version 5."""

from typing import Final, NewType
from uuid import UUID, uuid5

AccountId = NewType("AccountId", UUID)
AgreementId = NewType("AgreementId", UUID)
ApplicationId = NewType("ApplicationId", UUID)
AppointmentId = NewType("AppointmentId", UUID)
AttachmentId = NewType("AttachmentId", UUID)
BondId = NewType("BondId", UUID)
BudgetLineId = NewType("BudgetLineId", UUID)
CallId = NewType("CallId", UUID)
CandidacyId = NewType("CandidacyId", UUID)
CaseId = NewType("CaseId", UUID)
CertificateId = NewType("CertificateId", UUID)
ConsentId = NewType("ConsentId", UUID)
CounterId = NewType("CounterId", UUID)
CriterionId = NewType("CriterionId", UUID)
DayId = NewType("DayId", UUID)
EmployerId = NewType("EmployerId", UUID)
EnrolmentId = NewType("EnrolmentId", UUID)
HubId = NewType("HubId", UUID)
InstallationId = NewType("InstallationId", UUID)
LogoId = NewType("LogoId", UUID)
MemberId = NewType("MemberId", UUID)
OfferId = NewType("OfferId", UUID)
PaperId = NewType("PaperId", UUID)
PartnerId = NewType("PartnerId", UUID)
PaymentId = NewType("PaymentId", UUID)
PersonId = NewType("PersonId", UUID)
PlaceId = NewType("PlaceId", UUID)
PlacementId = NewType("PlacementId", UUID)
ReferralId = NewType("ReferralId", UUID)
SessionId = NewType("SessionId", UUID)
StepId = NewType("StepId", UUID)
TemplateId = NewType("TemplateId", UUID)
TrainingDayId = NewType("TrainingDayId", UUID)
TrainingId = NewType("TrainingId", UUID)
TrancheId = NewType("TrancheId", UUID)
VentureId = NewType("VentureId", UUID)
VisitId = NewType("VisitId", UUID)

_WASL: Final = UUID("5f0a6f0e-6c1b-5d0e-9d5c-6a1f3b1c7e2d")


def shared_id(kind: str, *names: str) -> UUID:
    """The id that each installation gives to the same thing without having met (UUID version 5)."""
    return uuid5(_WASL, "\x1f".join((kind, *names)))


def hub_id(code: str) -> HubId:
    """The id of the hub with a three-letter code."""
    return HubId(shared_id("hub", code))


def counter_id(hub: HubId, code: str) -> CounterId:
    """The id of a hub's counter."""
    return CounterId(shared_id("counter", hub.hex, code))


def day_id(installation: InstallationId, day: str) -> DayId:
    """The id of one installation's day, `day` as YYYY-MM-DD."""
    return DayId(shared_id("day", installation.hex, day))
