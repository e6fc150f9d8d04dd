"""Firewalls: a web ACL lets the bodies pass that the API behind it accepts.

The core rule set blocks bodies of more than 8,192 bytes, and the programs accept more.
https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html (read 2026-11-29)
"""

from collections.abc import Iterator
from typing import Any

from prove.behaviour.evidence import Evidence, Problem

ACL = "AWS::WAFv2::WebACL"
_GROUP, _RULE = "AWSManagedRulesCommonRuleSet", "SizeRestrictions_BODY"


def check(evidence: Evidence) -> Iterator[Problem]:
    """Yield the web ACLs that block bodies of more than 8 KiB before an API."""
    for acl in evidence.stack.of_type(ACL):
        rules: Any = acl.properties.get("Rules", ())
        groups = [rule["Statement"].get("ManagedRuleGroupStatement", {}) for rule in rules]
        for group in (group for group in groups if group.get("Name") == _GROUP):
            lenient = [one["Name"] for one in group.get("RuleActionOverrides", ()) if "Count" in one["ActionToUse"]]
            if _RULE not in lenient:
                yield Problem(
                    "blocked-bodies", acl.id, "It blocks bodies of more than 8 KiB, which the API accepts.", ACL
                )
