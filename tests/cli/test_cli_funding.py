"""`waslctl funding`, `referrals`, `placements`: followed from the request to the gauge by who only types."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from app.clock import day_of, system_clock
from tests.cli.conftest import Run

Ask = Callable[..., Any]


def test_money_is_followed_from_the_request_to_the_gauge(ask: Ask, run: Run) -> None:
    today = day_of(system_clock()).isoformat()
    person = ask("people", "add", "--name", "Awa Fall")
    assert ask("funding", "rate", "10,85", "--day", today, "--source", "Bank Al-Maghrib")["mad_per_eur"] == "10.85"
    asked = ask("funding", "add", "--person", person["number"], "--kind", "startup_fund", "--amount", "30 000,00")
    number = asked["number"]
    assert (asked["state"], asked["amount"], asked["currency"]) == ("requested", "30000.00", "MAD")
    planned = ask("funding", "tranche", number, "--amount", "20000", "--condition", "Bail")
    assert planned["unplanned"] == "10000.00"
    assert ask("funding", "grant", number)["state"] == "granted"
    assert ask("funding", "sign", number)["state"] == "agreement_signed"
    refused = run("funding", "pay", number)
    assert (refused.status, "condition" in refused.err) == (1, True)
    assert ask("funding", "tranche", number, "--met", "1", "--note", "Bail vu")["tranches"][0]["state"] == "ready"
    paid = ask("funding", "pay", number, "--amount", "12 000,50")
    assert (paid["amount"], paid["euros"], paid["rate"]) == ("12000.50", "1106.04", "10.85")
    euros = ask("funding", "pay", number, "--amount", "100 EUR", "--way", "cash")
    assert (euros["currency"], euros["euros"]) == ("EUR", "100.00")
    back = ask("funding", "recover", euros["id"], "--reason", "Erreur")
    assert (back["amount"], back["recovered"]) == ("-100.00", True)
    assert ask("funding", "justify", number, "--note", "Facture 17")["state"] == "justified"
    gauge = ask("funding", "gauge", "--list", "paid")
    assert (gauge["paid"], gauge["committed"], gauge["reached"]) == ("1106.04", "1658.94", False)
    assert [entry["euros"] for entry in gauge["entries"]] == ["1106.04", "100.00", "-100.00"]
    assert ask("funding", "close", number)["state"] == "settled"
    assert ask("funding", "show", number) == ask("funding", "list", "--person", person["number"])[0]
    for words in (["show", number], ["list"], ["gauge"], ["gauge", "--list", "committed"]):
        shown = run("funding", *words)
        assert (shown.status, shown.err) == (0, "")
    assert "12\N{NO-BREAK SPACE}000,50\N{NO-BREAK SPACE}MAD" in run("funding", "show", number).out


def test_what_is_no_amount_is_refused(ask: Ask, run: Run) -> None:
    person = ask("people", "add", "--name", "Awa Fall")["number"]
    for wrong in ("1,2,3", "douze", "-5", "0"):
        ran = run("funding", "add", "--person", person, "--kind", "startup_fund", f"--amount={wrong}")
        assert ran.status == 1, ran.out
    assert ask("funding", "list") == []


def test_a_referral_is_sent_answered_and_done(ask: Ask, run: Run) -> None:
    person = ask("people", "add", "--name", "Awa Fall")["number"]
    partner = ask("referrals", "add-partner", "Dispensaire", "--services", "santé")
    assert ask("referrals", "partners") == [partner]
    refused = run("referrals", "send", person, "--partner", partner["id"], "--service", "health")
    assert (refused.status, "consent" in refused.err) == (1, True)
    sent = ask("referrals", "send", person, "--partner", partner["id"], "--service", "health", "--override", "Urgence")
    assert (sent["state"], sent["to"], sent["override_reason"]) == ("sent", "Dispensaire", "Urgence")
    assert ask("referrals", "list", "--sent") == [sent]
    assert ask("referrals", "accept", sent["id"], "--text", "Mardi")["state"] == "accepted"
    assert ask("referrals", "finish", sent["id"], "--text", "Vaccinée")["state"] == "done"
    assert ask("referrals", "list", "--person", person)[0]["result"] == "Vaccinée"
    assert ask("referrals", "list", "--late") == ask("referrals", "list") == []
    assert "Dispensaire" in run("referrals", "list", "--person", person).out
    assert run("referrals", "send", person, "--hub", "XXX", "--service", "health").status == 1


def test_a_placement_is_begun_checked_and_ended(ask: Ask, run: Run) -> None:
    today = day_of(system_clock())
    person = ask("people", "add", "--name", "Awa Fall", "--nationality", "CI")["number"]
    employer = ask("placements", "add-employer", "Atlas Couture", "--sector", "sewing")["id"]
    starts = (today - timedelta(days=100)).isoformat()
    made = ask(
        "placements", "add", person, "--employer", employer, "--kind", "foreign_worker", "--title", "Couturière",
        "--starts", starts,
    )  # fmt: skip
    assert [item["code"] for item in made["steps"]] == ["anapec", "contract", "taechir", "registration_card", "cnss"]
    assert ask("placements", "list", "--due") == [made] == ask("placements", "list", "--person", person)
    checked = ask("placements", "check", made["id"], "yes")
    assert (checked["still_there"], checked["checked"]) == ("yes", today.isoformat())
    assert ask("placements", "list", "--due") == []
    ended = ask("placements", "end", made["id"], "--reason", "resigned", "--note", "Part à Fès")
    assert (ended["state"], ended["ends"], all(item["dropped"] for item in ended["steps"])) == (
        "resigned", today.isoformat(), True,
    )  # fmt: skip
    assert run("placements", "end", made["id"], "--reason", "bored").status == 1
    assert "Couturière" in run("placements", "list").out
