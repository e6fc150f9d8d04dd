"""The fixed texts of the published rule book, in both languages."""

from advisor.text import Text

TOPICS = {
    "compute": Text("Compute", "コンピューティング"),
    "containers": Text("Where containers run", "コンテナの実行基盤"),
    "data": Text("Data", "データ"),
    "entry": Text("Endpoints", "API エンドポイント"),
    "events": Text("Events", "イベント"),
    "identity": Text("Identity", "認証"),
    "kubernetes": Text("Kubernetes", "Kubernetes"),
    "lifecycle": Text("Old and new services", "サービスの移行と新サービス"),
    "long-work": Text("Long work", "長時間の処理"),
    "messaging": Text("Messaging", "メッセージング"),
    "operations": Text("Operations", "運用"),
    "workflow": Text("Workflow", "ワークフロー"),
}
EFFECTS = {
    "reject": Text("Rules out", "除外"),
    "require": Text("Leaves only", "限定"),
    "prefer": Text("Prefers", "優先"),
    "explain": Text("Explains", "説明"),
    "warn": Text("Warns about", "注意"),
}
AXES = {
    "suitability": Text("Suitability", "適合性"),
    "operations": Text("Little to operate", "運用の少なさ"),
    "cost": Text("Cost", "コスト"),
    "latency": Text("Latency", "レイテンシー"),
    "portability": Text("Portability", "可搬性"),
    "simplicity": Text("Simplicity", "単純さ"),
    "reliability": Text("Reliability", "信頼性"),
}
BANDS = (Text("poor", "劣る"), Text("fair", "普通"), Text("good", "良い"), Text("very good", "優れる"))
KINDS = {
    "hard-limit": Text("Hard limit", "変更できない上限"),
    "quota": Text("Adjustable quota", "引き上げ可能なクォータ"),
    "setting": Text("Setting", "設定値"),
    "feature": Text("Feature", "機能"),
    "lifecycle": Text("Lifecycle", "ライフサイクル"),
    "property": Text("Property", "特性"),
    "behaviour": Text("Behaviour", "動作"),
}
PROPERTIES = {
    "standing-charge": Text("charged while idle", "アイドル時も課金"),
    "no-spot": Text("no Spot capacity", "スポット不可"),
    "servers": Text("servers", "サーバーあり"),
    "containers": Text("containers", "コンテナを使用"),
    "cluster": Text("a cluster to operate", "クラスターの運用あり"),
    "functions": Text("functions", "関数を使用"),
    "self-run": Text("partly run by the customer", "一部を利用者が運用"),
    "program-change": Text("the program is changed", "プログラムの変更が必要"),
    "start-time": Text("time to start", "起動時間"),
}
SUBJECTS = {
    "component": Text("component", "コンポーネント"),
    "channel": Text("channel", "チャネル"),
    "store": Text("store", "ストア"),
}
LIFECYCLES = {
    "emerging": Text("emerging: only where it is allowed", "新しいサービス: 許可した場合のみ"),
    "retired": Text("retired", "提供終了"),
}
OWNERS = {
    "api-gateway": Text.same("Amazon API Gateway"),
    "aurora": Text.same("Amazon Aurora"),
    "elastic-load-balancing": Text.same("Elastic Load Balancing"),
    "elasticache": Text.same("Amazon ElastiCache"),
    "eventbridge": Text.same("Amazon EventBridge"),
    "opensearch": Text.same("Amazon OpenSearch Service"),
    "sdk": Text("AWS SDKs", "AWS SDK"),
    "step-functions": Text.same("AWS Step Functions"),
    "vpc-lattice": Text.same("Amazon VPC Lattice"),
    "x-ray": Text.same("AWS X-Ray"),
}
CONFIDENCE = {"high": Text("high", "高"), "medium": Text("medium", "中"), "low": Text("low", "低")}
WORDS = {
    "title": Text("The rule book", "ルールブック"),
    "intro": Text(
        "Everything that the advisor knows and judges: {roles} roles, {rules} rules and {facts} [facts](facts.md), as of {date}. "
        "Each has an id that stays: link to it as `rules.md#id`. Figures in a rule's sentence are those of its first "
        "example; in a decision they are your own. This file is made from the files in [rules/](../rules); "
        "[writing a rule](writing-a-rule.md) says how to add one.",
        "アドバイザーの知識と判断のすべてです。{date} 時点で、役割 {roles} 件、ルール {rules} 件、[ファクト](facts.ja.md) {facts} 件があります。"
        "ID は変わらないため、`rules.ja.md#id` の形でリンクできます。ルールの文中の数値は最初の例のもので、実際の決定では利用者の値が入ります。"
        "このファイルは [rules/](../rules) から生成しています。ルールの追加方法は[ルールの書き方（英語）](writing-a-rule.md)にあります。",
    ),
    "rules_other": Text(
        "日本語版は [rules.ja.md](rules.ja.md) にあります。", "The same in English: [rules.md](rules.md)."
    ),
    "facts_title": Text("Facts about AWS, by date", "AWS についての日付付きのファクト"),
    "facts_intro": Text(
        "The {facts} facts that the [rule book](rules.md) rests on, as of {date}: limits, quotas, features and lifecycles with the "
        "values that were in force since each day. A fact that is *only shown*, or of low confidence, never decides. Each has "
        "an id that stays: link to it as `facts.md#id`. This file is made from [rules/facts/](../rules/facts).",
        "[ルールブック](rules.ja.md)の根拠となる {facts} 件のファクト（{date} 時点）です。上限、クォータ、機能、ライフサイクルと、いつからその値だったかを"
        "示します。「表示のみ」または確度が低いファクトは判断に使いません。ID は変わらないため、`facts.ja.md#id` の形でリンクできます。"
        "このファイルは [rules/facts/](../rules/facts) から生成しています。",
    ),
    "facts_other": Text(
        "日本語版は [facts.ja.md](facts.ja.md) にあります。", "The same in English: [facts.md](facts.md)."
    ),
    "contents": Text("Contents", "目次"),
    "roles": Text("Roles", "役割"),
    "rules": Text("Rules", "ルール"),
    "facts": Text("Facts", "ファクト"),
    "ways": Text("Ways out", "解決策"),
    "ways_intro": Text(
        "Known ways out where nothing fits a role: what to do instead, and what it costs.",
        "適合する候補がない役割について、既知の代わりの方法とそのトレードオフです。",
    ),
    "price": Text("Trade-off", "トレードオフ"),
    "change": Text("What changes", "変わる回答"),
    "taken_back": Text("no longer asked for", "求めない"),
    "role_of": Text("A job of each {subject}.", "各{subject}について決めます。"),
    "applies": Text("Decided when", "決める条件"),
    "candidates": Text("Candidates, in order of preference", "候補（優先順）"),
    "bands": Text("On the axes", "評価軸での位置"),
    "role": Text("Role", "役割"),
    "effect": Text("Effect", "効果"),
    "does": Text("{effect} {services}", "{effect}: {services}"),
    "axis": Text("Axis", "評価軸"),
    "when": Text("When", "条件"),
    "fires": Text("Fires on", "該当例"),
    "quiet": Text("Stays quiet on", "非該当例"),
    "source": Text("Source", "出典"),
    "read": Text("read {date}", "{date} 確認"),
    "value": Text("Value", "値"),
    "since": Text("{value} since {date}", "{date} から {value}"),
    "values_gap": Text("; ", "、"),
    "kind": Text("Kind", "種類"),
    "decides": Text("decides", "判断に使用"),
    "shown": Text("only shown", "表示のみ"),
    "confidence": Text("confidence: {level}", "確度: {level}"),
    "limit_of": Text("Limit of", "上限・下限として使用"),
    "property_of": Text("Property of", "特性として使用"),
    "note": Text("Note", "補足"),
    "gap": Text(", ", "、"),
    "colon": Text(": ", ": "),
    "inside": Text(" ({words})", "（{words}）"),
}
