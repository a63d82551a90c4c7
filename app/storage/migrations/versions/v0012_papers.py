"""Certificates: each as it was issued, its reprints, how it ended; texts and logos; the PDF where it was issued."""

import sqlalchemy as sa
from alembic import op

from app.storage.migrations.laying import clear, content, lay, moment, number, row, text
from app.storage.types import Id

revision = "0012"
down_revision = "0011"

_TABLES = ("paper_logo", "paper_template", "certificate", "certificate_copy", "certificate_end")


def upgrade() -> None:
    """Make the tables."""
    lay("paper_logo", [row("hub_id", known=True), text("name"), content("content")], [("hub_id", "hub")], [("hub_id",)])
    lay(
        "paper_template",
        [
            row("hub_id", known=True),
            text("kind"),
            number("version"),
            text("texts"),
            text("logos"),
            moment("made_at", known=True),
            row("made_by"),
        ],
        [("hub_id", "hub"), ("made_by", "account")],
        [("hub_id", "kind")],
    )
    lay(
        "certificate",
        [
            row("hub_id", known=True),
            row("installation_id", known=True),
            row("person_id"),
            text("about"),
            row("about_id"),
            text("number"),
            text("kind"),
            text("languages"),
            text("issued_on"),
            moment("issued_at", known=True),
            row("issued_by"),
            row("template_id"),
            number("template_version"),
            text("fields"),
            text("code"),
            content("sha256"),
        ],
        [
            ("hub_id", "hub"),
            ("installation_id", "installation"),
            ("person_id", "person"),
            ("issued_by", "account"),
            ("template_id", "paper_template"),
        ],
        [("about_id",), ("hub_id", "issued_at"), ("number",), ("person_id",)],
    )
    lay(
        "certificate_copy",
        [row("certificate_id", known=True), moment("made_at", known=True), row("made_by")],
        [("certificate_id", "certificate"), ("made_by", "account")],
        [("certificate_id",)],
    )
    lay(
        "certificate_end",
        [
            row("certificate_id", known=True),
            text("state"),
            moment("ended_at", known=True),
            row("ended_by"),
            text("reason"),
            text("note"),
            text("replaced_by"),
        ],
        [("certificate_id", "certificate"), ("ended_by", "account")],
        [("certificate_id",)],
    )
    op.create_table(
        "certificate_pdf",
        sa.Column("certificate_id", Id(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("certificate_id", name=op.f("pk_certificate_pdf")),
        comment="Certificates as they were printed here, compressed with zstd: no op carries them",
    )


def downgrade() -> None:
    """Remove them."""
    clear((*reversed(_TABLES), "certificate_pdf"))
