"""Everything that a design assumes, each assumption once for its part: what is counted as one on the page and in documents."""

from advisor.design import Design
from advisor.explanation.what_if import Speaker
from advisor.sensitivity.analysis import Analysis
from advisor.text import Text
from renderers.record.changes import Place, unanswered


def assumed_places(design: Design, analysis: Analysis) -> dict[Place, Text]:
    """Return the sentence on each assumption by its part and question; the part "" is the workload.

    A question without a usual answer that can change the decision is assumed to be no requirement.
    """
    places: dict[Place, Text] = {}
    for one in design.decision.assumptions:
        whole = one.field.startswith("workload.")
        places["" if whole else one.subject, one.field.removeprefix("workload.")] = one.sentence
    speaker = Speaker(design.requirements, design.book)
    for subject, id in analysis.carried_by:
        if (subject, id) not in places:
            title, none = speaker.field(subject, id), unanswered(speaker, subject, id)
            places[subject, id] = Text(f"{title.en}: {none.en}", f"{title.ja}: {none.ja}")
    return places
