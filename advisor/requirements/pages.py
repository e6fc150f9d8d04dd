"""Sites whose pages call other components from the browser: nothing of the site itself runs on a server."""

from advisor.requirements.answers import LINKS, AnsweredSubject, Answers
from advisor.requirements.because import Because
from advisor.requirements.orchestration import OF_A_PROGRAM, callers_of
from advisor.text import Text
from advisor.vocabulary import FIELDS

# What starts a component besides requests, if its trigger is not stated.
_STARTED = ("listens_to", "event_source", "schedule_expression", "granularity_s")
# What only a program of the site can do, or an endpoint of its own.
_OF_A_SERVER = (
    *(field for field in LINKS if field != "calls"), *OF_A_PROGRAM, "uses_secrets", "fixed_outgoing_ip", "direct_uploads",
    "streaming", "caching", "validation", "throttling", "api_keys", "steps", "parallel_items", "human_approval",
    "compensation", "migrates_from", "kubernetes",
)  # fmt: skip
# What is assumed of them, and what says as little.
_DEFAULTS = {field.id: field.default for field in FIELDS["component"]}
_OPEN = (None, False, "none", ())
# Roles that files have: a service specified for one of them says nothing of a program.
_OF_FILES = ("hosting", "delivery", "firewall", "observability")
# How pages reach what they call.
_PROTOCOLS = (None, "http", "graphql", "websocket")
# Who signs requests: programs that keep a secret, which pages cannot.
_OF_PROGRAMS = ("aws-iam", "signature")
# Where sites are loaded that a CDN delivers, the widest first.
_WIDEST = ("public", "partner")
_ENTERED = (None, "request", ("request",))

#: The answers of a site from which it follows that its pages call other components, and those that speak against it if stated.
PAGES_BY = ("static_site", "calls")
NO_PAGES_BY = ("trigger", "protocol", "exposure", "authentication", *_STARTED, *_OF_A_SERVER)
_CALLED = Text('the pages of the site call "{subject}"', "サイトのページが「{subject}」を呼び出す")
_CALLER = Text('the pages of "{subject}" call it from the browser', "「{subject}」のページがブラウザから呼び出す")


def calls_from_pages(answers: Answers, subject: AnsweredSubject) -> bool:
    """Return whether a component is a site of static files alone, whose pages call the components that it is linked to.

    A site that states code or work of its own has a program; so has one that calls what only a program can reach. Users who
    sign in to a site do so in its pages: what they call checks the tokens. It checks those of one provider, so sites with
    different providers have programs.
    """
    return _is_pages(answers, subject) and not any(
        _is_pages(answers, other)
        for id in subject.answers["calls"]
        for other in callers_of(answers, id)
        if _differ(subject, other)
    )


def differing_sites(answers: Answers, component: str) -> tuple[AnsweredSubject, ...]:
    """Return the sites that have programs only because users sign in differently to them, and that all call a component."""
    sites = [caller for caller in callers_of(answers, component) if _is_pages(answers, caller)]
    return tuple(site for site in sites if any(_differ(site, other) for other in sites))


def _sign_in(site: AnsweredSubject) -> str:
    return str(site.answers.get("authentication", "none"))


def _differ(site: AnsweredSubject, other: AnsweredSubject) -> bool:
    """Return whether users sign in to both sites, in different ways."""
    return len({_sign_in(site), _sign_in(other)} - {"none"}) > 1


def _is_pages(answers: Answers, subject: AnsweredSubject) -> bool:
    """Return whether pages call all that a component is linked to, as far as the component and the called ones say."""
    stated = subject.answers
    called = stated.get("calls", ())
    if not (stated.get("static_site") and called) or stated.get("logic", "none") != "none" or _has_program(subject):
        return False
    if stated.get("exposure") == "private" or stated.get("trigger") not in _ENTERED:
        return False
    if stated.get("protocol", "http") != "http":
        return False
    return all(_is_reached(answers.subjects[id], _sign_in(subject)) for id in called)


def _has_program(site: AnsweredSubject) -> bool:
    """Return whether answers or specified services are about a program or an endpoint; what is assumed anyway is not."""
    stated = site.answers
    described = any(stated.get(field) not in (*_OPEN, _DEFAULTS[field]) for field in _OF_A_SERVER)
    pinned = any(role not in _OF_FILES and service != "none" for role, service in site.pins.items())
    return described or pinned or any(field in stated for field in _STARTED)


def _is_reached(called: AnsweredSubject, signed_in: str) -> bool:
    """Return whether a browser can call a component, as far as its answers say, and checks who signed in to the site."""
    stated, trigger = called.answers, called.answers.get("trigger") or "request"
    return (
        signed_in not in _OF_PROGRAMS
        and (signed_in == "none" or stated.get("authentication", signed_in) == signed_in)
        and "request" in ((trigger,) if isinstance(trigger, str) else trigger)
        and stated.get("exposure") != "private"
        and stated.get("protocol") in _PROTOCOLS
        and stated.get("authentication") not in _OF_PROGRAMS
    )


def is_checked_elsewhere(answers: Answers, subject: AnsweredSubject) -> bool:
    """Return whether users sign in to a site without a check there: what its pages call checks them."""
    return calls_from_pages(answers, subject) and _sign_in(subject) != "none"


def page_callers(answers: Answers, component: str) -> tuple[AnsweredSubject, ...]:
    """Return the sites whose pages call a component."""
    return tuple(caller for caller in callers_of(answers, component) if calls_from_pages(answers, caller))


def authentication_of(answers: Answers, subject: AnsweredSubject) -> tuple[str, tuple[Because, ...]] | None:
    """Return how the users of the pages that call a component are authenticated, or None if nothing follows.

    Where users sign in to one of several sites, the component checks all its callers.
    """
    if "authentication" in subject.answers:
        return None
    sites = [site for site in page_callers(answers, subject.id) if _sign_in(site) != "none"]
    return (_sign_in(sites[0]), tuple(map(called_from, sites))) if sites else None


def page_exposure_of(answers: Answers, component: str) -> tuple[str, tuple[Because, ...]] | None:
    """Return from where pages call a component: the widest of where their sites are loaded; None if none call it."""
    found: dict[str, list[Because]] = {}
    for site in page_callers(answers, component):
        found.setdefault(str(site.answers.get("exposure", "public")), []).append(called_from(site))
    widest = next((exposure for exposure in _WIDEST if exposure in found), None)
    return None if widest is None else (widest, tuple(found[widest]))


def called_by_pages(subject: AnsweredSubject) -> Because:
    """Return why a site is assumed to have no code: its pages call another component."""
    return Because(_CALLED, subject.answers["calls"][0])


def called_from(site: AnsweredSubject) -> Because:
    """Return why a component is assumed to be called by those who load a site."""
    return Because(_CALLER, site.id)
