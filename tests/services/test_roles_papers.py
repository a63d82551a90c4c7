"""Who may issue, replace and revoke certificates and edit their texts is held where it is done, for every role."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from types import FunctionType
from typing import Final

import pytest

from app.domain.accounts import PERMISSIONS, Permission, Role
from app.domain.coaching import OpenCase
from app.domain.ids import LogoId
from app.domain.papers import Details, IssueCertificate
from app.domain.sheets import CertificateKind
from app.errors import NotAllowedError, UserError
from app.services import cases
from app.services.certificates import badges, checking, earned, issuing, life, printing, sealing, templates
from tests.factories import Template, open_as
from tests.services.courses import plan
from tests.services.test_roles import Scene

KIND: Final = CertificateKind.PARTICIPATION
DETAILS: Final = Details({"fr": "Couture"}, date(2026, 3, 2), date(2026, 3, 6), 1200, 1200)


class PaperScene(Scene):
    """Beside what a scene has: a certificate, a training and a case."""

    def __init__(self, folder: Path, template: Template, role: Role) -> None:
        super().__init__(folder, template, role)
        manager = open_as(self.hub.paths)
        self.training = plan(manager).id
        self.case = manager.write(lambda u: cases.open_case(OpenCase(self.person, kind="startup"), u)).value.id
        self.command = IssueCertificate(KIND, self.person, "fr", details=DETAILS)
        self.paper = manager.write(lambda u: issuing.issue(self.command, u)).value.id
        kept = manager.read(lambda u: life.show(self.paper, u))
        self.number, self.code = kept.number, kept.code
        self.texts = dict(templates.shipped(CertificateKind.TRAINING).texts)
        manager.close()


def _no_picture(scene: PaperScene) -> object:
    with pytest.raises(UserError) as refusal:
        scene.read(lambda u: checking.check_file(b"none", u))
    if isinstance(refusal.value, NotAllowedError):
        raise refusal.value
    return None


def _refused_otherwise(scene: PaperScene, action: Callable[..., object]) -> object:
    with pytest.raises(UserError) as refusal:
        scene.write(action)
    if isinstance(refusal.value, NotAllowedError):
        raise refusal.value
    return None


P = Permission
READ, ISSUE, REVOKE, EDIT = P.READ_PAPERS, P.ISSUE_PAPERS, P.REVOKE_PAPERS, P.EDIT_TEMPLATES
Attempt = Callable[[PaperScene], object]
USE_CASES: Final[dict[str, tuple[Permission, Attempt]]] = {
    "candidates": (READ, lambda s: s.read(lambda u: earned.candidates(KIND, s.training, u))),
    "candidate_of_case": (READ, lambda s: s.read(lambda u: earned.candidate_of_case(s.case, u))),
    "preview": (ISSUE, lambda s: s.read(lambda u: issuing.preview(s.command, u))),
    "issue": (ISSUE, lambda s: s.write(lambda u: issuing.issue(s.command, u))),
    "list_certificates": (READ, lambda s: s.read(life.list_certificates)),
    "show": (READ, lambda s: s.read(lambda u: life.show(s.paper, u))),
    "open_paper": (READ, lambda s: s.read(lambda u: life.open_paper(s.paper, u))),
    "frozen_sheet": (READ, lambda s: s.read(lambda u: life.frozen_sheet(s.paper, u))),
    "duplicate": (ISSUE, lambda s: s.write(lambda u: life.duplicate(s.paper, u))),
    "replace": (ISSUE, lambda s: s.write(lambda u: life.replace(s.paper, "error", u))),
    "make_badge": (ISSUE, lambda s: s.write(lambda u: badges.make_badge(s.paper, u))),
    "print_together": (READ, lambda s: s.read(lambda u: printing.print_together([s.paper], u))),
    "hand_over_sheet": (READ, lambda s: s.read(lambda u: printing.hand_over_sheet([s.paper], "fr", u))),
    "signed_paper": (ISSUE, lambda s: s.write(lambda u: sealing.signed_paper(s.paper, u))),
    "revoke": (REVOKE, lambda s: s.write(lambda u: life.revoke(s.paper, "fraud", u))),
    "check_text": (P.FIND_PEOPLE, lambda s: s.read(lambda u: checking.check_text(s.code, u))),
    "check_file": (P.FIND_PEOPLE, _no_picture),
    "look_up": (READ, lambda s: s.read(lambda u: checking.look_up(s.number, u))),
    "show_template": (READ, lambda s: s.read(partial(templates.show_template, KIND))),
    "list_versions": (READ, lambda s: s.read(partial(templates.list_versions, KIND))),
    "list_logos": (READ, lambda s: s.read(templates.list_logos)),
    "sample_sheet": (READ, lambda s: s.read(lambda u: templates.sample_sheet(KIND, s.texts, (), "fr", u))),
    "save_template": (EDIT, lambda s: s.write(lambda u: templates.save_template(KIND, s.texts, (), u))),
    "add_logo": (EDIT, lambda s: _refused_otherwise(s, lambda u: templates.add_logo("x", b"none", u))),
    "remove_logo": (EDIT, lambda s: _refused_otherwise(s, lambda u: templates.remove_logo(LogoId(u.new_id()), u))),
}
_RULES: Final = {"did_of", "word_obstacles", "details_of_training", "word_check", "is_as_issued", "shipped"} | {
    "check_texts", "check_form", "write", "issue_batch", "draw", "check_valid",
}  # fmt: skip
"""What reads and writes nothing by itself, or goes through what is tried above."""


@pytest.fixture(params=list(Role))
def scene(request: pytest.FixtureRequest, tmp_path: Path, template: Template) -> Iterator[PaperScene]:
    made = PaperScene(tmp_path, template, request.param)
    yield made
    made.hub.close()


def test_every_use_case_is_held_for_every_role(scene: PaperScene) -> None:
    before = scene.hub.digest()
    for needed, attempt in USE_CASES.values():
        if needed in PERMISSIONS[scene.actor.role]:
            # nothing else may stand in the way: a refusal of another kind fails the test
            attempt(scene)
        else:
            with pytest.raises(NotAllowedError):
                attempt(scene)
            assert scene.hub.digest() == before


def test_no_use_case_is_left_out() -> None:
    modules = (badges, printing, sealing, earned, issuing, life, checking, templates)
    public = {
        name
        for module in modules
        for name, member in vars(module).items()
        if isinstance(member, FunctionType) and member.__module__ == module.__name__ and not name.startswith("_")
    }
    assert public - _RULES == USE_CASES.keys()
