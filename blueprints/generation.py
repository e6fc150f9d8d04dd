"""A design as a whole project: the files of its target, the programs and documents, and the certificate."""

from collections.abc import Mapping

from advisor.design import Design
from advisor.text import Lang
from blueprints.certificate import verification_files
from blueprints.permissions import permissions
from blueprints.plan import Plan, plan_for
from blueprints.project import project_files
from blueprints.targets import Files
from blueprints.targets import target as target_of


def build(design: Design, target: str, *, lang: Lang, extras: Mapping[str, bytes], plan: Plan | None = None) -> Files:
    """Return a project: infrastructure, code, tests and prose, with `extras` (decision record, drawing) beside them.

    `plan` is the plan of the design, where it is known already. Unsupported when the target cannot express a node or an edge, or a budget is broken; KeyError for an unknown target.
    """
    form, plan = target_of(target), plan or plan_for(design)
    stack = form.stack(plan, lang)
    own = form.printed(stack)
    verified = verification_files(plan, target, lang)
    files = {**project_files(plan, target, lang, permissions(stack)), **own, **verified, **extras}
    return {path: files[path] for path in sorted(files)}
