"""Certificates in words: their kinds, languages, state, and what a check of one found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.domain.codes import code_label
from app.domain.papers import LANGUAGE_CHOICES, PaperState, Verdict
from app.domain.sheets import CertificateKind
from app.i18n import _, current_language
from ui.people.wording import full_name, isolate, join_facts
from ui.ventures.amounts import word_date
from ui.widgets.words import keep_left_to_right

if TYPE_CHECKING:
    from app.domain.papers import Certificate
    from ui.widgets.choices import Options

STATE_SIGNS: Final = {
    PaperState.ISSUED: ("check", "good"),
    PaperState.REPRINTED: ("check", "good"),
    PaperState.REPLACED: ("exchange", "attention"),
    PaperState.REVOKED: ("close", "danger"),
}
"""Icon and colour of a state; its word always stands beside them."""
VERDICT_SIGNS: Final = {
    Verdict.AUTHENTIC: ("check", "good"),
    Verdict.ALTERED: ("close", "danger"),
    Verdict.UNKNOWN_KEY: ("warning", "attention"),
    Verdict.REVOKED: ("close", "danger"),
}


def word_kind(kind: str) -> str:
    """A kind of certificate."""
    words = {
        CertificateKind.PARTICIPATION: _("Certificate of participation"),
        CertificateKind.ACCOMPANIMENT: _("Certificate of accompaniment"),
        CertificateKind.TRAINING: _("Certificate of training"),
    }
    return words.get(CertificateKind(kind), kind) if kind in set(CertificateKind) else kind


def word_state(state: PaperState) -> str:
    """Whether a certificate is valid."""
    return code_label("certificate_states", str(state), current_language())


def word_verdict(verdict: Verdict) -> str:
    """What a check found, in a word or two that can be read from afar."""
    return {
        Verdict.AUTHENTIC: _("Authentic"),
        Verdict.ALTERED: _("Altered"),
        Verdict.UNKNOWN_KEY: _("Unknown key"),
        Verdict.REVOKED: _("Revoked"),
    }[verdict]


def word_languages(languages: str) -> str:
    """In which languages a certificate is."""
    words = {
        "fr+ar": _("French and Arabic"),
        "fr": _("French"),
        "ar": _("Arabic"),
        "en": _("English"),
        "en+ar": _("English and Arabic"),
    }
    return words.get(languages, languages)


def language_options() -> Options:
    """What a certificate can be written in, the usual choice first."""
    return [(key, lambda key=key: word_languages(key)) for key in LANGUAGE_CHOICES]  # type: ignore[misc]


def word_holder(found: Certificate) -> str:
    """Whose certificate it is."""
    return _("Erased person") if found.erased else full_name(found.name, found.name_ar)


def word_facts(found: Certificate) -> str:
    """Kind, day and languages of a certificate in a line."""
    return join_facts(word_kind(found.kind), word_date(found.issued_on), word_languages(found.languages))


def word_title(found: Certificate) -> str:
    """Name and number: both are searched for."""
    return join_facts(word_holder(found), keep_left_to_right(found.number))


def word_names(name: str, name_ar: str) -> str:
    """Both names of a holder."""
    return join_facts(name, name_ar)


def word_number(number: str) -> str:
    """A number amid words of either direction."""
    return isolate(number)
