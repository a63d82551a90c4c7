"""Checking papers: by text, number, picture and PDF; nothing that was altered is ever accepted."""

import io
import random
import secrets
import shutil
import string
import subprocess
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PIL import Image

from app.documents.preview import rasterise
from app.domain.numbers import PaperNumber
from app.domain.paper_code import CONTEXT, PREFIX, Claim, Signed, message_of, write_code
from app.domain.papers import OnRecord, Verdict
from app.errors import NotFoundError, UserError
from app.hub import Hub
from app.services import people
from app.services.certificates import checking, life
from app.services.certificates.checking import Check
from app.services.certificates.keys import Signer, find_signer, key_id
from app.services.exchange import keys as exchange_keys
from app.services.exchange.trust import own_keys
from app.sync.trust import new_keys, sign
from tests.factories import SettableClock
from tests.services.papers import check, code_of, hold_training, issue
from tests.soak import Tell, amount, new_dice

ALPHABET = string.ascii_uppercase + string.digits


def check_file(hub: Hub, content: bytes) -> Check:
    return hub.read(lambda uow: checking.check_file(content, uow))


def test_a_genuine_paper_is_authentic_and_says_what_is_not_known(hub: Hub, clock: SettableClock) -> None:
    _training, (awa, *_others) = hold_training(hub, clock)
    made = issue(hub, awa)
    found = check(hub, f"Bonjour, {code_of(hub, made)} merci")
    assert (found.verdict, found.number, found.kind, found.name, found.name_ar) == (
        Verdict.AUTHENTIC, made.paper.number, "AP", "Awa Ndiaye", "أوا نداي",
    )  # fmt: skip
    assert (found.issued_on, found.signer, found.on_record) == (date(2026, 3, 18), "RBT-A", OnRecord.SAME)
    words = checking.word_check(found)
    assert "Authentic" in words[0]
    assert any("photocopy" in item for item in words)
    assert any("18/03/2026" in item for item in words)


def test_papers_of_before_new_keys_are_still_authentic(hub: Hub, clock: SettableClock) -> None:
    _training, (awa, *_others) = hold_training(hub, clock)
    code = code_of(hub, issue(hub, awa))
    hub.write(exchange_keys.rotate)
    assert check(hub, code).verdict is Verdict.AUTHENTIC
    other = code_of(hub, issue(hub, awa, anyway=True))
    assert check(hub, other).verdict is Verdict.AUTHENTIC
    assert other[len(PREFIX) : len(PREFIX) + 6] != code[len(PREFIX) : len(PREFIX) + 6]


def test_a_revoked_and_a_replaced_paper_say_so(hub: Hub, clock: SettableClock) -> None:
    _training, (awa, bakary, _fatou) = hold_training(hub, clock)
    first, second = issue(hub, awa), issue(hub, bakary)
    hub.write(lambda uow: life.revoke(first.id, "fraud", uow, "vendue"))
    other = hub.write(lambda uow: life.replace(second.id, "error", uow)).value
    revoked, replaced = check(hub, code_of(hub, first)), check(hub, code_of(hub, second))
    assert (revoked.verdict, revoked.reason, revoked.replaced_by) == (Verdict.REVOKED, "Fraud: vendue", "")
    assert (replaced.verdict, replaced.replaced_by) == (Verdict.REVOKED, other.paper.number)
    assert "Fraud" in checking.word_check(revoked)[0]
    assert other.paper.number in checking.word_check(replaced)[0]


def test_a_code_of_a_stranger_or_with_anothers_number_is_not_accepted(hub: Hub, clock: SettableClock) -> None:
    _training, (awa, *_others) = hold_training(hub, clock)
    issue(hub, awa)
    stranger, ours = new_keys(), hub.write(own_keys)
    day = date(2026, 3, 18)
    own, foreign = PaperNumber("RBT", "AP", 2026, "A", 1), PaperNumber("TNG", "AP", 2026, "A", 1)
    unknown = message_of(Claim(own, "Awa Ndiaye", "", day, key_id(stranger.public.ed25519)))
    found = check(hub, write_code(unknown, sign(stranger, unknown)))
    assert (found.verdict, found.name) == (Verdict.UNKNOWN_KEY, "Awa Ndiaye")
    posing = message_of(Claim(own, "Awa Ndiaye", "", day, key_id(ours.public.ed25519)))
    assert check(hub, write_code(posing, sign(stranger, posing))).verdict is Verdict.ALTERED
    elsewhere = message_of(Claim(foreign, "Awa Ndiaye", "", day, key_id(ours.public.ed25519)))
    assert check(hub, write_code(elsewhere, sign(ours, elsewhere))).verdict is Verdict.ALTERED
    # what was signed for another purpose with the same key is no paper
    assert check(hub, write_code(posing, sign(ours, posing[len(CONTEXT) :]))).verdict is Verdict.ALTERED
    assert all(checking.word_check(Check(verdict, key_revoked_at=0)) for verdict in Verdict)


def test_no_altered_code_is_accepted(hub: Hub, clock: SettableClock) -> None:
    """500 here, 100,000 in the long run (`tests/soak.py`)."""
    _training, (awa, *_others) = hold_training(hub, clock)
    code = code_of(hub, issue(hub, awa))
    seed = secrets.randbits(32)
    assert accepted_among(hub, code, 500, seed) == [], f"seed {seed}"


@pytest.mark.soak
def test_of_a_hundred_thousand_altered_codes_none_is_accepted(hub: Hub, clock: SettableClock, tell: Tell) -> None:
    _training, (awa, *_others) = hold_training(hub, clock)
    code, count = code_of(hub, issue(hub, awa)), amount("CODES")
    chance = new_dice(tell)
    assert accepted_among(hub, code, count, chance.randrange(2**32)) == []
    tell(f"{count} altered codes, none accepted")


def accepted_among(hub: Hub, code: str, count: int, seed: int) -> list[str]:
    """Those of `count` altered codes that were accepted; each differs from the code in what it says."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets

    def look(uow: object) -> list[str]:
        accepted = []
        for _number in range(count):
            text = alter(code, chance)
            try:
                found = checking.check_text(text, uow)  # type: ignore[arg-type]
            except UserError:
                continue
            if found.verdict is Verdict.AUTHENTIC and text != code:
                accepted.append(text)
        return accepted

    return hub.read(look)


def alter(code: str, chance: random.Random) -> str:
    """The code with characters changed, swapped, left out, put in, or parts of it moved."""
    body = list(code[len(PREFIX) :])
    for _change in range(chance.choice((1, 1, 1, 2, 3, 8))):
        place = chance.randrange(len(body))
        match chance.randrange(5):
            case 0 | 1:
                body[place] = chance.choice(ALPHABET.replace(body[place], ""))
            case 2:
                other = chance.randrange(len(body))
                body[place], body[other] = body[other], body[place]
            case 3:
                del body[place]
            case _:
                body.insert(place, chance.choice(ALPHABET))
    return PREFIX + "".join(body)


@pytest.mark.parametrize("names", [("Awa Ndiaye", "أوا نداي"), ("Mohamed-Ali " * 12, "محمد عبد الرحمن " * 12)])
def test_a_picture_is_read_by_the_program_and_by_an_independent_decoder(
    hub: Hub, clock: SettableClock, tmp_path: Path, names: tuple[str, str]
) -> None:
    _training, (awa, *_others) = hold_training(hub, clock)
    hub.write(lambda uow: people.edit(awa.person_id, {"name": names[0], "name_ar": names[1]}, uow))
    made = issue(hub, awa)
    assert len(code_of(hub, made)) < 330
    drawn = rasterise(made.paper.pdf, dpi=150)
    page = Image.frombuffer("RGB", (drawn.width, drawn.height), drawn.data, "raw", "RGB", drawn.stride, 1)
    scanned = page.convert("L").rotate(3, expand=True, fillcolor=235, resample=Image.Resampling.BILINEAR)
    scanned = scanned.point(lambda value: 40 + value * 190 // 255)
    for form in ("PNG", "JPEG"):
        stream = io.BytesIO()
        scanned.save(stream, form)
        assert check_file(hub, stream.getvalue()).number == made.paper.number
        if shutil.which("zbarimg") is None:
            pytest.skip("the program zbarimg is not installed")
        picture = tmp_path / f"scan.{form.lower()}"
        picture.write_bytes(stream.getvalue())
        read = subprocess.run(["zbarimg", "--quiet", "--raw", picture], check=True, capture_output=True, text=True)
        assert read.stdout.strip() == code_of(hub, made)
    assert check_file(hub, made.paper.pdf).verdict is Verdict.AUTHENTIC


def test_a_picture_without_a_code_and_a_file_that_is_none_are_told(hub: Hub) -> None:
    stream = io.BytesIO()
    Image.new("L", (200, 200), 255).save(stream, "PNG")
    with pytest.raises(UserError, match="No code"):
        check_file(hub, stream.getvalue())
    for content in (b"", b"%PDF-1.7 broken", b"text"):
        with pytest.raises(UserError, match="neither a picture nor a PDF"):
            check_file(hub, content)


def test_a_number_is_looked_up_and_proves_nothing(hub: Hub, clock: SettableClock) -> None:
    _training, (awa, *_others) = hold_training(hub, clock)
    made = issue(hub, awa)
    assert hub.read(lambda uow: checking.look_up(made.paper.number.lower(), uow)).id == made.id
    with pytest.raises(UserError, match="code of a paper"):
        check(hub, made.paper.number)
    wrong = made.paper.number.replace("A00001", "A00002")
    with pytest.raises(UserError, match="character"):
        hub.read(lambda uow: checking.look_up(wrong, uow))
    with pytest.raises(NotFoundError):
        hub.read(lambda uow: checking.look_up(str(PaperNumber("RBT", "AP", 2026, "A", 77)), uow))
    with pytest.raises(UserError, match="look like this"):
        hub.read(lambda uow: checking.look_up("Awa", uow))


def test_of_two_keys_with_one_id_the_one_that_signed_is_found() -> None:
    first, second = new_keys(), new_keys()
    claim = Claim(PaperNumber("RBT", "AP", 2026, "A", 1), "Awa", "", date(2026, 3, 18), b"1234")
    message = message_of(claim)
    signers = [Signer(UUID(int=1), "RBT", "A", keys.public.ed25519, None, None) for keys in (first, second)]
    assert find_signer(Signed(claim, message, sign(second, message)), signers) is signers[1]
