"""`advisor next` and `advisor why-not`: the next question, and the changes that select another service."""

from typing import TYPE_CHECKING, Any

import click

from advisor.text import Text
from advisor_cli.console import NOTHING_FITS, command, design_command, say
from advisor_cli.opening import open_design
from advisor_cli.usage_errors import OneOf, UsageProblem, nearest, sentences

if TYPE_CHECKING:
    from advisor.book import Book
    from advisor.design import Design
    from advisor.text import Lang

FORM = click.option(
    "--format", "form", type=OneOf(["json", "text"]), default="json", help="Output format; JSON if omitted."
)
_DONE = Text("No answer to an open question can change the decision.", "未回答の質問にどう答えても結論は変わりません。")
_ALSO = Text(" (asked together with other questions: {count})", "（同時に回答する質問: ほか {count} 問）")
_ASKED = Text("{cards} groups with {questions} questions", "グループ {cards} 個、質問 {questions} 件")
_NO_ROLE = Text(
    "{service} is not a candidate for any role in this file.",
    "{service}は、このファイルのどの選定項目の候補でもありません。",
)
_RETIRED = Text(
    "{service} is never selected. Current alternatives: {instead}.",
    "{service}は選定の対象外です。現在の代替サービス: {instead}。",
)


@command(name="next")
@design_command
@FORM
@click.option(
    "--trace", is_flag=True, help="Show all questions in the order in which they lead to the answers in FILE."
)
def next_(file: str, lang: "Lang", as_of: str | None, folder: str | None, form: str, trace: bool) -> None:
    """Print the open question whose answer is most likely to change the decision for FILE.

    The probability of each answer comes from published design decisions; each change is weighted by the cost of a
    wrong assumption. If the probability that the open questions together change the decision is below 5%, the decision is
    reported as sufficiently certain.

    \b
    Examples:
      advisor next batch.yaml
      advisor next batch.yaml --trace --format text
    """
    from advisor.explanation.what_if import Speaker
    from advisor.report.decision_report import SCHEMA, dumps
    from advisor.report.records import interview_data
    from advisor.sensitivity.next_question import interview

    design = open_design(file, lang, as_of, folder)
    speaker = Speaker(design.requirements, design.book)
    if trace:
        asked = interview(design.dated, design.verdict.answers)
        data = {"schema": SCHEMA, **interview_data(asked, speaker, lang)}
        lines = [f"{n}. {step['sentence']}{_also(step, lang)}" for n, step in enumerate(data["steps"], 1)]
        lines.append(_ASKED.in_(lang).format(cards=data["cards"], questions=data["questions"]))
    else:
        data, lines = _next_step(design, speaker, lang)
        data = {"schema": SCHEMA, **data}
    say(dumps(data) if form == "json" else "".join(f"{line}\n" for line in lines))


def _also(step: dict[str, Any], lang: "Lang") -> str:
    """Return how many other questions are asked together with that of a step."""
    count = len(step["together"])
    return _ALSO.in_(lang).format(count=count) if count else ""


def _next_step(design: "Design", speaker: Any, lang: "Lang") -> tuple[dict[str, Any], list[str]]:
    """Return the next question of a design, or why there is none, and how far the interview is: as data and as lines."""
    from advisor.explanation.firmness import firmness
    from advisor.explanation.question_words import GOOD_ENOUGH, question_words
    from advisor.report.records import progress_data, question_data
    from advisor.sensitivity.next_question import first_question, progress
    from advisor.sensitivity.sweep import sweep

    swept = sweep(design.dated, design.verdict)
    holds: bool | None = False
    question, made = first_question(design.dated, design.verdict, swept), progress(design.verdict, swept)
    done = progress_data(made, lang)
    if question is None:
        analysis = design.analysis
        holds = analysis.holds
        lines = [(_DONE if holds else firmness(analysis)).in_(lang), done["sentence"]]
        asked = None
    else:
        asked = question_data(question, speaker, lang)
        lines = [question_words(speaker, question).in_(lang)]
        lines += [asked["counted"]] if question.because == "changes" and not question.accept else []
        lines += [GOOD_ENOUGH.in_(lang)] if made.good_enough else []
        lines.append(done["sentence"])
    data = {"question": asked, "holds_for_every_completion": holds, "progress": done, "sentence": lines[0]}
    return data, lines


@command(name="why-not")
@design_command
@click.argument("service")
@FORM
def why_not(file: str, lang: "Lang", as_of: str | None, folder: str | None, service: str, form: str) -> None:
    """Print the smallest change to the answers in FILE that selects SERVICE, or the reason why none does.

    \b
    Examples:
      advisor why-not batch.yaml lambda --format text
      advisor why-not batch.yaml eks
    """
    from advisor.explanation.what_if import Speaker
    from advisor.report.decision_report import SCHEMA, dumps
    from advisor.sensitivity.counterfactual import why_not as search

    design = open_design(file, lang, as_of, folder)
    _check_service(design.book, service)
    results = search(design.dated, design.verdict, service)
    speaker = Speaker(design.requirements, design.book)
    answers = [_answer(result, speaker, lang) for result in results]
    sentence = " ".join(answer["sentence"] for answer in answers) or _no_role_words(design, service).in_(lang)
    if form == "json":
        say(dumps({"schema": SCHEMA, "service": service, "answers": answers, "sentence": sentence}))
    else:
        say("".join(f"{answer['sentence']}\n" for answer in answers) or f"{sentence}\n")
    if not any(answer["possible"] for answer in answers):
        click.get_current_context().exit(NOTHING_FITS)


def _answer(result: Any, speaker: Any, lang: "Lang") -> dict[str, Any]:
    from advisor.report.records import ground_data

    return {
        "subject": result.subject,
        "role": result.role,
        "chosen": result.chosen,
        "possible": result.changes is not None,
        "changes": [{"subject": s, "field": f, "value": v} for s, f, v in result.changes or ()],
        "against": [ground_data(ground) for ground in result.against],
        "sentence": speaker.why_not(result).in_(lang),
    }


def _no_role_words(design: "Design", service: str) -> Text:
    from advisor.explanation.wording import service_name

    entry, name = design.book.services[service], service_name(design.book, service)
    if entry.lifecycle != "retired":
        return Text(_NO_ROLE.en.format(service=name.en), _NO_ROLE.ja.format(service=name.ja))
    instead = [service_name(design.book, other) for other in entry.replaced_by]
    return Text(
        _RETIRED.en.format(service=name.en, instead=", ".join(t.en for t in instead) or "-"),
        _RETIRED.ja.format(service=name.ja, instead="、".join(t.ja for t in instead) or "-"),
    )


def _check_service(book: "Book", service: str) -> None:
    if service in book.services:
        return
    unknown = Text(
        f'SERVICE: "{service[:60]}" is not a known service.',
        f"SERVICE: 「{service[:60]}」というサービスはありません。",
    )
    raise UsageProblem(sentences(unknown, nearest(service, list(book.services))))
