"""Common phrases of briefs and the corresponding answers, in both languages: about data, and about what no question holds."""

from advisor.text import Text

STORE_PHRASES = (
    (
        Text("Records and their history, cache, session data, files", "レコードとその履歴、キャッシュ、セッションデータ、ファイル"),
        Text(
            "A separate store for each access pattern, even where the brief names them together. Retained events also need a store.",
            "要件にまとめて書かれていても、アクセス方法ごとに 1 件のストアとします。保存するイベントもストアとして扱います。",
        ),
    ),
    (
        Text("The latest state per device, order or other entity, from messages or records", "メッセージやレコードから得る、装置や注文などの最新の状態"),
        Text(
            "`keeps: latest` on the store. If a history is needed too, add a second store with `keeps: all`, which the same component `writes`.",
            "ストアに `keeps: latest` を指定します。履歴も必要なら、`keeps: all` のストアをもう 1 つ書き、同じコンポーネントの `writes` に加えます。",
        ),
    ),
    (
        Text("A history: all measurements, events or states are kept", "履歴（すべての測定値、イベント、状態を残す）"),
        Text(
            "`keeps: all` on the store. Each message needs an ID of its own.",
            "ストアに `keeps: all` を指定します。メッセージごとに異なる ID が必要です。",
        ),
    ),
    (
        Text("Reads and writes of a store at a high rate", "ストアへの高頻度の読み書き"),
        Text(
            "The rates of the components that read or write it. A store itself has no rate.",
            "読み書きするコンポーネントにレートを書きます。ストアには書きません。",
        ),
    ),
    (
        Text("Filtered by several fields, and further queries will be added", "いくつかの項目で絞り込み、問い合わせの種類も増えていく"),
        Text(
            "`access: relational`, even if the data is append-only. `key-value` only if the key of every query is known in advance.",
            "`access: relational` を指定します。行が追加されるだけの場合も同じです。`key-value` は、すべての問い合わせのキーが"
            "事前に決まっている場合だけ指定します。",
        ),
    ),
    (
        Text("Written only if an item does not exist yet, or has not changed (conditional write)", "項目がまだない、または変更されていない場合だけ書き込む（条件付き書き込み）"),
        Text(
            "`consistency: strong`, because the condition must be checked against the newest version of the item. `transactions` only if several items change "
            "together. With both, generated APIs refuse a change that does not name the version that was read (If-Match); with "
            "`eventual`, the condition is optional.",
            "条件を最新の項目に照らして確認するため、`consistency: strong` を指定します。`transactions` は、複数の項目をまとめて変更する場合だけ指定します。どちらの場合も、生成した "
            "API は、読み取ったバージョンを示さない（If-Match のない）変更を拒否します。`eventual` では、この条件は任意です。",
        ),
    ),
    (
        Text("Found by meaning or similarity (vectors)", "意味や類似度による検索（ベクトル）"),
        Text(
            "`access: vectors`, with `item_bytes` for the text and attributes that are stored with a vector. `search` if full text and vectors are "
            "searched together, or `relational` if one SQL query combines it with other conditions or the data changes in "
            "transactions; add a remark.",
            "`access: vectors` を指定し、ベクトルとともに保存する文章や属性のサイズを `item_bytes` に書きます。全文検索とベクトル検索を組み合わせる場合は `search`、1 つの "
            "SQL でほかの条件と組み合わせる場合や、データをトランザクションで変更する場合は `relational` を指定し、ベクトルであ"
            "ることを注記（remark）に書きます。",
        ),
    ),
    (
        Text("The most similar vectors must be found within 50 ms", "似ているベクトルを 50 ミリ秒以内に見つける必要がある"),
        Text(
            "`query_ms` with this time, on the store with `access: vectors`. The time that a caller waits for the whole "
            "response is `latency_ms` of the component.",
            "`access: vectors` のストアの `query_ms` にこの時間を書きます。呼び出し元が応答全体を待つ時間は、コンポーネントの `latency_ms` です。",
        ),
    ),
    (
        Text("The database must be MySQL, MariaDB, Oracle, SQL Server …", "データベースは MySQL、MariaDB、Oracle、SQL Server など"),
        Text(
            "`database_engine` on the relational store. PostgreSQL too, if it is prescribed. Not for a product that is only an example.",
            "リレーショナルのストアに `database_engine` を指定します。PostgreSQL が指定されている場合も同じです。製品名が例にす"
            "ぎない場合は指定しません。",
        ),
    ),
    (
        Text("Recent data in a fast place, old data in a cheap place", "新しいデータは速い場所に、古いデータは安い場所に置く"),
        Text(
            "Two stores: one for the recent data, with the `access` that it needs, and one with `access: objects` for old data that is "
            "rarely read. `cache` only for copies that may be lost. Enter how long each of them keeps data as `kept_s`.",
            "ストアを 2 件とします。新しいデータにはそのアクセス方法、まれにしか読まない古いデータには `access: objects` を指定します。`cache` は、失われて"
            "もよいコピーだけに指定します。それぞれの保存期間を `kept_s` に書きます。",
        ),
    ),
    (
        Text("Kept 7 years, deleted after 90 days", "7 年間保存する、90 日後に削除する"),
        Text(
            "`kept_s` on the store. An object store deletes objects after this time, and programs set the expiry of items in a key-value store. For "
            "other stores, the decision warns that nothing deletes. How long a message waits is `retention_s` of the channel.",
            "ストアに `kept_s` を指定します。オブジェクトのストアはこの期間の後に削除し、キーバリューのストアの項目にはプログラムが期限を設定します。ほかのストアでは、"
            "削除する仕組みがないことを警告します。メッセージが待つ期間は、チャネルの `retention_s` です。",
        ),
    ),
    (
        Text("Must not be changed or deleted for 10 years (WORM)", "10 年間は変更も削除もできないこと（WORM）"),
        Text(
            "`kept_s` with this time and `immutable: true` on a store with `access: objects`. Only objects can be locked: "
            "store the records that must not change as objects.",
            "`access: objects` のストアの `kept_s` にこの期間を書き、`immutable: true` を指定します。ロックできるのはオブジェク"
            "トだけなので、変更してはならない記録はオブジェクトとして保存します。",
        ),
    ),
    (
        Text("Written once, kept for a long time, occasionally analyzed with SQL", "一度書いて長く残し、ときどき SQL で分析する"),
        Text("A store with `access: objects`.", "`access: objects` のストアを書きます。"),
    ),
    (
        Text("Records collected up to a size or a time (such as 60 seconds) and written as files for analysis, without code", "一定の量または時間（60 秒など）までためて、分析用のファイルにまとめて書き込む（コードなし）"),
        Text(
            "A channel with `carries: records` and a destination of the kind `data-lake`, to which no component listens. If a component "
            "transforms the records first, that component listens to the channel instead.",
            "`carries: records` と `data-lake` の宛先を指定したチャネルを書きます。受信するコンポーネントは書きません。その前にコンポーネントがレコー"
            "ドを変換する場合は、そのコンポーネントが受信します。",
        ),
    ),
    (
        Text(
            "Foreign keys can be given up; simple tables and joins are enough",
            "外部キーはなくてよい、単純な表と結合で足りる",
        ),
        Text(
            "`core_sql: true` on the relational store. `core_sql: false` for MySQL, enforced foreign keys, triggers, stored procedures, row-level security, or "
            "extensions such as pgvector and PostGIS.",
            "リレーショナルのストアに `core_sql: true` を指定します。MySQL、検証される外部キー、トリガー、ストアドプロシージャ、行レベルセキュリティ、pgvector や PostGIS "
            "などの拡張機能が必要なら `core_sql: false` を指定します。",
        ),
    ),
    (
        Text(
            "A connection pool before the database is required, or fast reconnection after a failover",
            "データベースの手前に接続プールが必須である、またはフェイルオーバー後にすぐ再接続する必要がある",
        ),
        Text(
            "`connection_pool: true` on the relational store. Not for a pool inside a program, and not only because functions use "
            "the database: the product adds what they need.",
            "リレーショナルのストアに `connection_pool: true` を指定します。プログラム内のプールは該当しません。関数がデータベースを使うだけの場合も、必要なものは自動的に追加されるため、指定しません。",
        ),
    ),
    (
        Text("No wait for a paused database", "データベースの再開を待たせない"),
        Text(
            "`always_awake: true` on the store, even if the first query may wait, as long as the wait is shorter than 15 seconds. "
            "`always_awake: false` if it may wait 15 seconds or more, and 30 seconds or more after a pause of more than a day.",
            "ストアに `always_awake: true` を指定します。最初のクエリが待てる時間が 15 秒に満たない場合も同じです。15 秒以上（1 日を超える休止の後は 30 秒以上）"
            "待てるなら `always_awake: false` を指定します。",
        ),
    ),
    (
        Text("A database that shrinks while it is not used", "使わない間は縮小するデータベース"),
        Text(
            "`shape: rare` on the store if there are long pauses, `spiky` if the load has peaks, and `priorities: [cost]`.",
            "ストアの `shape` に、長い休止があるなら `rare`、負荷にピークがあるなら `spiky` を指定します。`priorities: [cost]` も指定します。",
        ),
    ),
    (
        Text("An existing load balancer, API, queue or database stays", "既存のロードバランサー、API、キュー、データベースを使い続ける"),
        Text(
            "A [pin](#pins) on the part that uses it, and `already_exists: true` if this part is a channel or a store that "
            "must not be created, such as the queue of another team. If it may be used but need not be, no pin: a remark on "
            "the closest answer, or `existing` if it is a VPC, a cluster, an identity provider or a domain.",
            "既存のサービスを使う要素で、[サービスを指定](#pins)します。他チームのキューなど、作成してはならないチャネルやスト"
            "アには `already_exists: true` も書きます。使ってもよいだけで必須でない場合は指定せず、最も近い回答の注記（remark）"
            "に書きます。VPC、クラスター、ID プロバイダー、ドメインは `existing` に書きます。",
        ),
    ),
    (
        Text("Repeated messages are dropped (deduplication), for example within five minutes", "重複メッセージを排除する（5 分以内の重複排除など）"),
        Text(
            "`duplicates_ok: false`, with a stated period as a remark, if the channel must drop them. `duplicates_ok: true` if "
            "the receivers recognize repeated messages, or if processing them twice does no harm.",
            "チャネルが排除する必要があるなら `duplicates_ok: false` を指定し、示された期間を注記（remark）に書きます。受信側が"
            "重複を検出する場合や、2 回処理しても問題がない場合は `duplicates_ok: true` とします。",
        ),
    ),
    (
        Text("An event starts a function directly, without a queue in between", "間にキューを置かず、イベントが関数を直接起動する"),
        Text("`direct_delivery: true` on the channel.", "チャネルに `direct_delivery: true` を指定します。"),
    ),
    (
        Text("An existing database, search cluster or message broker for which there is no pin", "指定できる種類にない既存のデータベース、検索クラスター、メッセージブローカー"),
        Text(
            "Leave it out of the file. Add a remark to the component that uses it, `uses_secrets: true` if the program signs in to it, "
            "and `existing: [vpc]` if it is in your network. A component that is started by its messages has `trigger: message` or "
            "`stream`, without `listens_to`.",
            "要素としては書きません。使用するコンポーネントの注記（remark）に書き、プログラムが認証情報で接続するなら `uses_secrets: true`、自社のネット"
            "ワーク内にあるなら `existing: [vpc]` を書きます。そのメッセージで始まるコンポーネントは `trigger: message` または `stream` と"
            "し、`listens_to` は書きません。",
        ),
    ),
    (
        Text("A stated number of concurrent runs", "同時に実行する数が示されている"),
        Text(
            "`rate_average_rps` as this number divided by the time of one run, with the number as a remark (for example, 1,000 "
            "concurrent runs of 2 hours each: 500 per hour).",
            "その数を 1 回の実行時間で割った値を `rate_average_rps` に書き、数を注記（remark）に書きます（2 時間の実行が同時に "
            "1,000 件なら、1 時間に 500 件）。",
        ),
    ),
    (
        Text("A peak as a multiple of a known average", "分かっている平均の何倍かで示されたピーク"),
        Text(
            "`rate_peak_rps` as the product, which can be a range (100/s and two to three times as much: 200-300/s).",
            "掛けた値を `rate_peak_rps` に書きます。範囲でも書けます（100/s の 2～3 倍なら 200-300/s）。",
        ),
    ),
    (
        Text("A multiple of an unknown average, or surges without a number", "平均が不明な倍率、数値のない急増"),
        Text("`shape: spiky`, with a remark.", "`shape: spiky` とし、示された内容を注記（remark）に書きます。"),
    ),
    (
        Text("A value that no question asks for, such as open connections, GPU memory or deletion protection of a database", "どの質問にも当てはまらない値（開いている接続の数、GPU のメモリ、データベースの削除保護など）"),
        Text(
            "Add a remark to the closest answer. Remarks appear in the design document and have no effect on the decision.",
            "最も近い回答の注記（remark）に書きます。注記は設計書に表示されますが、選定には影響しません。",
        ),
    ),
)  # fmt: skip
