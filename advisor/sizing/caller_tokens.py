"""Load balancers that verify the token in each request, because their callers are programs."""

from advisor.architecture.balancing import TOKENS
from advisor.sizing.sized import Sized, Values

#: Front ends that either sign callers in with a browser, or verify the token in each request.
#: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html (read 2026-12-01)
_VERIFYING = ("alb",)
#: Ways of authentication in which an identity provider issues tokens.
_ISSUED = ("sign-up", "existing-provider")


def set_tokens(sized: Sized, service: str, values: Values) -> None:
    """Have an entry verify tokens if those who call it are programs of partners, which have a token and no browser.

    A site, and content delivery in front of a load balancer, serve browsers.
    """
    browsers = values.get("static_site") or values.get("cdn")
    issued = values["authentication"] in _ISSUED
    if service in _VERIFYING and values["exposure"] == "partner" and issued and not browsers:
        sized.settings[TOKENS] = True
