"""The tables of certificates: each as it was issued, its reprints, how it ended; texts, logos, and the PDF kept here.

A certificate's cells are never written again: what ends it is a row of its own. Days are YYYY-MM-DD.
"""

import sqlalchemy as sa

from app.storage.schema_parts import link, metadata, moment, number, synced, text
from app.storage.types import Id

paper_logo = synced(
    "paper_logo",
    link("hub_id", "hub"),
    text("name"),
    sa.Column("content", sa.LargeBinary, nullable=False, server_default=sa.text("''")),
)
paper_template = synced(
    "paper_template",
    link("hub_id", "hub"),
    text("kind"),
    number("version"),
    # JSON: words by language, and the ids of the logos in their order
    text("texts"),
    text("logos"),
    moment("made_at", nullable=False),
    link("made_by", "account", nullable=True),
)
certificate = synced(
    "certificate",
    link("hub_id", "hub"),
    link("installation_id", "installation"),
    link("person_id", "person", nullable=True),
    # a training, a case; no link: papers may be about what another table holds
    text("about"),
    sa.Column("about_id", Id, nullable=True),
    text("number"),
    text("kind"),
    text("languages"),
    text("issued_on"),
    moment("issued_at", nullable=False),
    link("issued_by", "account", nullable=True),
    link("template_id", "paper_template", nullable=True),
    number("template_version"),
    # canonical JSON of all that stands on it
    text("fields"),
    text("code"),
    sa.Column("sha256", sa.LargeBinary, nullable=False, server_default=sa.text("''")),
)
certificate_copy = synced(
    "certificate_copy",
    link("certificate_id", "certificate"),
    moment("made_at", nullable=False),
    link("made_by", "account", nullable=True),
)
certificate_end = synced(
    "certificate_end",
    link("certificate_id", "certificate"),
    text("state"),
    moment("ended_at", nullable=False),
    link("ended_by", "account", nullable=True),
    text("reason"),
    text("note"),
    text("replaced_by"),
)

PAPERS = (paper_logo, paper_template, certificate, certificate_copy, certificate_end)

sa.Index(None, paper_logo.c.hub_id)
sa.Index(None, paper_template.c.hub_id, paper_template.c.kind)
sa.Index(None, certificate.c.number)
sa.Index(None, certificate.c.person_id)
sa.Index(None, certificate.c.about_id)
sa.Index(None, certificate.c.hub_id, certificate.c.issued_at)
sa.Index(None, certificate_copy.c.certificate_id)
sa.Index(None, certificate_end.c.certificate_id)

certificate_pdf = sa.Table(
    "certificate_pdf",
    metadata,
    sa.Column("certificate_id", Id, primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
    comment="Certificates as they were printed here, compressed with zstd: no op carries them",
)
