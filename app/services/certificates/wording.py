"""What a certificate says, worded in each of its languages when it is issued, and never again."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from app.documents.text.characters import isolate
from app.documents.wording import day
from app.domain.papers import Details, PaperTexts, Template, fill_in
from app.domain.sheets import CertificateSheet, Logo, SheetText
from app.i18n import LANGUAGES, Translator, current_language, translator
from app.storage import places
from app.storage.unit_of_work import UnitOfWork

_HOUR: Final = 60


def sheet_of(
    template: Template,
    languages: str,
    details: Details,
    *,
    number: str,
    names: tuple[str, str],
    issued_on: date,
    place: Mapping[str, str],
    logos: Sequence[Logo] = (),
    code: str = "",
) -> CertificateSheet:
    """All that stands on a certificate. `names` are the holder's in Latin and in Arabic, `place` the hub's."""
    wanted = languages.split("+")
    return CertificateSheet(
        number=number,
        texts=tuple(_text(template.texts[item], item, details, issued_on, place) for item in wanted),
        holder_name=names[0] or None,
        holder_name_ar=names[1] or None,
        qr=code,
        logos=tuple(logos),
    )


def place_of(uow: UnitOfWork) -> dict[str, str]:
    """The name of the own hub's town by language."""
    row = places.installation_row(uow.connection, uow.actor.installation_id)
    return {"fr": row.label_fr, "en": row.label_en, "ar": row.label_ar}


def sample_details() -> Details:
    """Details with something in each field, for a look at a template before it is kept."""
    words = {language: translator(language) for language in LANGUAGES}
    t = translator(current_language())
    return Details(
        training={language: t("Title of the training") for language, t in words.items()},
        first_day=date(2026, 3, 2),
        last_day=date(2026, 3, 6),
        attended=18 * _HOUR,
        planned=20 * _HOUR,
        place=t("Place of the training"),
        trainer=t("Name of the trainer"),
        objectives={language: t("What it was for") for language, t in words.items()},
        skills={language: t("What people can do afterwards") for language, t in words.items()},
        sessions=8,
        counter={language: t("Name of the counter") for language, t in words.items()},
        venture=t("Name of the venture"),
    )


def values_of(details: Details, language: str, issued_on: date, place: Mapping[str, str]) -> dict[str, str]:
    """What stands in a language for each field that a text may name; empty where nothing is known."""
    t = translator(language)
    attended = _duration(details.attended, t)
    said = {
        "training": _said(details.training, language),
        "place": details.place,
        "trainer": details.trainer,
        "objectives": _said(details.objectives, language),
        "skills": _said(details.skills, language),
        "counter": _said(details.counter, language),
        "venture": details.venture,
        "hub": _said(place, language),
        "city": _said(place, language),
    }
    return {
        **{name: isolate(text) if text else "" for name, text in said.items()},
        "period": _period(details, t),
        "attended": attended,
        "planned": _duration(details.planned, t) or attended,
        "hours": attended,
        "sessions": t.ngettext("{count} session", "{count} sessions", details.sessions).format(count=details.sessions)
        if details.sessions
        else "",
        "date": day(issued_on),
    }


def _text(texts: PaperTexts, language: str, details: Details, issued_on: date, place: Mapping[str, str]) -> SheetText:
    values, t = values_of(details, language, issued_on, place), translator(language)
    body = (fill_in(paragraph, values) for paragraph in texts.body)
    return SheetText(
        language=language,
        issuer=fill_in(texts.issuer, values) or "",
        title=fill_in(texts.title, values) or "",
        lead=fill_in(texts.lead, values) or "",
        body=tuple(paragraph for paragraph in body if paragraph),
        issued=fill_in(texts.issued, values) or "",
        signatory=texts.signatory,
        function=texts.function,
        issuer_line=fill_in(texts.issuer_line, values) or "",
        note=fill_in(texts.note, values) or "",
        number_label=t("No."),
        signature_label=t("Signature"),
        stamp_label=t("Stamp"),
        check=t("Any Wasl office can check this paper by its code, without a network."),
        funded=texts.funded,
    )


def _said(texts: Mapping[str, str], language: str) -> str:
    """A text in a language, or in one that there is."""
    return texts.get(language) or next((text for text in texts.values() if text), "")


def _period(details: Details, t: Translator) -> str:
    first, last = details.first_day or details.last_day, details.last_day or details.first_day
    if first is None or last is None:
        return ""
    if first == last:
        return t("on {day}").format(day=day(first))
    return t("from {first} to {last}").format(first=day(first), last=day(last))


def _duration(minutes: int, t: Translator) -> str:
    if minutes <= 0:
        return ""
    hours, left = divmod(minutes, _HOUR)
    if not hours:
        return t.ngettext("{count} minute", "{count} minutes", left).format(count=left)
    whole = t.ngettext("{count} hour", "{count} hours", hours).format(count=hours)
    if not left:
        return whole
    return t("{hours} and {minutes}").format(
        hours=whole, minutes=t.ngettext("{count} minute", "{count} minutes", left).format(count=left)
    )
