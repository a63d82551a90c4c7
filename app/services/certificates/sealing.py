"""A certificate's PDF with the hub's signature inside it, for whoever is sent the file instead of the paper."""

import json
from base64 import b64decode, b64encode

from app.clock import to_local
from app.documents.signing import Seal, make_seal, sign_pdf
from app.domain.accounts import Permission
from app.domain.ids import CertificateId
from app.services.access import require
from app.services.certificates.life import check_valid, open_paper, show
from app.services.certificates.wording import place_of
from app.services.receipts import Paper
from app.storage import peers
from app.storage.unit_of_work import UnitOfWork


def signed_paper(certificate_id: CertificateId, uow: UnitOfWork) -> Paper:
    """The PDF as it was issued, with a signature appended (PAdES); in a writing transaction, for the first seal.

    Raises UserError where the certificate is not valid any more, EnvironmentProblem where the library is missing.
    """
    require(uow, Permission.ISSUE_PAPERS)
    check_valid(show(certificate_id, uow))
    paper = open_paper(certificate_id, uow)
    pdf = sign_pdf(paper.pdf, _own_seal(uow), place=place_of(uow)["fr"])
    return Paper(paper.number, pdf, f"{paper.number}-signed.pdf")


def _own_seal(uow: UnitOfWork) -> Seal:
    """The seal of this office; made the first time it is asked for."""
    kept = peers.load_seal(uow.connection)
    if kept is not None:
        parts = json.loads(kept)
        return Seal(b64decode(parts["certificate"]), b64decode(parts["private_key"]))
    made = make_seal(f"Work4Life {uow.actor.hub_code}-{uow.actor.desk}", "Work4Life", made_at=to_local(uow.now))
    parts = {
        "certificate": b64encode(made.certificate).decode("ascii"),
        "private_key": b64encode(made.private_key).decode("ascii"),
    }
    peers.keep_seal(uow.connection, json.dumps(parts))
    uow.note("sealed", "installation", uow.actor.installation_id)
    return made
