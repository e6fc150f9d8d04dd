"""The verification mark at the button of a project: verified, partly or not, and the tiers."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import streamlit as st

from advisor.text import Lang
from advisor_ui import cached
from advisor_ui.state.draft import Raw
from advisor_ui.words import say
from blueprints.targets import Target
from renderers.markdown import escape

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

Certificate = Mapping[str, Any]
_MARKS = {
    "proven": ("green", ":material/verified:"),
    "partly": ("orange", ":material/error:"),
    "changed": ("orange", ":material/pending:"),
    "unknown": ("gray", ":material/help:"),
}


def proof_marks(draft: Raw, places: Mapping[Target, "DeltaGenerator"], lang: Lang) -> None:
    """Fill the container below each button with the verification status; details are in an expander."""
    certificates = {target: cached.certificate(draft, target.id, lang) for target in places}
    for target, place in places.items():
        place.markdown(badge(certificates[target], lang))
    meanings = {target: meaning(one, lang) for target, one in certificates.items()}
    for words in dict.fromkeys(meanings.values()):
        named = [target.title.in_(lang) for target in meanings if meanings[target] == words]
        targets = "" if len(named) == len(meanings) else f"**{escape(say('semicolon', lang).join(named))}**: "
        st.markdown(f":small[{targets}{words}]")
    if not places:
        return
    expander = st.expander(say("proof_tiers", lang), key="proof_tiers", icon=":material/fact_check:", on_change="rerun")
    if expander.open:
        with expander:
            st.markdown(f":small[{say('proof_of_shape', lang)}]")
            st.markdown("\n".join(_tiers(certificates, lang)))


def badge(certificate: Certificate, lang: Lang) -> str:
    """Return the mark of one project."""
    status = str(certificate["status"])
    colour, icon = _MARKS[status]
    return f":{colour}-badge[{icon} {say(f'proof_{status}', lang)}]"


def meaning(certificate: Certificate, lang: Lang) -> str:
    """Return the meaning of a project's mark, with the verified share if it is partial."""
    status = str(certificate["status"])
    values = {"tier": certificate["proven_up_to"] or ""} if status == "proven" else {}
    means = say(f"proof_{status}_means", lang, **values)
    parts = certificate["parts"]
    if not parts:
        failed = [tier["id"] for tier in certificate["tiers"] if tier["result"] == "failed"]
        return f"{means} {say('proof_failed', lang, tiers=', '.join(failed))}" if failed else means
    proven = sum(part["proven_up_to"] is not None for part in parts)
    return f"{means} {say('parts_proven', lang, proven=proven, all=len(parts))}"


def _tiers(certificates: Mapping[Target, Certificate], lang: Lang) -> list[str]:
    """Return each tier with its description and its result per target."""
    titles = [escape(target.title.in_(lang)) for target in certificates]
    lines = []
    for row in zip(*(certificate["tiers"] for certificate in certificates.values()), strict=True):
        words = [say(f"result_{tier['result'].replace('-', '_')}", lang) for tier in row]
        results = " · ".join(f"{title}: {result}" for title, result in zip(titles, words, strict=True))
        lines.append(f"- **{row[0]['id']}**: {escape(row[0]['title'])}  \n  :small[:gray[{results}]]")
    return lines
