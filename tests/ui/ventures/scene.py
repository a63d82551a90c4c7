"""A hub with ventures along the whole path, their people and their money."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, cast

from app.bootstrap import Hub
from app.domain.funding import Move, NewAgreement, NewPayment, NewTranche
from app.domain.ids import CallId, PersonId, VentureId
from app.domain.money import Currency, Money
from app.domain.path import stages
from app.domain.people import NewPerson, Sex
from app.domain.selection import NewCall, NewCriterion
from app.domain.ventures import MonthlyFigure, NewMember, NewVenture, Registration
from app.services import (
    applications,
    budget,
    calls,
    funding,
    members,
    monthly_figures,
    path,
    payments,
    people,
    venture_steps,
    ventures,
)

RATE = Decimal("10.85")
LONG_AGO = date(2026, 3, 2)


def add_person(hub: Hub, name: str, sex: str = "") -> PersonId:
    return hub.write(lambda uow: people.add(NewPerson(name, sex=Sex(sex) if sex else Sex.NOT_STATED), uow)).value.id


def add_venture(hub: Hub, name: str, *holders: PersonId, stage: str = "call", **fields: str) -> VentureId:
    me = hub.actor.account_id
    new = replace(NewVenture(name, city="Rabat", advisor_id=me), **cast("dict[str, Any]", fields))
    made = hub.write(lambda uow: ventures.add(new, uow)).value.id
    for number, holder in enumerate(holders):
        share = 10_000 // len(holders) + (10_000 % len(holders) if number == 0 else 0)
        role = "managing" if number == 0 else "partner"
        hub.write(lambda uow, h=holder, s=share, r=role: members.add_member(made, NewMember(h, r, s, LONG_AGO), uow))  # type: ignore[misc]
    for one in stages()[1 : stages().index(stage) + 1]:
        hub.write(lambda uow, one=one: path.move(made, one, uow, reason="repris des dossiers papier"))  # type: ignore[misc]
    return made


def note_months(hub: Hub, venture: VentureId, first: date, turnovers: tuple[str | None, ...]) -> None:
    month = first
    for turnover in turnovers:
        if turnover is not None:
            amount = Decimal(turnover)
            figure = MonthlyFigure(month, amount, int(amount) // 400, 2, 1)
            hub.write(lambda uow, figure=figure: monthly_figures.note_figure(venture, figure, uow))  # type: ignore[misc]
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)


def set_rate(hub: Hub, day: date = date(2026, 1, 1)) -> None:
    hub.write(lambda uow: budget.set_rate(day, RATE, "BAM", uow))


def fund(hub: Hub, venture: VentureId, receiver: PersonId, amount: str = "120000") -> None:
    """An agreement that is signed, with a tranche paid, one whose condition is not met, one later."""
    whole = Decimal(amount)
    new = NewAgreement(
        "startup_fund",
        Money(whole, Currency.MAD),
        venture_id=venture,
        tranches=(
            NewTranche(whole / 2, "", date(2026, 6, 1)),
            NewTranche(whole / 4, "Registre du commerce", date(2026, 9, 1)),
            NewTranche(whole / 4, "Six mois de chiffres", date(2027, 1, 1)),
        ),
    )
    agreement = hub.write(lambda uow: funding.add(new, uow)).value
    for move in (Move.GRANT, Move.SIGN):
        hub.write(lambda uow, move=move: funding.move(agreement.id, move, uow))  # type: ignore[misc]
    first = agreement.tranches[0]
    hub.write(lambda uow: payments.pay(NewPayment(first.id, received_by=receiver), uow))
    hub.write(lambda uow: payments.justify(first.id, "Factures du four et du local", uow, amount=whole / 4))


def register(hub: Hub, venture: VentureId) -> None:
    hub.write(lambda uow: venture_steps.lay_registration(venture, uow, date(2026, 7, 1)))
    steps = hub.read(lambda uow: ventures.show(venture, uow)).registration_steps
    for step in steps[:3]:
        hub.write(lambda uow, step=step: venture_steps.mark_step(step.id, venture, uow, done=True))  # type: ignore[misc]
    hub.write(lambda uow: ventures.set_registration(venture, Registration.IN_PROCESS, "", None, uow))
    hub.write(lambda uow: venture_steps.add_milestone(venture, uow, code="premises", due=date(2026, 12, 15)))


def set_up(hub: Hub) -> VentureId:
    """Ventures on every step; the id of the one that has everything."""
    set_rate(hub)
    awa, moussa, fatou, khadija, yassine, jean = (
        add_person(hub, name, sex)
        for name, sex in (
            ("Awa Diop", "f"), ("Moussa Traoré", "m"), ("Fatou Ndiaye", "f"), ("Khadija El Amrani", "f"),
            ("Yassine Bennani", "m"), ("Jean-Baptiste Kouassi", "m"),
        )
    )  # fmt: skip
    full = add_venture(
        hub, "Saveurs du Sahel", awa, moussa, fatou, stage="funding", sector="catering", legal_form="sarl",
        activity="Restaurant et traiteur", name_ar="نكهات الساحل",
    )  # fmt: skip
    fund(hub, full, awa)
    register(hub, full)
    note_months(hub, full, date(2026, 4, 1), ("8200", "9650.50", None, "12400", "11800", "15300", "16250"))
    add_venture(hub, "Couture Atlas", khadija, stage="monitoring", sector="sewing", kind="cooperative")
    add_venture(hub, "Clean & Net Océan", yassine, jean, stage="pre_incubation", sector="cleaning")
    add_venture(hub, "Studio Baobab – production audiovisuelle et formation", jean, stage="committee",
                sector="audiovisual")  # fmt: skip
    add_venture(hub, "Peinture Moderne", moussa, stage="application", sector="painting", kind="auto_entrepreneur")
    add_venture(hub, "Ferme de Zaër", stage="call", sector="agriculture", kind="agr")
    add_venture(hub, "مطبخ النخيل", khadija, fatou, stage="call", sector="catering", kind="cooperative")
    add_venture(hub, "Garage Solidaire", yassine, stage="preselection", sector="car_mechanics")
    add_venture(hub, "Tissages d'Afrique", awa, stage="acceleration", sector="sewing")
    return full


def set_up_call(hub: Hub) -> CallId:
    """A call with three criteria, a jury of one, three shortlisted applications."""
    new = NewCall("AMI-2026-2", "Appel d'automne 2026", "Autumn call 2026", "طلب خريف 2026", (), date(2026, 9, 1),
                  date(2027, 12, 31), 2)  # fmt: skip
    call = hub.write(lambda uow: calls.add_call(new, uow)).value
    hub.write(lambda uow: calls.edit_call(call.id, {"state": "open"}, uow))
    for labels, weight in (
        (("Équipe", "Team", "الفريق"), 2),
        (("Marché", "Market", "السوق"), 3),
        (("Impact social", "Social impact", "الأثر الاجتماعي"), 1),
    ):
        new_one = NewCriterion(*labels, weight)
        hub.write(lambda uow, n=new_one: calls.add_criterion(call.id, n, uow))  # type: ignore[misc]
    hub.write(lambda uow: calls.set_juror(call.id, hub.actor.account_id, uow))
    holder = add_person(hub, "Mariam Coulibaly", "f")
    for name in ("Les Délices de Salé", "Atelier Zellige", "Verger d'Oued"):
        wanted = NewVenture(name, sector="catering", activity=name, city="Salé")
        made = hub.write(lambda uow, wanted=wanted: ventures.add(wanted, uow)).value  # type: ignore[misc]
        hub.write(lambda uow, v=made.id: members.add_member(v, NewMember(holder, "partner", 0, LONG_AGO), uow))  # type: ignore[misc]
        one = hub.write(lambda uow, v=made.id: applications.apply(call.id, v, uow)).value  # type: ignore[misc]
        hub.write(lambda uow, a=one.id: applications.set_complete(a, uow, complete=True))  # type: ignore[misc]
        hub.write(lambda uow, a=one.id: applications.preselect(a, uow, keep=True))  # type: ignore[misc]
    return call.id
