"""Sites whose pages call other components from the browser: nothing of the site itself runs on a server."""

from advisor.requirements.answers import LINKS, AnsweredSubject, Answers
from advisor.requirements.because import Because
from advisor.requirements.orchestration import OF_A_PROGRAM, callers_of
from advisor.text import Text

# What only a program of the site can do, or an endpoint of its own.
_OF_A_SERVER = (
    *(field for field in LINKS if field != "calls"), *OF_A_PROGRAM, "listens_to", "event_source", "schedule_expression",
    "uses_secrets", "fixed_outgoing_ip", "direct_uploads", "streaming", "caching", "validation", "throttling", "api_keys",
    "steps", "parallel_items", "human_approval", "compensation", "migrates_from",
)  # fmt: skip
_OPEN = (None, False, "none", "nothing", ())
# How pages reach what they call.
_PROTOCOLS = (None, "http", "graphql", "websocket")
# Who signs requests: programs that keep a secret, which pages cannot.
_OF_PROGRAMS = ("aws-iam", "signature")
_ENTERED = (None, "request", ("request",))

#: The answers of a site from which it follows whether its pages call other components.
PAGES_BY = ("static_site", "trigger", "protocol", "exposure", "authentication", "kubernetes", "calls", *_OF_A_SERVER)
_CALLED = Text('the pages of the site call "{subject}"', "サイトのページが「{subject}」を呼び出す")
_CALLER = Text('the pages of "{subject}" call it from the browser', "「{subject}」のページがブラウザから呼び出す")


def calls_from_pages(answers: Answers, subject: AnsweredSubject) -> bool:
    """Return whether a component is a site of static files alone, whose pages call the components that it is linked to.

    A site that states code or work of its own has a program; so has one that calls what only a program can reach. Users who
    sign in to a site do so in its pages: what they call checks the tokens.
    """
    stated = subject.answers
    called = stated.get("calls", ())
    if not (stated.get("static_site") and called) or stated.get("logic", "none") != "none" or subject.pins:
        return False
    if stated.get("exposure") == "private" or stated.get("trigger") not in _ENTERED:
        return False
    if stated.get("protocol", "http") != "http" or any(
        stated.get(field) not in _OPEN for field in (*_OF_A_SERVER, "kubernetes")
    ):
        return False
    return all(_is_reached(answers.subjects[id], stated.get("authentication", "none")) for id in called)


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


def page_caller(answers: Answers, component: str) -> AnsweredSubject | None:
    """Return the first site whose pages call a component, or None."""
    return next((caller for caller in callers_of(answers, component) if calls_from_pages(answers, caller)), None)


def authentication_of(answers: Answers, subject: AnsweredSubject) -> tuple[str, Because] | None:
    """Return how the users of the pages that call a component are authenticated, or None if nothing follows."""
    site = None if "authentication" in subject.answers else page_caller(answers, subject.id)
    if site is None or site.answers.get("authentication", "none") == "none":
        return None
    return str(site.answers["authentication"]), called_from(site)


def called_by_pages(subject: AnsweredSubject) -> Because:
    """Return why a site is assumed to have no code: its pages call another component."""
    return Because(_CALLED, subject.answers["calls"][0])


def called_from(site: AnsweredSubject) -> Because:
    """Return why a component is assumed to be called by those who load a site."""
    return Because(_CALLER, site.id)
