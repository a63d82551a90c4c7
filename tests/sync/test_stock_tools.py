"""A bundle opens with the programs of a Debian system by the commands of the document, and reads as that says."""

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.bootstrap import FirstStart, Hub, KdfCost, create_hub
from app.domain.people import NewPerson
from app.paths import HubPaths
from app.services import people
from app.services.exchange import sending, trust
from app.storage import schema
from app.sync.packing import pack, unpack
from tests.sync.plain_reader import read_ops, read_whole

_DOCUMENT = (Path(__file__).parents[2] / "docs" / "bundle-format.md").read_text(encoding="utf-8")
_MISSING = [name for name in ("age", "zstd", "openssl", "base64", "sed") if shutil.which(name) is None]


def _commands() -> list[str]:
    return re.findall(r"^```sh\n(.*?)^```", _DOCUMENT, re.DOTALL | re.MULTILINE)


def _example() -> dict[str, bytes]:
    found = re.findall(r"^```hex (.*?)\n(.*?)^```", _DOCUMENT, re.DOTALL | re.MULTILINE)
    return {name: bytes.fromhex(digits) for name, digits in found}


def _run(script: str, folder: Path, **variables: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"} | {
        name: str(path) for name, path in variables.items()
    }
    return subprocess.run(
        ["sh", "-eu", "-c", script],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def _found(folder: Path, code: str) -> Hub:
    return create_hub(
        HubPaths(folder / code), FirstStart(code, "A", "Chef", "chef", "mot-de-passe"), cost=KdfCost(64, 1, 1)
    ).hub


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """A bundle of a real hub with two people, its sender's identity, a recipient's key, and what the store holds."""
    sender, recipient = _found(tmp_path, "RBT"), _found(tmp_path, "TNG")
    identity = sender.write(trust.identity_file)[0]
    other = recipient.write(trust.identity_file)[0]
    sender.write(lambda uow: trust.enroll(other, uow))
    sender.write(lambda uow: people.add(NewPerson("Awa Diallo"), uow))
    sender.write(lambda uow: people.add(NewPerson("فاطمة العلوي"), uow))
    paths = {name: tmp_path / name for name in ("BUNDLE", "IDENTITY", "KEY", "hashes")}
    paths["BUNDLE"].write_bytes(sender.write(lambda uow: sending.make_bundle("TNG", uow)).content)
    paths["IDENTITY"].write_bytes(identity)
    paths["KEY"].write_text(recipient.write(trust.own_keys).age + "\n")
    hashes = sender.read(lambda uow: uow.connection.execute(schema.op.select().order_by(schema.op.c.seq)).all())
    paths["hashes"].write_text("\n".join(row.hash.hex() for row in hashes))
    sender.close()
    recipient.close()
    return paths


@pytest.mark.skipif(bool(_MISSING), reason=f"not installed: {', '.join(_MISSING)}")
def test_a_bundle_opens_by_the_commands_of_the_document(files: dict[str, Path], tmp_path: Path) -> None:
    hashes = files.pop("hashes").read_text().split()
    check, open_ = _commands()
    checked = _run(check, tmp_path, **files)
    assert checked.returncode == 0, checked.stderr
    assert "Verified Successfully" in checked.stdout
    opened = _run(open_, tmp_path, **files)
    assert opened.returncode == 0, opened.stderr
    manifest, payload = read_whole((tmp_path / "content.msgpack").read_bytes())
    outside = files["BUNDLE"].read_bytes().split(b"\n", 2)[1]
    assert f'{{"id":"{manifest["id"].hex()}","from":"{manifest["from"].hex()}"'.encode() in outside
    assert manifest["requires"] == ["ops-1"]
    ops = read_ops(payload)
    assert manifest["ops"] == len(ops)
    assert [op["hash"].hex() for op in ops] == hashes, "the same chain as in the store"
    people_made = [read_whole(op["body"]) for op in ops if op["table"] == "person"]
    names = [cells.get("name") or cells["name_ar"] for cells, replaced in people_made if not replaced]
    assert names == ["Awa Diallo", "فاطمة العلوي"]


@pytest.mark.skipif(bool(_MISSING), reason=f"not installed: {', '.join(_MISSING)}")
def test_a_stock_tool_sees_what_was_altered(files: dict[str, Path], tmp_path: Path) -> None:
    files.pop("hashes")
    check, open_ = _commands()
    content = bytearray(files["BUNDLE"].read_bytes())
    for place in (20, content.index(b"\n", 20) + 5, len(content) - 1):
        altered = bytearray(content)
        altered[place] = altered[place] ^ 1
        files["BUNDLE"].write_bytes(altered)
        assert _run(check, tmp_path, **files).returncode != 0
    files["BUNDLE"].write_bytes(content)
    stranger = subprocess.run(["age-keygen"], capture_output=True, text=True, check=True).stdout
    files["KEY"].write_text(stranger)
    assert _run(open_, tmp_path, **files).returncode != 0


def test_the_example_is_what_the_document_says() -> None:
    example = _example()
    salts = b"saltsalt", b"SALTSALT"
    bodies = example["body of op 1"], example["body of op 2"]
    assert hashlib.sha256(salts[0] + bodies[0]).digest() == example["body hash of op 1"]
    assert read_whole(bodies[0]) == [{"name": "Awa", "sex": "f"}, []]
    stream = bytes.fromhex("5741534c00000001")
    assert read_whole(bodies[1]) == [{"sex": "m"}, [[stream, 1, None]]]
    installation = bytes.fromhex("0192d3a8000070008000 0123456789ab")
    assert hashlib.sha256(b"wasl stream" + stream + installation).digest() == example["genesis"]
    first = hashlib.sha256(example["genesis"] + example["header of op 1"] + example["body hash of op 1"]).digest()
    assert first == example["hash of op 1"]
    head = b"wasl head 1\n" + stream + installation + (2).to_bytes(8) + example["hash of op 2"]
    Ed25519PublicKey.from_public_bytes(example["public key"]).verify(example["signature of the head"], head)
    ops = read_ops(example["payload"])
    assert [op["body"] for op in ops] == list(bodies)
    assert [op["hash"] for op in ops] == [first, example["hash of op 2"]]
    assert [op["hlc"] for op in ops] == [0x192D3A810000000, 0x192D3A810030000]
    assert [op["at"] for op in ops] == [0x192D3A81000, 0x192D3A37C23]
    assert {op["row"] for op in ops} == {bytes.fromhex("0192d3a8100070008000 00000000002a")}


def test_the_program_reads_the_example_too() -> None:
    payload = _example()["payload"]
    batch = unpack(payload, lambda _stream, _seq: None)
    assert [op.body for op in batch.streams[0].ops] == [_example()["body of op 1"], _example()["body of op 2"]]
    assert pack(batch) == payload
