"""How a brief becomes a requirements file, in ten points and both languages."""

from advisor.text import Text

HOW_TO = (
    Text(
        "**Component**: a part that processes something. Write one for each program that starts, fails and "
        "scales independently. External parts that you do not build (users, partners, existing systems) "
        "are not components. Work that an existing program continues to do keeps the packaging and "
        "platform of that program.",
        "**コンポーネント**: 処理を行うもの。独立して起動、失敗、スケールするプログラムごとに 1 件書きます。構"
        "築の対象でない外部のもの（利用者、パートナー、既存システム）はコンポーネントではありません。既存"
        "のプログラムが引き続き担う部分には、そのプログラムのパッケージ形態と基盤を書きます。",
    ),
    Text(
        "**Channel**: a part that passes on messages or events without making the sender wait. Receivers "
        "outside the workload are its `destinations`. Items that are processed and retried individually "
        "are messages of a channel. Notifications from an existing system, a partner or the cloud need a "
        "channel only if the service that delivers them is to be selected. Otherwise, the component that "
        "reacts has the trigger `event` and its `event_source`.",
        "**チャネル**: 送信側を待たせずにメッセージやイベントを渡すもの。ワークロード外の受信先は "
        "`destinations` に書きます。1 件ずつ処理し、1 件ずつ再試行するものは、チャネルのメッセージとして"
        "書きます。既存システム、パートナー、クラウドからの通知は、配信するサービスも選定の対象とする場合"
        "だけチャネルとして書きます。それ以外は、反応するコンポーネントの起点を `event` とし、"
        "`event_source` を書きます。",
    ),
    Text(
        "**Store**: a part that keeps data, such as records, files, an index or a cache. Write one for "
        "each access pattern. Events and measurements that are kept and queried later are also a store, "
        "whatever their rate. If another part delivers them to the store, that part is a channel.",
        "**ストア**: データを保持するもの（レコード、ファイル、インデックス、キャッシュ）。アクセス方法の"
        "異なるデータごとに 1 件書きます。保存して後で参照するイベントや計測値も、到着の速さによらずスト"
        "アです。送信側が自分で書き込まない場合は、運ぶものをチャネルとして書きます。",
    ),
    Text(
        "**Links** are answers of the component: `reads` and `writes` (stores), `publishes` (channels), "
        "`calls` (components whose response it waits for), `listens_to` (the channel or store that "
        "starts it).",
        "**リンク**はコンポーネントに書きます。`reads` と `writes`（ストア）、`publishes`（チャネル）、"
        "`calls`（応答を待つコンポーネント）、`listens_to`（処理を開始させるチャネルまたはストア）があり"
        "ます。",
    ),
    Text(
        "**Leave out what the brief does not state.** A missing answer is shown as an assumption or "
        "asked for later. A guess would look like a requirement.",
        "**要件に書かれていないことは書きません。** 未回答の項目は仮定として示されるか、後で質問されます"
        "。推測を書くと要件と区別できなくなります。",
    ),
    Text(
        "**Distinguish mandatory requirements from preferences.** A mandatory requirement (`must`, "
        "`start_within_s`, `private`) excludes services, possibly all of them. State one only where the "
        "brief says must, cannot, never, not allowed or not negotiable, and state it on the part concerned. What the "
        'brief wants, prefers or dislikes ("should", "as cheap as possible", "pay for use, not for idle capacity", '
        '"nobody to patch servers") is a priority, and so is a plain statement or principle of doing without something '
        '("we run no servers"). '
        'What it accepts ("a minute\'s delay is fine") is not a mandatory requirement either.',
        "**必須条件と希望を区別します。** 必須条件（`must`、`start_within_s`、`private`）を満たさないサー"
        "ビスは除外され、候補がなくなることもあります。要件が「必ず」「必須」「できない」「してはならない」「譲れない」と述べ"
        "ている場合だけ、その対象の要素に書きます。「〜したい」「望ましい」「避けたい」という記述（「できるだけ安"
        "く」「待機中の容量でなく利用量に払いたい」「サーバーの保守をしたくない」）は優先事項です。"
        "「原則として」という記述や、「持たない」「置かない」「使わない」という言い切りだけの記述も同じです。許容す"
        "る記述（「1 分の遅れはかまわない」）も必須条件ではありません。",
    ),
    Text(
        "**Copy quantities as they are stated**: a number with its unit (`20 min`), a limit (`more than "
        "15 min`), a range (`2-8 h`) or a word (`hours`, `thousands`), see [Quantities](#quantities). Do "
        "not replace a vague word by an exact number.",
        "**数量は述べられたとおりに書きます**。単位付きの数値（`20 min`）、上限・下限（`15分超`）、範囲（"
        "`2〜8時間`）、語（`数時間`、`数千`）のいずれも書けます（[数量](#quantities)を参照）。あいまいな"
        "表現を正確な数値に変えないでください。",
    ),
    Text(
        "**State what starts each component** if the brief says so. A service that only other components "
        "call or send messages to has no external callers.",
        "**各コンポーネントの起点**は、要件に書かれていれば必ず書きます。他のコンポーネントから呼ばれるだ"
        "けのものに、外部の呼び出し元は不要です。",
    ),
    Text(
        "**State everything once.** Identical parts are one entry with `count`. Parts that differ in an "
        "answer (another trigger, much longer runs) are separate entries. Answers that apply to all "
        "parts (Region, availability, operating team, existing platform) go under `workload`.",
        "**同じことは 1 回だけ書きます。** 同種のものは 1 件にまとめて `count` を書き、回答が異なるもの（"
        "起点や実行時間など）は別の項目にします。全体に当てはまること（リージョン、可用性、運用体制、現在"
        "の基盤）は `workload` に書きます。",
    ),
    Text(
        "**Do not name services that are still to be selected.** A service that the organization has "
        "already decided on, or that exists and stays in use, is a [specified service](#pins). The only exception is HTTPS "
        "without a domain of your own, see below.",
        "**これから選定するサービスは書きません。** 既に決まっているサービスや、既存のまま使い続けるサ"
        "ービスは[サービスの指定](#pins)に書きます。例外は、次の表の「HTTPS が必要だが、独自のドメインがない」だけです。",
    ),
)
