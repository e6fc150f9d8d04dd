"""How a brief becomes a requirements file, in ten points and both languages."""

from advisor.text import Text

HOW_TO = (
    Text(
        "**Component**: whatever does work. Write one for each program that runs: it starts, fails and scales by itself. What stands outside "
        "and is not yours to build (users, partners, existing systems) is no component. A part that an existing program goes on doing "
        "has the packaging and the platform of that program.",
        "**コンポーネント**: 処理を行うもの。独立して起動し、失敗し、スケールするプログラムごとに 1 件書きます。"
        "構築の対象でない外部のもの（利用者、パートナー、既存システム）はコンポーネントではありません。"
        "既存のプログラムが引き続き担う部分には、そのプログラムのパッケージ形態と基盤を書きます。",
    ),
    Text(
        "**Channel**: whatever hands messages or events on without making the sender wait. Receivers outside the workload "
        "are its `destinations`. Items that are each worked on and retried by themselves are messages of a channel. What an existing "
        "system, a partner or the cloud announces needs no channel, unless what carries it is to be decided: the component that reacts has the trigger `event` and its `event_source`.",
        "**チャネル**: 送信側を待たせずにメッセージやイベントを渡すもの。ワークロード外の受信先は `destinations` に書きます。"
        "1 件ずつ処理し、1 件ずつ再試行するものは、チャネルのメッセージとして書きます。既存システム、パートナー、クラウドからの通知は、運ぶもの自体を選ぶのでなければチャネルは不要です。"
        "反応するコンポーネントの起点を `event` とし、`event_source` を書きます。",
    ),
    Text(
        "**Store**: whatever keeps data: records, files, an index, a cache. Write one for each access pattern. Events and measurements that are kept and queried later are also a store, whatever their rate. If another part carries them there, that part is a channel.",
        "**ストア**: データを保持するもの（レコード、ファイル、インデックス、キャッシュ）。アクセス方法の異なるデータごとに 1 件書きます。"
        "保存して後で参照するイベントや計測値も、到着の速さによらずストアです。送信側が自分で書き込まない場合は、運ぶものをチャネルとして書きます。",
    ),
    Text(
        "**Links** stand at the component: `reads` and `writes` (stores), `publishes` (channels), `calls` (components that it "
        "waits for), `listens_to` (the channel or store that starts it).",
        "**リンク**はコンポーネントに書きます: `reads`・`writes`（ストア）、`publishes`（チャネル）、`calls`（応答を待つ"
        "コンポーネント）、`listens_to`（起動元のチャネルまたはストア）。",
    ),
    Text(
        "**Leave out what the brief does not say.** A missing answer is named as an assumption or asked for later; a guess looks like a requirement.",
        "**要件に書かれていないことは書きません。** 未回答の項目は仮定として示されるか、後で質問されます。推測を書くと要件と区別できなくなります。",
    ),
    Text(
        "**Tell demands from wishes.** A demand (`must`, `start_within_s`, `private`) rules services out, all of them if need be. Enter one only where the "
        "brief says must, cannot, never or not allowed, at the part that it speaks of. What it wants, prefers or does not like "
        '("as cheap as possible", "pay for use, not for idle capacity", "nobody to patch servers") is a '
        'priority; what it accepts ("a minute\'s delay is fine") is no demand either.',
        "**必須条件と希望を区別します。** 必須条件（`must`、`start_within_s`、`private`）はサービスを除外し、すべてを除外することもあります。"
        "要件が「必ず」「できない」「してはならない」と述べている場合だけ、その対象の要素に書きます。望む、好む、避けたいという記述"
        "（「できるだけ安く」「待機中の容量でなく利用量に払いたい」「サーバーの保守をしたくない」）は優先事項です。"
        "許容する記述（「1 分の遅れはかまわない」）も必須条件ではありません。",
    ),
    Text(
        "**Copy quantities as they are stated**: a number with its unit (`20 min`), a bound (`more than 15 min`), a range (`2-8 h`) or "
        "a word (`hours`, `thousands`), see [Quantities](#quantities). Do not turn a vague word into an exact number.",
        "**数量は述べられたとおりに書きます**。単位付きの数値（`20 min`）、上限・下限（`15分超`）、範囲（`2〜8時間`）、語（`数時間`、`数千`）の"
        "いずれも書けます（[数量](#quantities)を参照）。あいまいな表現を正確な数値に変えないでください。",
    ),
    Text(
        "**Say what starts each component** where the brief says it. A service that other components call or send to needs no "
        "callers from outside.",
        "**各コンポーネントの起点**は、要件に書かれていれば必ず書きます。他のコンポーネントから呼ばれるだけのものに、外部の呼び出し元は不要です。",
    ),
    Text(
        "**Say things once.** Many alike are one entry with `count`; parts that differ in an answer (another trigger, much longer runs) are "
        "entries of their own. What holds for everything (Region, availability, who runs it, the existing platform) stands under `workload`.",
        "**同じことは 1 回だけ書きます。** 同種のものは 1 件にまとめて `count` を書き、回答が異なるもの（起点や実行時間など）は別の項目にします。"
        "全体に当てはまること（リージョン、可用性、運用体制、現在の基盤）は `workload` に書きます。",
    ),
    Text(
        "**Name no services that you would choose.** A service that the organisation has already decided on, or that exists and stays in use, is a [pin](#pins).",
        "**自分で選びたいサービスは書きません。** すでに決まっているサービスや、既存で使い続けるサービスは[サービスの指定](#pins)に書きます。",
    ),
)
