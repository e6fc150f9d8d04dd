"""Why a question is asked next, how likely it matters, and how far an interview is: sentences in both languages."""

from advisor.explanation.what_if import Speaker
from advisor.sensitivity.next_question import Progress, Question
from advisor.sensitivity.priors import Alike
from advisor.sensitivity.ranking import GOOD_ENOUGH as SUFFICIENT
from advisor.sensitivity.ranking import SELDOM
from advisor.text import Text, capitalized, spaced
from advisor.vocabulary.formats import clauses

_LITTLE = Text("fewer than 5% of", "5% 未満")
_FEWER = Text("fewer than 10% of", "10% 未満")
_NEARLY_ALL = Text("more than 90% of", "90% 超")
#: Why a question is asked where no likelihood says it.
_REASONS = {
    "unstarted": Text(
        "no answer or connection given so far states what starts the component. Without one, the architecture contains neither an "
        "endpoint nor a trigger for it.",
        "何が処理を開始するかの回答もリンクもまだありません。いずれもない場合、構成にはエンドポイントもトリガーも含まれません。",
    ),
    "unlinked": Text(
        "the component consumes messages or records, but no link names the channel.",
        "メッセージまたはレコードを受け取りますが、受け取るチャネルへのリンクがありません。",
    ),
    "rate": Text(
        "the assumed rate results in 100 or more concurrent executions. The concurrency or number of tasks, and their cost, "
        "depend on this rate.",
        "仮定のレートでは同時実行数が 100 以上になります。同時実行数またはタスク数とその料金は、このレートで決まります。",
    ),
    "open-door": Text(
        "according to the answers so far, this component is called over the internet. The design does not authenticate its "
        "callers unless you state how.",
        "この時点の回答では、インターネット経由で呼び出されます。認証方法の回答がない場合、設計に呼び出し元の認証は含まれません。",
    ),
    "cold-start": Text(
        "a latency goal is stated, and a request that starts a new environment of a function may miss it. The compute "
        "service or its settings depend on the answer.",
        "レイテンシーの目標がありますが、関数の新しい実行環境を起動するリクエストは目標に間に合わない可能性があります。コンピューティングサービスまたは設定がこの回答で決まります。",
    ),
    "pages": Text(
        "are the pages rendered on a server for each request? If so, custom code is needed, and the site runs on compute. Without "
        "it, the pages are static files that call the API from the browser, as assumed now.",
        "ページをリクエストごとにサーバーで生成（サーバーサイドレンダリング）しますか。生成する場合はカスタムコードが必要で、サイトはコンピューティングサービスで動作します。"
        "生成しない場合、ページは静的ファイルで、ブラウザから API を呼び出します（現在の仮定）。",
    ),
    "wait": Text(
        "no answer states what a run waits for, or whether a person approves it. The states of the workflow, the approver and the "
        "way in which the answer comes back depend on it.",
        "実行が何を待つか、または人の承認を待つかどうかの回答がありません。ワークフローのステート、承認者、応答を受け取る方法がこの回答で決まります。",
    ),
    "uploads": Text(
        "it writes files to a store of objects. If its callers send these files, they can upload them straight to the store with a "
        "presigned URL, instead of through this component and its limit for requests.",
        "オブジェクトのストアにファイルを書き込みます。ファイルを送るのが呼び出し元であれば、署名付き URL でストアに直接アップロードでき、"
        "このコンポーネントとそのリクエストサイズの上限を経由せずに済みます。",
    ),
    "files": Text(
        'no part sends these messages, and their receiver reads files. If new files start it, the answer is "AWS services": the store '
        "then sends the messages itself.",
        "このメッセージを送信する要素がなく、受信側はファイルを読み取ります。新しいファイルで処理を開始する場合は「AWS サービス」と"
        "回答してください。その場合はストアがメッセージを送信します。",
    ),
    "order": Text(
        "the receiver changes a data store by these messages. In any order, an older message can arrive after a newer one about the same "
        "item, and two can be processed at the same time.",
        "受信側はこのメッセージでデータストアを更新します。順不同の場合、同じ項目に関する古いメッセージが新しいものより後に届いたり、"
        "2 件が同時に処理されたりすることがあります。",
    ),
    "load": Text(
        "nothing states its load. Concurrency, the number of tasks and other capacity are calculated from an assumed rate.",
        "負荷の回答がありません。同時実行数やタスク数などのキャパシティーは、仮定のレートから算出しています。",
    ),
    "residency": Text(
        "the data is confidential or regulated, but no answer states whether copies may leave the Region.",
        "データは機密または規制対象ですが、コピーをリージョンの外に出してよいかどうかの回答がありません。",
    ),
    "with-others": Text(
        "this answer alone does not change the decision, but together with other answers it can.",
        "この回答だけでは選定は変わりませんが、他の回答と組み合わさると変わる可能性があります。",
    ),
}
#: What holds for each assumption in a list whose assumptions together change more decisions.
_EACH = Text(
    f"; each of them alone does so in fewer than {SELDOM:.0%}",
    f"（1 件だけでは {SELDOM:.0%} 未満）",
)
#: What decisions are alike in, of the workload and not of the subject.
_OF_WORKLOAD = "workload."
_OTHERS = Text(
    ", and from the answers of the other components of this workload", "と、このワークロードの他のコンポーネントの回答"
)
_LESS_WEIGHT = Text(" Less similar decisions have less weight.", "条件の異なる事例も、重みを小さくして加えています。")
GOOD_ENOUGH = Text(
    "The answers are sufficient. Answers to the open questions change the decision in fewer than 5% of similar workloads.",
    "現在の回答で十分です。未回答の質問によって選定が変わる割合は、同様のワークロードの 5% 未満です。",
)


def question_words(speaker: Speaker, question: Question) -> Text:
    """Return why a question is worth an answer, with its title."""
    title, field = _title(speaker, question.subject), speaker.field(question.subject, question.field)
    if question.accept:
        return spaced(_rest(speaker, question))
    why = _why(speaker, question)
    return spaced(Text(f"{title.en}, {field.en}: {why.en}", f"{title.ja} / {field.ja}: {why.ja}"))


def worth_words(speaker: Speaker, question: Question) -> Text:
    """Return why a question is worth an answer, for a place that shows its field: with the subject's title only."""
    if question.accept:
        return spaced(_rest(speaker, question))
    title, why = _title(speaker, question.subject), _why(speaker, question)
    return spaced(Text(f"{title.en}: {why.en}", f"{title.ja}: {why.ja}"))


def counted_words(speaker: Speaker, question: Question) -> Text:
    """Return the data from which a probability was estimated."""
    alike = question.alike
    if not alike.subjects:
        return Text(
            "No published design decision covers this question, so all options are treated as equally likely.",
            "公開されている設計事例にこの質問の集計がないため、すべての選択肢を同じ確率とみなしています。",
        )
    which = _in_common(speaker, question.subject, alike)
    others = _OTHERS if alike.others else Text("", "")
    less, mainly = (_LESS_WEIGHT, "mainly ") if alike.told else (Text("", ""), "")
    return spaced(
        Text(
            (f"Estimated {mainly}from {alike.subjects} published design decisions{which.en}{others.en}.{less.en}"),
            f"この割合は、公開されている設計事例 {alike.subjects} 件{which.ja}{others.ja}から算出しました。{less.ja}",
        )
    )


def remaining_words(progress: Progress) -> Text:
    """Return how many questions remain, each with an assumption, once no essential question is open, and how likely they change the decision."""
    open_ = Text(
        f"Open questions that affect the decision: {progress.left}, each with an assumption.",
        f"選定に影響する未回答の質問は {progress.left} 件で、それぞれに仮定を使っています。",
    )
    if progress.good_enough:
        return spaced(Text(f"{GOOD_ENOUGH.en} {open_.en}", f"{GOOD_ENOUGH.ja}{open_.ja}"))
    share = _of_ten(progress.chance)
    return spaced(
        Text(
            f"Next, review the assumptions for the {progress.left} open questions that affect the decision. Each of them is "
            f"probably right, but in {share.en} similar workloads, at least one is wrong and changes the decision.",
            f"次に、選定に影響する未回答の質問 {progress.left} 件の仮定を確認してください。1 件ずつはおおむね妥当ですが、"
            f"同様のワークロードの{share.ja}では、いずれかが実際と異なり、選定が変わります。",
        )
    )


def progress_words(progress: Progress) -> Text:
    """Return how many of the questions that matter are answered, and how likely the open ones are to change the decision."""
    answered = Text(
        f"{progress.answered} of the {progress.questions} questions that currently affect the decision are answered.",
        f"現在の選定に影響する質問 {progress.questions} 件のうち {progress.answered} 件に回答済みです。",
    )
    if progress.answered == progress.questions:
        return answered
    share = _LITTLE if progress.chance < SUFFICIENT else _of_ten(progress.chance)
    return spaced(
        Text(
            f"{answered.en} In {share.en} similar workloads, answers to the others change at least one service.",
            f"{answered.ja}残りの質問に回答すると、同様のワークロードの{share.ja}で、少なくとも 1 つのサービスが変わります。",
        )
    )


def _title(speaker: Speaker, subject: str) -> Text:
    """Return the title of a subject at the beginning of a sentence; a name that a user gave is left as it is."""
    title = speaker.title(subject)
    return title if subject in speaker.titles else capitalized(title)


def _why(speaker: Speaker, question: Question) -> Text:
    plain = _REASONS.get(question.because)
    if plain is not None:
        return plain
    moves = _changes(speaker, question)
    if question.because == "range":
        return Text(
            f"the decision changes within the stated range (for example, {moves.en}).",
            f"回答された範囲の中で選定が変わります（例: {moves.ja}）。",
        )
    share = _of_ten(question.chance)
    return Text(
        (
            f"in {share.en} similar workloads, the answer differs from the assumption and changes the "
            f"decision (for example, {moves.en})."
        ),
        (f"同様のワークロードの{share.ja}では、回答が仮定と異なり、選定が変わります（例: {moves.ja}）。"),
    )


def _rest(speaker: Speaker, question: Question) -> Text:
    title, count, share = _titles(speaker, question), len(question.rest), _of_ten(question.rest_chance)
    each = _EACH if question.rest_chance >= SELDOM else Text.same("")
    return Text(
        f"{title.en}: {count} assumptions to review. In {share.en} similar workloads, at least one of them is wrong and "
        f"changes the decision{each.en}. Review them, correct those that are wrong, and accept the others.",
        f"{title.ja}: このグループで確認する仮定は {count} 件です。同様のワークロードの{share.ja}では、いずれかの仮定が実際と異なり、選定が変わ"
        f"ります{each.ja}。一覧を確認し、実際と異なる仮定を修正してから、残りをまとめて確定してください。",
    )


def _titles(speaker: Speaker, question: Question) -> Text:
    """Return the title of a part whose assumptions are listed, and how many further parts the list has."""
    title, others = _title(speaker, question.subject), len({subject for subject, _ in question.rest}) - 1
    return Text(f"{title.en} and {others} more", f"{title.ja} ほか {others} 要素") if others > 0 else title


def _of_ten(chance: float) -> Text:
    tenths = round(chance * 10)
    if tenths < 1:
        return _FEWER
    return _NEARLY_ALL if tenths > 9 else Text(f"an estimated {tenths * 10}% of", f"約 {tenths * 10}%")


def _changes(speaker: Speaker, question: Question) -> Text:
    """Return the first changes of services, and how many more there are; those of the subject itself without its title."""
    words = [speaker.role_move(m) if m.subject == question.subject else speaker.move(m) for m in question.moves]
    if len(words) < 3:
        return clauses(words)
    return Text(f"{words[0].en}; {len(words) - 1} other roles also change", f"{words[0].ja} ほか {len(words) - 1} 件")


def _in_common(speaker: Speaker, subject: str, alike: Alike) -> Text:
    """Return the common properties of the counted decisions, without numbers, which are compared by range."""
    told = [(field, value) for field, value in alike.told if isinstance(value, str | tuple)]
    if not told:
        return Text("", "")
    answers = []
    for field, value in told:
        asked = ("", field.removeprefix(_OF_WORKLOAD)) if field.startswith(_OF_WORKLOAD) else (subject, field)
        title, worded = speaker.field(*asked), speaker.value(*asked, value)
        answers.append(Text(f"{title.en}: {worded.en}", f"{title.ja}: {worded.ja}"))
    listed = clauses(answers)
    return Text(f" with {listed.en}", f"（{listed.ja}）")
