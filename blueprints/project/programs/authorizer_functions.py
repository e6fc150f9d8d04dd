"""Lambda authorizers with their own folder: their code and its location."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from blueprints.plan import Plan
from blueprints.plan.callers.authorizers import Authorizer
from blueprints.project.programs.entry_point import EntryPoint
from blueprints.traits import oidc
from blueprints.traits.recipients import mails

#: What the authorizer takes besides what its runtime brings.
PACKAGES = ("aws-lambda-powertools", "PyJWT")


@dataclass(frozen=True)
class Check:
    """The code of a Lambda authorizer. `plan` is its part of the plan, `entry_point` the entry that uses it."""

    plan: Authorizer
    entry_point: EntryPoint
    #: Whether its project sends emails to the recipients that items name.
    mails: bool = False

    @property
    def folder(self) -> str:
        """Its folder."""
        return self.plan.directory

    @property
    def id(self) -> str:
        """The name of its folder."""
        return PurePosixPath(self.folder).name

    @property
    def checker(self) -> str:
        """Its service name in the log."""
        return self.id


def checks(plan: Plan) -> tuple[Check, ...]:
    """Return the code of all authorizers that have a folder of their own."""
    alone = [authorizer for authorizer in plan.authorizers if authorizer.alone]
    return tuple(
        Check(
            authorizer,
            EntryPoint("", entry=plan.node(authorizer.entry).service, identity=oidc.TRAITS.service),
            mails(plan.architecture),
        )
        for authorizer in alone
    )
