"""The zip that a user takes away: a project with its drawing, decision record and requirements.

Command line, page and proof make it here alike, so that they hand out the same bytes.
"""

import blueprints
import renderers
from advisor.design import Design
from advisor.requirements.reading import write_requirements
from advisor.text import Lang
from advisor_bundle.archive import zip_bytes
from advisor_bundle.record import decision_record
from advisor_bundle.sheets import README, with_sheets
from blueprints.plan import Plan, plan_for


def project_zip(design: Design, target: str, lang: Lang, plan: Plan | None = None) -> bytes:
    """Return a project as a ZIP file, with its diagram (of a large design, an overview and its sheets), decision record and requirements. Raises Unsupported if it cannot be built.

    `plan` is the plan of the design, if it is known already.
    """
    plan = plan or plan_for(design)
    files = blueprints.build(design, target, lang=lang, extras={}, plan=plan)  # first: what is refused is not drawn
    pictures = renderers.draw_titled(design, "ARCHITECTURE", lang=lang, plan=plan)
    extras = {
        **{path: content for path, (_, content) in pictures.items()},
        README: with_sheets(files[README], {path: title for path, (title, _) in pictures.items()}, lang),
        "DECISION.md": decision_record(design, lang, full=True, picture="ARCHITECTURE.svg", plan=plan),
        "requirements.yaml": write_requirements(design.requirements),
    }
    return zip_bytes({**files, **extras})
