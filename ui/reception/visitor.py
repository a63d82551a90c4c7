"""Who stands before the desk: one person, somebody without a name, or a group."""

from dataclasses import dataclass

from app.domain.ids import PersonId
from app.domain.people import PersonRow
from app.i18n import _, ngettext
from ui.people.wording import full_name, join_facts


@dataclass(frozen=True, slots=True)
class Visitor:
    """The people known by name, and how many more there are. A group is asked for even when it has one member."""

    people: tuple[PersonRow, ...] = ()
    anonymous: int = 0
    is_group: bool = False

    @property
    def count(self) -> int:
        """How many they are."""
        return len(self.people) + self.anonymous

    @property
    def person(self) -> PersonRow | None:
        """The one person with a name, None for a group and for nobody."""
        return self.people[0] if len(self.people) == 1 and not self.is_group else None

    @property
    def ids(self) -> tuple[PersonId, ...]:
        """The ids of those who are known."""
        return tuple(person.id for person in self.people)

    def word(self) -> str:
        """Who it is, in words."""
        if self.is_group:
            return ngettext("Group of {count} person", "Group of {count} people", self.count).format(count=self.count)
        if self.person is None:
            return _("Anonymous passage")
        return join_facts(full_name(self.person.name, self.person.name_ar), self.person.number)
