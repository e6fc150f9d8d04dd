"""`advisor next` and `advisor why-not`: what to answer next, and what it takes for another service."""

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import click

from advisor.text import Text
from advisor_cli.console import BAD_INPUT, NOTHING_FITS, Stop, design_command, say
from advisor_cli.opening import open_design

if TYPE_CHECKING:
    from advisor.book import Book
    from advisor.design import Design
    from advisor.text import Lang

FORM = click.option("--format", "form", type=click.Choice(["json", "text"]), default="json", help="What to print.")
_DONE = Text(
    "No answer to an open question can change the verdict any more.", "未回答の質問にどう答えても結論は変わりません。"
)
_ASKED = Text("{cards} cards, {questions} questions", "カード {cards} 枚・質問 {questions} 件")
_NO_ROLE = Text(
    "{service} fills no role of any subject in this file.",
    "このファイルのどの対象にも{service}が担う役割はありません。",
)
_RETIRED = Text(
    "{service} is only recognised and never chosen; today: {instead}.",
    "{service}は認識されるだけで、選ばれることはありません。現在の選択肢: {instead}。",
)


@click.command(name="next")
@design_command
@FORM
@click.option("--trace", is_flag=True, help="Show the whole interview that ends at FILE's answers.")
def next_(file: str, lang: "Lang", as_of: str | None, folder: str | None, form: str, trace: bool) -> None:
    """Print the open question of the greatest expected consequence for FILE's verdict, or that none can change it.

    How likely an answer changes the verdict is counted from published decisions; each change is weighed by what a wrong
    assumption costs. Below 5 % for all that is open, the verdict is called good enough.

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
        lines = [f"{n}. {step['sentence']} (+{len(step['together'])})" for n, step in enumerate(data["steps"], 1)]
        lines.append(_ASKED.in_(lang).format(cards=data["cards"], questions=data["questions"]))
    else:
        data, lines = _next_step(design, speaker, lang)
        data = {"schema": SCHEMA, **data}
    say(dumps(data) if form == "json" else "".join(f"{line}\n" for line in lines))


def _next_step(design: "Design", speaker: Any, lang: "Lang") -> tuple[dict[str, Any], list[str]]:
    """Return the next question of a design, or why there is none, and how far the interview is: as data and as lines."""
    from advisor.explanation.question_words import GOOD_ENOUGH, question_words
    from advisor.explanation.what_if import firmness
    from advisor.report.records import progress_data, question_data
    from advisor.sensitivity.analysis import analyse_verdict
    from advisor.sensitivity.next_question import first_question, progress
    from advisor.sensitivity.sweep import sweep

    swept = sweep(design.dated, design.verdict)
    holds: bool | None = False
    question, made = first_question(design.dated, design.verdict, swept), progress(design.verdict, swept)
    done = progress_data(made, lang)
    if question is None:
        analysis = analyse_verdict(design.verdict, design.dated)
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


@click.command(name="why-not")
@design_command
@click.argument("service")
@FORM
def why_not(file: str, lang: "Lang", as_of: str | None, folder: str | None, service: str, form: str) -> None:
    """Print the fewest changed answers with which FILE comes to SERVICE, or what makes that impossible.

    \b
    Examples:
      advisor why-not batch.yaml lambda --format text
      advisor why-not batch.yaml eks
    """
    from advisor.explanation.what_if import Speaker
    from advisor.report.decision_report import SCHEMA, dumps
    from advisor.sensitivity.counterfactual import why_not as search

    design = open_design(file, lang, as_of, folder)
    _check_service(design.book, service, lang)
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


def _check_service(book: "Book", service: str, lang: "Lang") -> None:
    if service in book.services:
        return
    nearest = get_close_matches(service, list(book.services), 1)
    allowed = f'"{nearest[0]}"?' if nearest else ", ".join(book.services)
    words = Text(
        f'SERVICE: "{service[:60]}" is no service of the catalogue; allowed: {allowed}',
        f"SERVICE: 「{service[:60]}」はカタログにありません。使える値: {allowed}",
    )
    raise Stop(BAD_INPUT, words.in_(lang))
