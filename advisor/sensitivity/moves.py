"""The effect of a changed answer on a verdict: the roles whose service changes."""

from typing import Any, NamedTuple


class Move(NamedTuple):
    """One role of one subject that changes its service. None means no such role, or no service, which `unmet` tells
    apart for `after` and `was_unmet` for `before`.
    """

    subject: str
    role: str
    before: str | None
    after: str | None
    unmet: bool = False
    was_unmet: bool = False

    @property
    def plain(self) -> tuple[str, str, str | None, str | None]:
        """The subject, the role, and the services before and after, as saved decisions hold them."""
        return self.subject, self.role, self.before, self.after


def moved(before: dict[str, Any], after: dict[str, Any]) -> tuple[Move, ...]:
    """Return every role that changes its service."""
    if before == after:
        return ()
    return tuple(
        Move(
            subject,
            role,
            roles.get(role),
            after[subject].get(role),
            role in after[subject] and after[subject][role] is None,
            role in roles and roles[role] is None,
        )
        for subject, roles in before.items()
        for role in dict.fromkeys((*roles, *after[subject]))
        if roles.get(role) != after[subject].get(role)
    )
