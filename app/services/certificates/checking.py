"""Checking a paper without a network: what its code claims, whether the signature is right, whether it was revoked.

What this can't know is said with the answer: a photocopy has the same code, and a revocation counts here once a
bundle has brought it.
"""

from dataclasses import dataclass, replace
from datetime import date

from app.clock import day_of, to_local
from app.documents.preview import UnreadablePaperError, count_pages, rasterise
from app.domain.accounts import Permission
from app.domain.codes import code_label
from app.domain.numbers import NumberNotUnderstoodError, WrongCheckCharacterError, parse_number
from app.domain.paper_code import DamagedCodeError, NoCodeError, Signed, code_name, read_code
from app.domain.papers import Certificate, OnRecord, PaperState, Verdict
from app.errors import NotFoundError, UserError
from app.i18n import _, current_language
from app.services.access import require
from app.services.certificates.keys import find_signer, find_signers
from app.storage import papers as rows
from app.storage.unit_of_work import UnitOfWork

_MOST_PAGES = 20
_DOTS = 200.0


@dataclass(frozen=True, slots=True)
class Check:
    """What a check found. Of an altered paper, number, name, kind and day are what it claims and nothing more.

    `signer` is hub and desk. `as_known_on` (epoch ms) is when this computer last heard of the office that issued it:
    a later revocation can't be known here; None where nothing was ever heard. `key_revoked_at` is set where the
    office itself is believed no longer. `reason` is worded, `replaced_by` a number.
    """

    verdict: Verdict
    number: str = ""
    kind: str = ""
    name: str = ""
    name_ar: str = ""
    issued_on: date | None = None
    signer: str = ""
    as_known_on: int | None = None
    on_record: OnRecord = OnRecord.ABSENT
    state: PaperState | None = None
    ended_at: int | None = None
    reason: str = ""
    replaced_by: str = ""
    key_revoked_at: int | None = None


def check_text(text: str, uow: UnitOfWork) -> Check:
    """Check a code that was scanned, typed by a scanner or pasted with other words around it.

    Raises UserError where there is no code in it; a number alone proves nothing, and `look_up` says what is on record.
    """
    require(uow, Permission.FIND_PEOPLE)
    try:
        signed = read_code(text)
    except DamagedCodeError:
        return Check(Verdict.ALTERED)
    except NoCodeError as error:
        raise UserError(
            _("There is no code of a paper in this. Scan or paste what the square on the paper holds: {start}…").format(
                start="WASL1:"
            )
        ) from error
    return _check(signed, uow)


def check_file(content: bytes, uow: UnitOfWork) -> Check:
    """Check the paper in a picture (a photo, a scan) or a PDF. Raises UserError where no code can be read in it."""
    require(uow, Permission.FIND_PEOPLE)
    from app.exchange.code_picture import UnreadablePictureError, read_codes, read_codes_in_pixels  # noqa: PLC0415

    found: list[str] = []
    try:
        if content.startswith(b"%PDF-"):
            for page in range(min(count_pages(content), _MOST_PAGES)):
                drawn = rasterise(content, page, dpi=_DOTS)
                found += read_codes_in_pixels(drawn.width, drawn.height, drawn.stride, drawn.data)
        else:
            found = read_codes(content)
    except (UnreadablePictureError, UnreadablePaperError) as error:
        raise UserError(_("This file is neither a picture nor a PDF that can be read. Nothing was checked.")) from error
    for text in found:
        try:
            return _check(read_code(text), uow)
        except DamagedCodeError:
            return Check(Verdict.ALTERED)
        except NoCodeError:
            continue
    raise UserError(
        _(
            "No code of a paper was found in this picture. Nothing was checked. "
            "Take the photo from straight above, in good light, with the whole square in it."
        )
    )


def look_up(text: str, uow: UnitOfWork) -> Certificate:
    """What is on record here under a number. Raises NotFoundError; UserError for a slip in copying the number."""
    require(uow, Permission.READ_PAPERS)
    try:
        number = str(parse_number(text))
    except WrongCheckCharacterError as error:
        raise UserError(
            _("A character of this number is wrong, or two have changed places. Compare it again.")
        ) from error
    except NumberNotUnderstoodError as error:
        raise UserError(
            _("This is no number of a paper. They look like this: {number}.").format(number="RBT-AP-2026-A00123-K")
        ) from error
    for found in rows.find_certificates(uow.connection, rows.with_number(number), limit=1):
        return found
    raise NotFoundError(
        _("No certificate {number} is on record here. It may be of another hub and not have come yet.").format(
            number=number
        )
    )


def word_check(found: Check) -> tuple[str, ...]:
    """What a check means, in sentences for whoever holds the paper; the first one is the verdict."""
    match found.verdict:
        case Verdict.ALTERED:
            return (
                _("Altered: the code is not what an office signed. Don't accept this paper."),
                _("A damaged or half scanned code looks the same: scan it once more."),
            )
        case Verdict.UNKNOWN_KEY:
            return (
                _("Unknown key: no office that is enrolled here has signed this. It may be genuine or not."),
                _("Enrol the office that issued it, or ask it by phone."),
            )
        case Verdict.REVOKED if found.key_revoked_at is not None:
            return (_word_lost_key(found), *_word_record(found))
        case Verdict.REVOKED:
            return (_word_end(found), *_word_limits(found))
        case Verdict.AUTHENTIC:
            return (
                _("Authentic: signed by {office}, and nothing on it was changed.").format(office=found.signer),
                *_word_record(found),
                *_word_limits(found),
            )


def _check(signed: Signed, uow: UnitOfWork) -> Check:
    claim = signed.claim
    number = str(claim.number)
    claimed = Check(
        Verdict.ALTERED,
        number=number,
        kind=claim.number.kind,
        name=claim.name,
        name_ar=claim.name_ar,
        issued_on=claim.issued_on,
    )
    signers = find_signers(claim.key_id, uow)
    if not signers:
        return replace(claimed, verdict=Verdict.UNKNOWN_KEY)
    signer = find_signer(signed, signers)
    if signer is None:
        return claimed
    found = next(iter(rows.find_certificates(uow.connection, rows.with_number(number), limit=1)), None)
    ended = found is not None and found.state in {PaperState.REVOKED, PaperState.REPLACED}
    verdict = Verdict.REVOKED if ended or signer.revoked_at is not None else Verdict.AUTHENTIC
    return replace(
        claimed,
        verdict=verdict,
        signer=f"{signer.hub}-{signer.desk}",
        as_known_on=signer.heard_at,
        on_record=_compare(signed, found),
        state=None if found is None else found.state,
        ended_at=found.ended_at if found is not None and ended else None,
        reason=_word_reason(found) if found is not None and ended else "",
        replaced_by=found.replaced_by if found is not None else "",
        key_revoked_at=None if ended else signer.revoked_at,
    )


def _compare(signed: Signed, found: Certificate | None) -> OnRecord:
    if found is None:
        return OnRecord.ABSENT
    if found.erased:
        return OnRecord.ERASED
    claim = signed.claim
    same = (claim.name, claim.name_ar, claim.issued_on) == (
        code_name(found.name),
        code_name(found.name_ar),
        found.issued_on,
    )
    return OnRecord.SAME if same else OnRecord.OTHER


def _word_reason(found: Certificate) -> str:
    label = code_label("revocation_reasons", found.reason, current_language()) if found.reason else ""
    return ": ".join(part for part in (label, found.note) if part)


def _word_end(found: Check) -> str:
    day = "" if found.ended_at is None else f"{day_of(found.ended_at):%d/%m/%Y}"
    if found.replaced_by:
        return _("Replaced on {day} by {number}: this paper is not valid any more.").format(
            day=day, number=found.replaced_by
        )
    return (
        _("Revoked on {day}: this paper is not valid any more. {reason}").format(day=day, reason=found.reason).strip()
    )


def _word_lost_key(found: Check) -> str:
    return _(
        "The key of {office} is believed no longer since {day}, because its computer may be in other hands. "
        "This paper may have been made with it, whatever its date says: ask the hub."
    ).format(office=found.signer, day=f"{to_local(found.key_revoked_at or 0):%d/%m/%Y}")


def _word_record(found: Check) -> tuple[str, ...]:
    return {
        OnRecord.SAME: (_("The register here has it with the same name and day."),),
        OnRecord.OTHER: (_("The register here has this number with another name or day: ask the hub that issued it."),),
        OnRecord.ERASED: (_("Whose paper it was has been erased from the register; its signature is right."),),
        OnRecord.ABSENT: (_("The register here doesn't have it yet; its signature is right."),),
    }[found.on_record]


def _word_limits(found: Check) -> tuple[str, ...]:
    if found.as_known_on is None:
        known = _("Nothing was ever heard of this office here: a revocation would not be known.")
    else:
        known = _("As known on {moment}: a later revocation would not be known here.").format(
            moment=f"{to_local(found.as_known_on):%d/%m/%Y %H:%M}"
        )
    return known, _("A photocopy has the same code: compare the name with the person.")
