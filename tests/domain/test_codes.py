"""The code lists that ship with Wasl: complete in three languages, and no code is ever taken back."""

import json
import re
from importlib.resources import files
from typing import Final, cast

import pytest

from app.domain.codes import Code, code_label, code_list, is_code
from app.domain.people import is_arabic

GIVEN_OUT: Final[dict[str, str]] = {
    "appointment_states": "planned kept missed cancelled",
    "application_states": "received preselected declined accepted reserve rejected withdrawn",
    "birth_precisions": "day year estimated",
    "bond_kinds": "spouse parent child sibling friend neighbour companion",
    "case_kinds": "startup auto_entrepreneur associations marketing orientation employment other",
    "call_states": "draft open scoring decided cancelled",
    "consent_ways": "oral signature thumbprint refused",
    "consents": "registration sharing statistics photo_press phone_contact follow_up",
    "counters": "startup auto_entrepreneur associations marketing orientation",
    "education": "none primary lower_secondary upper_secondary higher vocational",
    "exits": "active_6_months active_12_months active_24_months job_obtained training_certified referred dropped_out"
    " left_country lost_contact ineligible duplicate deceased",
    "funding_kinds": "startup_fund work_grant agr_grant equipment formalities",
    "funding_states": "requested preselected in_committee granted agreement_signed paid justified settled cancelled"
    " recovered",
    "hubs": "RBT TNG OUJ BML",
    "legal_forms": "sarl cooperative auto_entrepreneur agr association",
    "member_roles": "holder managing partner president treasurer secretary cooperator employee",
    "milestones": "business_plan bank_account premises equipment first_sale first_job accounts_kept break_even",
    "placements": "paid_internship fixed_term permanent foreign_worker",
    "registration_states": "none in_process full",
    "registration_steps": "negative_certificate articles headquarters capital_deposit registration_duty business_tax"
    " commercial_register ice cnss legal_notices cooperative_name founding_assembly governing_body authority_receipt"
    " cooperative_register member_register ae_eligibility ae_online ae_deposit ae_card ae_cnss ae_first_return"
    " association_articles association_office association_filing provisional_receipt final_receipt"
    " association_account agr_market agr_status",
    "residence": "moroccan valid_permit regularised receipt refugee asylum_seeker visa_student irregular stateless"
    " not_stated refused",
    "roles": "receptionist advisor manager data_protection coordinator",
    "sectors": "catering painting construction communication sewing hair_beauty decoration cleaning audiovisual"
    " technology education car_mechanics agriculture trade transport other",
    "session_kinds": "intake individual_coaching group_workshop pre_incubation business_plan jury post_creation"
    " field_visit employer_mediation legal_information",
    "session_results": "continues goal_reached papers_missing referred no_show stopped",
    "sexes": "f m",
    "stages": "call application preselection pre_incubation committee agreement funding monitoring acceleration exit",
    "venture_kinds": "agr auto_entrepreneur cooperative collective_startup association",
    "visit_reasons": "startup auto_entrepreneur associations marketing orientation employment training health"
    " education legal_aid papers appointment information other",
    "referral_states": "sent accepted declined done cancelled",
    "candidacy_states": "proposed interview accepted refused withdrew",
    "offer_states": "open closed",
    "placement_states": "current completed resigned dismissed employer_closed papers_refused left_country other",
    "still_there": "yes no unreached",
    "foreigner_contract_steps": "anapec contract taechir entry_visa registration_card cnss",
    "payment_ways": "transfer cheque cash money_order supplier in_kind",
    "tranche_states": "waiting ready part_paid paid over_paid justified recovered",
    "training_kinds": "entrepreneurship management marketing digital trade language employability"
    " law associations health other",
    "training_states": "planned running over finished cancelled",
    "enrolment_states": "enrolled waiting withdrawn",
    "presence_marks": "present late absent excused",
    "assessment_results": "passed failed",
    "certificate_states": "issued reprinted replaced revoked",
    "revocation_reasons": "error not_earned wrong_person fraud lost spoilt other",
}
"""Every code that was ever shipped. Records hold them, so a line here only ever grows."""

NOT_A_LIST: Final = {"counters_by_hub", "registration_by_form", "step_templates"}
BUTTON: Final = 18
"""Characters that a counter's key on the desk has room for."""


def shipped_lists() -> set[str]:
    return {
        entry.name.removesuffix(".json") for entry in (files("resources") / "codes").iterdir() if ".json" in entry.name
    } - NOT_A_LIST


def test_lists_shipped_are_the_lists_known_here() -> None:
    assert shipped_lists() == set(GIVEN_OUT)


@pytest.mark.parametrize("name", sorted(GIVEN_OUT))
def test_no_code_is_ever_removed(name: str) -> None:
    assert set(GIVEN_OUT[name].split()) <= {entry.code for entry in code_list(name)}


@pytest.mark.parametrize("name", sorted(GIVEN_OUT))
def test_new_code_is_written_down_here(name: str) -> None:
    assert {entry.code for entry in code_list(name)} - {""} == set(GIVEN_OUT[name].split())


@pytest.mark.parametrize("name", sorted(GIVEN_OUT))
def test_codes_are_unique_and_plain(name: str) -> None:
    codes = [entry.code for entry in code_list(name)]
    form = r"[A-Z]{3}" if name == "hubs" else r"[a-z][a-z0-9]*(_[a-z0-9]+)*"
    assert len(codes) == len(set(codes))
    # the sex that is not stated is kept as nothing
    assert all(re.fullmatch(form, code) for code in codes if code or name != "sexes")


def labels(entry: Code) -> dict[str, str]:
    return {language: entry.label(language) for language in ("fr", "en", "ar")}


@pytest.mark.parametrize("name", sorted(GIVEN_OUT))
def test_each_code_has_a_clean_label_in_each_language(name: str) -> None:
    for entry in code_list(name):
        for language, label in labels(entry).items():
            assert label, f"{name}/{entry.code} has no label in {language}"
            assert label == " ".join(label.split()), f"{name}/{entry.code}: spaces in {language}"
            assert is_arabic(label) == (language == "ar"), f"{name}/{entry.code}: wrong script in {language}"
            assert "'" not in label, f"{name}/{entry.code}: a typewriter's apostrophe in {language}"


@pytest.mark.parametrize("name", sorted(GIVEN_OUT))
def test_labels_tell_the_codes_of_a_list_apart(name: str) -> None:
    for language in ("fr", "en", "ar"):
        shown = [entry.label(language) for entry in code_list(name)]
        assert len(shown) == len(set(shown)), f"{name}: one label for two codes in {language}"


def test_counter_labels_fit_their_key() -> None:
    for entry in code_list("counters"):
        assert all(len(label) <= BUTTON for label in labels(entry).values()), entry.code


def counters_by_hub() -> dict[str, list[str]]:
    text = (files("resources") / "codes" / "counters_by_hub.json").read_text(encoding="utf-8")
    return cast("dict[str, list[str]]", json.loads(text))


def test_hubs_start_with_known_counters() -> None:
    table = counters_by_hub()
    assert set(table) - {"default"} <= {entry.code for entry in code_list("hubs")}
    for codes in table.values():
        assert len(codes) == len(set(codes))
        assert all(is_code("counters", code) for code in codes)


def test_only_the_hubs_that_orient_towards_services_have_a_fifth_counter() -> None:
    table = counters_by_hub()
    assert [code for code, counters in table.items() if "orientation" in counters] == ["OUJ", "BML"]
    assert len(table["default"]) == 4


def test_every_counter_is_a_reason_to_come() -> None:
    assert all(is_code("visit_reasons", entry.code) for entry in code_list("counters"))


def test_code_of_a_later_version_is_shown_as_it_is() -> None:
    assert code_label("sectors", "space_travel", "fr") == "space_travel"
    assert code_label("sectors", "sewing", "ar") == "الخياطة"
