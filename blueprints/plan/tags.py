"""Tags that identify the project of a resource, for billing, search and operators.

The deployment gives them to the whole stack, and CloudFormation to every resource that can carry one.
"""

import hashlib
import re

from advisor.design import Design
from advisor.requirements.reading import write_requirements
from blueprints.naming import LONGEST_STACK
from blueprints.traits import cloudfront

#: Tag -> (variable of the Makefile and key of CDK's context, value where nothing is said).
ASKED = {
    "environment": ("ENVIRONMENT", "environment", "dev"),
    "owner": ("OWNER", "owner", "unknown"),
    "cost-centre": ("COST_CENTRE", "costCentre", "unknown"),
}


def application(design: Design) -> str:
    """Return the workload's title as a name of letters, digits and hyphens, which is also that of a SAM stack."""
    words = re.sub(r"[^a-z0-9]+", "-", design.requirements.title.en.lower()).strip("-")
    whole = words if len(words) <= LONGEST_STACK else words[:LONGEST_STACK].rpartition("-")[0]
    return whole if whole[:1].isalpha() else "workload"


def decision(design: Design) -> str:
    """Return a digest of the decision: requirements, rule book and date."""
    read = write_requirements(design.requirements) + f"{design.book.version} {design.as_of}".encode()
    return hashlib.sha256(read).hexdigest()[:12]


def fixed(design: Design) -> dict[str, str]:
    """Return the tags that do not differ between environments.

    The tags of a VPC origin cannot change while a distribution uses it, so there the decision, which changes with each version of
    the requirements, is no tag (https://github.com/aws/aws-cdk/issues/34629, read 2026-11-30).
    """
    tags = {"application": application(design)}
    return tags if cloudfront.has_vpc_origin(design.architecture) else tags | {"decision": decision(design)}
