"""Flip points, counterfactuals and open questions as sentences that a client can read, in both languages."""

from collections.abc import Iterable
from typing import Any

from advisor.analysis import FlipPoint
from advisor.answers import WORKLOAD
from advisor.book import Book
from advisor.cells import field_of
from advisor.counterfactual import WhyNot
from advisor.questions import Question
from advisor.report import service_name
from advisor.requirements import Requirements
from advisor.sweep import Move
from advisor.text import Text, spaced
from advisor.wording import value_words

_NOT_THERE = Text("none", "なし")
_WHOLE = Text("the workload", "ワークロード全体")
_RELATIONS = {
    "above": Text("more than {value}", "{value}超"),
    "at_least": Text("at least {value}", "{value}以上"),
    "below": Text("less than {value}", "{value}未満"),
    "at_most": Text("at most {value}", "{value}以下"),
    "is": Text("{value}", "{value}"),
}


class Speaker:
    """Words what would change a verdict, with the titles that the requirements give their subjects."""

    def __init__(self, requirements: Requirements, book: Book) -> None:
        self.book = book
        self.titles = {subject.id: subject.name for _, subject in requirements.subjects()}
        self.kinds = {subject.id: kind for kind, subject in requirements.subjects()}

    def title(self, subject: str) -> Text:
        """Return what a subject is called; `WORKLOAD` is the whole workload."""
        return self.titles.get(subject, _WHOLE)

    def field(self, subject: str, field: str) -> Text:
        """Return what a question about a subject is called."""
        return field_of(self._kind(subject), field).title

    def value(self, subject: str, field: str, value: Any) -> Text:
        """Return an answer in words."""
        return _NOT_THERE if value is None else value_words(self.book, self._kind(subject), field, value)

    def _kind(self, subject: str) -> str:
        return "workload" if subject == WORKLOAD else self.kinds[subject]

    def move(self, move: Move) -> Text:
        """Return one role that comes to another service: "Report, Compute: Amazon ECS → AWS Lambda"."""
        role = self.book.role(move.role).title
        before, after = (_NOT_THERE if s is None else service_name(self.book, s) for s in (move.before, move.after))
        title = self.title(move.subject)
        return Text(
            f"{title.en}, {role.en}: {before.en} → {after.en}", f"{title.ja}・{role.ja}: {before.ja} → {after.ja}"
        )

    def moves(self, moves: Iterable[Move]) -> Text:
        """Return several moves in a row."""
        return _joined((self.move(move) for move in moves), "; ", "、")

    def condition(self, flip: FlipPoint) -> Text:
        """Return when a verdict flips: "Report, Longest run: at most 15 min (now 20 min)"."""
        at, now = (self.value(flip.subject, flip.field, v) for v in (flip.at, flip.value))
        title, field, relation = (
            self.title(flip.subject),
            self.field(flip.subject, flip.field),
            _RELATIONS[flip.relation],
        )
        reached = Text(relation.en.format(value=at.en), relation.ja.format(value=at.ja))
        return spaced(
            Text(
                f"{title.en}, {field.en}: {reached.en} (now {now.en})",
                f"{title.ja}・{field.ja}: {reached.ja}（現在 {now.ja}）",
            )
        )

    def flip(self, flip: FlipPoint) -> Text:
        """Return a flip point with what it changes."""
        when, moves = self.condition(flip), self.moves(flip.moves)
        return Text(f"{when.en}: {moves.en}", f"{when.ja}: {moves.ja}")

    def change(self, subject: str, field: str, value: Any) -> Text:
        """Return a changed answer: "Report, Longest run: 15 min"; the field "pins" takes a pin back."""
        title = self.title(subject)
        if field == "pins":
            role = self.book.role(str(value)).title
            return Text(f"{title.en}, {role.en}: no service asked for", f"{title.ja}・{role.ja}: サービスの指定なし")
        name, worded = self.field(subject, field), self.value(subject, field, value)
        return Text(f"{title.en}, {name.en}: {worded.en}", f"{title.ja}・{name.ja}: {worded.ja}")

    def why_not(self, found: WhyNot) -> Text:
        """Return what it takes for a service to be chosen for a role."""
        service, role, title = (
            service_name(self.book, found.service),
            self.book.role(found.role).title,
            self.title(found.subject),
        )
        en, ja = f"{title.en}, {role.en}: ", f"{title.ja}・{role.ja}: "
        if found.changes is None:
            return spaced(
                Text(
                    f"{en}no change of up to four answers makes {service.en} the choice.",
                    f"{ja}4 つまでの回答の変更では{service.ja}は選ばれません。",
                )
            )
        if not found.changes:
            return spaced(Text(f"{en}{service.en} is chosen already.", f"{ja}{service.ja}はすでに選ばれています。"))
        changes = _joined((self.change(*change) for change in found.changes), "; ", "、")
        return spaced(
            Text(
                f"{en}{service.en} would be chosen with: {changes.en}.",
                f"{ja}{service.ja}が選ばれる条件: {changes.ja}。",
            )
        )

    def question(self, question: Question) -> Text:
        """Return why a question is worth an answer."""
        field, title = self.field(question.subject, question.field), self.title(question.subject)
        if not question.moves:
            return spaced(
                Text(
                    f"{title.en}, {field.en}: alone it changes nothing any more, together with others it can.",
                    f"{title.ja}・{field.ja}: 単独では何も変わりませんが、他の回答と合わさると結論が変わりえます。",
                )
            )
        share, moves = f"{question.share:.0%}", self.moves(question.moves)
        return spaced(
            Text(
                f"{title.en}, {field.en}: {share} of its possible answers change the verdict, for example {moves.en}.",
                f"{title.ja}・{field.ja}: ありうる回答の {share} で結論が変わります。例: {moves.ja}。",
            )
        )


def _joined(texts: Iterable[Text], en: str, ja: str) -> Text:
    listed = [*texts]
    return Text(en.join(text.en for text in listed), ja.join(text.ja for text in listed))


HOLDS = {
    True: Text(
        "The verdict is the same for every answer to the open questions.",
        "未回答の質問にどう答えても結論は変わりません。",
    ),
    False: Text(
        "The verdict rests on assumptions: another answer to an open question can change it.",
        "結論は仮定に支えられています。未回答の質問への答えによって変わりえます。",
    ),
    None: Text(
        "No open question alone changes the verdict; whether several together do was not settled.",
        "未回答の質問は単独では結論を変えません。複数が合わさった場合は確かめきれていません。",
    ),
}
