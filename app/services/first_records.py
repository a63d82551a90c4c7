"""What a new installation holds from the start: its hub, itself, its manager, its keys, the hub's counters."""

import json
import re
from functools import cache
from importlib.resources import files

from app.domain.codes import Code, code_list
from app.domain.ids import counter_id
from app.services.exchange.trust import own_keys
from app.storage import schema
from app.storage.unit_of_work import UnitOfWork

_HUB_CODE = re.compile(r"[A-Z]{3}")


def is_hub_code(code: str) -> bool:
    """Whether a code can name a hub: one of those known, or any three letters for a new one."""
    return _HUB_CODE.fullmatch(code) is not None


def known_hubs() -> tuple[Code, ...]:
    """The hubs that Wasl knows by name; others can be added."""
    return code_list("hubs")


def add_first_records(uow: UnitOfWork, *, demo: bool) -> None:
    """Write them, under the ids that every other installation of the hub gives them too."""
    actor = uow.actor
    labels = next(
        (hub for hub in known_hubs() if hub.code == actor.hub_code),
        Code(actor.hub_code, actor.hub_code, actor.hub_code, actor.hub_code),
    )
    uow.insert(
        schema.hub, id=actor.hub_id, code=actor.hub_code, label_fr=labels.fr, label_en=labels.en, label_ar=labels.ar
    )
    uow.insert(
        schema.installation,
        id=actor.installation_id,
        hub_id=actor.hub_id,
        desk=actor.desk,
        created_at=uow.now,
        demo=demo,
    )
    uow.insert(
        schema.account,
        id=actor.account_id,
        hub_id=actor.hub_id,
        login=actor.login,
        name=actor.name,
        role=str(actor.role),
        active=True,
    )
    own_keys(uow)
    for index, counter in enumerate(_counters(actor.hub_code)):
        uow.insert(
            schema.counter,
            id=counter_id(actor.hub_id, counter.code),
            hub_id=actor.hub_id,
            code=counter.code,
            position=index + 1,
            colour=index,
            label_fr=counter.fr,
            label_en=counter.en,
            label_ar=counter.ar,
        )


@cache
def _by_hub() -> dict[str, list[str]]:
    text = (files("resources") / "codes" / "counters_by_hub.json").read_text(encoding="utf-8")
    found: dict[str, list[str]] = json.loads(text)
    return found


def _counters(hub_code: str) -> list[Code]:
    wanted = _by_hub().get(hub_code, _by_hub()["default"])
    known = {entry.code: entry for entry in code_list("counters")}
    return [known[code] for code in wanted]
