"""Texts of a recheck: the roles that changed, and the facts or rules that caused it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from advisor.book import Book
from advisor.explanation.wording import fill, service_name
from advisor.report.recheck import Cause, Change, FactThen, is_number
from advisor.report.saved_decisions import Raw
from advisor.text import EMPTY, Lang, Text, in_a_row, spaced
from advisor.vocabulary.formats import date
from advisor.vocabulary.units import words

_NO_ROLE = Text("no such role", "選定項目なし")


def change_text(change: Change, book: Book) -> Text:
    """Return the sentence on a role that came to another service."""
    move = change.move
    before, after = _side(move.before, change, book), _side(move.after, change, book)
    role = book.role(move.role).title if move.role in book.role_ids else Text.same(move.role)
    return Text(
        f"{move.subject}, {role.en} ({move.role}): {before.en} -> {after.en}",
        f"{move.subject}、{role.ja}（{move.role}）: {before.ja} → {after.ja}",
    )


def _side(service: str | None, change: Change, book: Book) -> Text:
    if service is None and any(cause.kind == "follows" for cause in change.causes):
        return _NO_ROLE
    return service_name(book, service)


def cause_text(cause: Cause, book: Book) -> Text:
    """Return a sentence about one difference between the earlier proof and the current one."""
    name = service_name(book, cause.candidate or None)
    return spaced(_SENTENCES[cause.kind](cause, name, book))


def _limit(cause: Cause, name: Text, book: Book) -> Text:
    effect = _effect(cause)
    if cause.fact is not None:
        return _moved(cause.fact, cause.id, name, effect)
    if cause.then is None or cause.now is None:
        value = _bound(cause.now or cause.then or {})
        state = ("is new", "が追加されました") if cause.then is None else ("is gone", "がなくなりました")
        return Text(f"{name.en}: the limit {cause.id} ({value.en}) {state[0]}; {effect.en}.",
                    f"{name.ja}: 上限・下限 {cause.id}（{value.ja}）{state[1]}。{effect.ja}。")  # fmt: skip
    met = _compared(cause)
    return Text(f"{name.en}: {met.en}, so the limit {cause.id} {_application(cause).en}; {effect.en}.",
                f"{name.ja}: {met.ja}のため、上限・下限 {cause.id} が{_application(cause).ja}。{effect.ja}。")  # fmt: skip


def _demand(cause: Cause, name: Text, book: Book) -> Text:
    """Return the text on a hard requirement that a service newly meets or violates, by its property."""
    effect, applies = _effect(cause), _applied(cause.now)
    fact = book.facts.get(cause.id)
    does = fact.statement if fact is not None else Text("", "")
    en, ja = ("is not met", "満たしません") if applies else ("is now met", "満たすようになりました")
    return Text(f"{name.en}: the hard requirement {en} ({cause.id}); {effect.en}. {does.en}",
                f"{name.ja}: 必須条件を{ja}（{cause.id}）。{effect.ja}。{does.ja}")  # fmt: skip


def _moved(fact: FactThen, id: str, name: Text, effect: Text) -> Text:
    then, now = words(float(fact.then), fact.unit), words(float(fact.now), fact.unit)
    return Text(
        f"{name.en}: the fact {id} was {then.en} (in force from {fact.then_from}) and is {now.en} "
        f"(in force from {fact.now_from}); {effect.en}.",
        f"{name.ja}: 根拠情報 {id} が {then.ja}（{date(fact.then_from).ja}から有効）から {now.ja}（{date(fact.now_from).ja}から有効）に"
        f"変わりました。{effect.ja}。",
    )


def _bound(ground: Raw) -> Text:
    condition: Raw = next(iter(ground.get("conditions", ())), {})
    threshold: Any = condition.get("threshold")
    unit = condition.get("unit")
    if is_number(threshold) and isinstance(unit, str):
        return words(float(threshold), unit)
    return Text.same(_plain(threshold))


def _rule(cause: Cause, name: Text, book: Book) -> Text:
    effect, because = _effect(cause), _because(cause, book)
    if cause.then is None or cause.now is None:
        state = ("is new", "が追加されました") if cause.then is None else ("is gone", "がなくなりました")
        return Text(f"{name.en}: the rule {cause.id} {state[0]}; {effect.en}.{because.en}",
                    f"{name.ja}: ルール {cause.id} {state[1]}。{effect.ja}。{because.ja}")  # fmt: skip
    met, application = _compared(cause), _application(cause)
    return Text(f"{name.en}: the rule {cause.id} {application.en} ({met.en}); {effect.en}.{because.en}",
                f"{name.ja}: ルール {cause.id} が{application.ja}（{met.ja}）。{effect.ja}。{because.ja}")  # fmt: skip


def _application(cause: Cause) -> Text:
    if _applied(cause.now):
        return Text("now applies", "適用されるようになりました")
    return Text("no longer applies", "適用されなくなりました")


def _applied(ground: Raw | None) -> bool:
    return ground is not None and bool(ground["spoke"])


def _effect(cause: Cause) -> Text:
    ground = cause.now or cause.then or {}
    if ground.get("effect") == "favours":
        return Text("it now favors the service", "現在は優先の理由になります") if _applied(cause.now) else Text(
            "it no longer favors the service",
            "優先の理由ではなくなりました",
        )  # fmt: skip
    return Text("the service is now excluded", "現在は除外されます") if _applied(cause.now) else Text(
            "the service is no longer excluded",
            "除外されなくなりました",
        )  # fmt: skip


def _because(cause: Cause, book: Book) -> Text:
    rule = next((rule for rule in book.rules if rule.id == cause.id), None)
    if rule is None or not _applied(cause.now) or cause.now is None:
        return Text("", "")
    values = {c["field"]: tuple(v) if isinstance(v := c.get("value"), list) else v for c in cause.now["conditions"]}
    filled = fill(book, book.role(rule.role).subject, rule.because, values)
    return Text(f" {filled.en}", filled.ja)


def _compared(cause: Cause) -> Text:
    """Return the differences in the comparisons of a ground: values, thresholds, or the set of comparisons."""
    assert cause.then is not None
    assert cause.now is not None
    was = {(c["field"], c["operator"]): c for c in cause.then["conditions"]}
    now = {(c["field"], c["operator"]): c for c in cause.now["conditions"]}
    differences = []
    for key in dict.fromkeys((*was, *now)):
        old, new = was.get(key), now.get(key)
        title = " ".join(key)
        if old is None or new is None:
            threshold = _plain((old or new or {}).get("threshold"))
            differences.append((f"{title} {threshold}", "no longer compared" if new is None else "now compared",
                          "比較なし" if new is None else "比較を追加"))  # fmt: skip
        elif old.get("threshold") != new.get("threshold"):
            steps = f"{_plain(old.get('threshold'))} -> {_plain(new.get('threshold'))}"
            differences.append((title, steps, steps))
        elif old.get("value") != new.get("value"):
            steps = f"{_plain(old.get('value'))} -> {_plain(new.get('value'))}"
            differences.append((key[0], steps, steps))
    en = ", ".join(f"{title}: {change}" for title, change, _ in differences) or "for another reason"
    return Text(en, "、".join(f"{title}: {change}" for title, _, change in differences) or "別の理由")


def _plain(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else value


def _launch(cause: Cause, name: Text, book: Book) -> Text:
    in_catalogue = book.services.get(cause.candidate)
    since = in_catalogue.since if in_catalogue else ""
    if in_catalogue is not None and in_catalogue.lifecycle == "retired":
        instead = in_a_row(in_catalogue.replaced_by)
        return Text(f"{name.en} is closed to new customers. Current alternatives: {instead.en}.",
                    f"{name.ja}は新規利用を受け付けていません。現在の選択肢: {instead.ja}。")  # fmt: skip
    if _applied(cause.now):
        return Text(
            f"{name.en} was not available before {since}.", f"{name.ja}は {date(since).ja}より前には利用できません。"
        )
    return Text(f"{name.en} became available on {since}.", f"{name.ja}は {date(since).ja}に利用可能になりました。")


def _together(cause: Cause, name: Text, _book: Book) -> Text:
    if _applied(cause.now):
        return Text(f"{name.en}: if it were chosen, at least one other role would have no suitable service.",
                    f"{name.ja}: 選ぶと、別の選定項目で要件を満たすサービスがなくなります。")  # fmt: skip
    return Text(
        f"{name.en}: services for the other roles are now available with it.",
        f"{name.ja}: 他の選定項目のサービスと両立するようになりました。",
    )


def _bands(cause: Cause, name: Text, _book: Book) -> Text:
    then, now = (_banded(side) for side in (cause.then, cause.now))
    return Text(
        f"{name.en}: its rating has changed ({then} -> {now}).",
        f"{name.ja}: 評価が変わりました（{then} → {now}）。",
    )


def _banded(candidate: Raw | None) -> str:
    bands: Mapping[str, Any] = (candidate or {}).get("bands", {})
    return ", ".join(f"{axis} {band}" for axis, band in bands.items()) or "-"


def _candidate(cause: Cause, name: Text, book: Book) -> Text:
    if cause.now is None:
        in_catalogue = book.services.get(cause.id)
        instead = in_a_row(in_catalogue.replaced_by) if in_catalogue and in_catalogue.replaced_by else EMPTY
        more, more_ja = (f"; today: {instead.en}", f"。現在の選択肢: {instead.ja}") if instead.en else ("", "")
        return Text(f"{name.en} ({cause.id}) is no longer a candidate for this role{more}.",
                    f"{name.ja}（{cause.id}）はこの選定項目の候補ではなくなりました{more_ja}。")  # fmt: skip
    return Text(
        f"{name.en} ({cause.id}) is a new candidate for this role.", f"{name.ja}（{cause.id}）が候補に加わりました。"
    )


def _follows(cause: Cause, _name: Text, _book: Book) -> Text:
    return Text(f"This change results from the new choice for {cause.id}.", f"{cause.id} の選択に伴う変化です。")


def _order(_cause: Cause, _name: Text, _book: Book) -> Text:
    return Text(
        "The reasons are the same; only the order of the candidates differs.",
        "理由は同じで、候補の順序だけが変わりました。",
    )


_SENTENCES = {
    "limit": _limit,
    "demand": _demand,
    "rule": _rule,
    "launch": _launch,
    "together": _together,
    "bands": _bands,
    "candidate": _candidate,
    "follows": _follows,
    "order": _order,
}


def source_of(cause: Cause) -> Mapping[str, Any] | None:
    """Return the current source of a ground, or its former source."""
    for ground in (cause.now, cause.then):
        source = ground.get("source") if ground is not None else None
        if isinstance(source, Mapping) and {"url", "checked"} <= set(source):
            return source
    return None


def change_lines(change: Change, book: Book, lang: Lang) -> Iterator[str]:
    """Yield the lines on one change: its description, then each cause with its source."""
    yield "  " + " ".join(change_text(change, book).in_(lang).split())
    for cause in change.causes:
        source = source_of(cause)
        cited = f" [{source['url']}, {source['checked']}]" if source else ""
        yield "    - " + " ".join(f"{cause_text(cause, book).in_(lang)}{cited}".split())


def change_data(change: Change, book: Book, lang: Lang) -> dict[str, Any]:
    """Return one change as plain data."""
    return {
        "subject": change.move.subject,
        "role": change.move.role,
        "from": change.move.before,
        "to": change.move.after,
        "causes": [_cause_data(cause, book, lang) for cause in change.causes],
    }


def _cause_data(cause: Cause, book: Book, lang: Lang) -> dict[str, Any]:
    data: dict[str, Any] = {"kind": cause.kind, "id": cause.id, "service": cause.candidate or None}
    if cause.fact is not None:
        fact = cause.fact
        data["then"] = {"value": fact.then, "from": fact.then_from}
        data["now"] = {"value": fact.now, "from": fact.now_from}
        data["unit"] = fact.unit or None
    return data | {"sentence": cause_text(cause, book).in_(lang), "source": source_of(cause)}
