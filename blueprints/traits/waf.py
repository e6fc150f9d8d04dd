"""Web ACLs of AWS WAF."""

from advisor.text import Text
from blueprints.traits import Traits

TRAITS = Traits(
    service="waf",
    noun="WebAcl",
    standing_cost=Text("AWS WAF: per month for the web ACL and each rule", "AWS WAF: Web ACL とルールごとの月額"),
    emulated=False,
)
