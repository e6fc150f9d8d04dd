"""The fixed texts of the published rule book, in both languages."""

from advisor.text import Text

TOPICS = {
    "compute": Text("Compute", "コンピューティング"),
    "containers": Text("Container platforms", "コンテナの実行基盤"),
    "data": Text("Data", "データ"),
    "entry": Text("Endpoints", "API エンドポイント"),
    "events": Text("Events", "イベント"),
    "identity": Text("Identity", "認証"),
    "kubernetes": Text("Kubernetes", "Kubernetes"),
    "lifecycle": Text("Retired and recently launched services", "サービスの移行と新サービス"),
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
#: What a rule does to the services that it names, for which role, and on which criterion.
DOES = {
    "reject": Text("Rules out {services} (role: {role}{axis})", "{role}で{services}を除外{axis}"),
    "require": Text("Leaves only {services} (role: {role}{axis})", "{role}を{services}に限定{axis}"),
    "prefer": Text("Prefers {services} (role: {role}{axis})", "{role}で{services}を優先{axis}"),
    "explain": Text(
        "Explains the choice of {services} (role: {role}{axis})", "{role}で{services}を選ぶ理由を説明{axis}"
    ),
    "warn": Text("Warns about {services} (role: {role}{axis})", "{role}での{services}について注意{axis}"),
}
#: The headings of the lists of a role's rules.
RULES_THAT = {
    "reject": Text("Rules that rule out services", "候補を除外するルール"),
    "require": Text("Rules that leave only the named services", "候補を限定するルール"),
    "prefer": Text("Rules that prefer services", "候補を優先するルール"),
    "explain": Text("Rules that explain a choice", "選定を説明するルール"),
    "warn": Text("Rules that warn about a chosen service", "選定したサービスの注意点を示すルール"),
}
AXES = {
    "suitability": Text("Suitability", "適合度"),
    "operations": Text("Operations", "運用"),
    "cost": Text("Cost", "コスト"),
    "latency": Text("Latency", "レイテンシー"),
    "portability": Text("Portability", "可搬性"),
    "simplicity": Text("Simplicity", "単純さ"),
    "reliability": Text("Reliability", "信頼性"),
}
BANDS = (Text("poor", "×"), Text("fair", "△"), Text("good", "○"), Text("very good", "◎"))
KINDS = {
    "hard-limit": Text("Hard limit", "変更できない制限"),
    "quota": Text("Adjustable quota", "引き上げ可能なクォータ"),
    "setting": Text("Setting", "設定値"),
    "feature": Text("Feature", "機能"),
    "lifecycle": Text("Lifecycle", "ライフサイクル"),
    "property": Text("Property", "特性"),
    "price": Text("Price", "料金"),
    "behaviour": Text("Behavior", "動作"),
}
PROPERTIES = {
    "standing-charge": Text("charges while idle", "アイドル時も課金"),
    "no-spot": Text("no Spot capacity", "スポット不可"),
    "servers": Text("servers", "サーバーあり"),
    "containers": Text("containers", "コンテナを使用"),
    "cluster": Text("cluster to operate", "クラスターの運用あり"),
    "functions": Text("functions", "関数を使用"),
    "self-run": Text("partial operation by the customer", "一部を利用者が運用"),
    "program-change": Text("change to the program", "プログラムの変更が必要"),
    "start-time": Text("startup time", "起動時間"),
}
SUBJECTS = {
    "component": Text("component", "コンポーネント"),
    "channel": Text("channel", "チャネル"),
    "store": Text("store", "ストア"),
}
LIFECYCLES = {
    "emerging": Text("recently launched: only if you allow it", "提供開始から間もないサービス: 許可した場合のみ"),
    "retired": Text("retired", "提供終了"),
}
OWNERS = {
    "api-gateway": Text.same("Amazon API Gateway"),
    "aurora": Text.same("Amazon Aurora"),
    "elastic-load-balancing": Text.same("Elastic Load Balancing"),
    "elasticache": Text.same("Amazon ElastiCache"),
    "eventbridge": Text.same("Amazon EventBridge"),
    "nat-gateway": Text("NAT gateways", "NAT ゲートウェイ"),
    "opensearch": Text.same("Amazon OpenSearch Service"),
    "sdk": Text("AWS SDKs", "AWS SDK"),
    "step-functions": Text.same("AWS Step Functions"),
    "vpc-lattice": Text.same("Amazon VPC Lattice"),
    "webhooks": Text("Webhooks", "Webhook"),
    "x-ray": Text.same("AWS X-Ray"),
}
CONFIDENCE = {"high": Text("high", "高"), "medium": Text("medium", "中"), "low": Text("low", "低")}
WORDS = {
    "title": Text("Decision rules", "判定ルール"),
    "intro": Text(
        "All decision rules, as of {date}: {rules} rules for {roles} [roles](roles.md), with {facts} [facts](facts.md). "
        "Each has a permanent ID, so you can link to it as `rules.md#id`. The ID is a name and states nothing. The numbers and options "
        "in the sentence of a rule are those of its first example. In a decision, they are your own. This page is generated "
        "from the files in [rules/](../rules). [Writing a rule](writing-a-rule.md) describes how to add "
        "one.",
        "サービスの選定に使うすべての判定ルールです。{date}時点で、[選定項目](roles.ja.md) {roles} 件に対するルール {rules} "
        "件と、[根拠情報](facts.ja.md) {facts} 件があります。ID は変わらないため、`rules.ja.md#id` の形でリ"
        "ンクできます（ID は名前であり、内容を表すものではありません）。ルールの文中の数値と選択肢は最初の例のもので、実際の決定では利用者の値になります。このペー"
        "ジは [rules/](../rules) から生成しています。ルールの追加方法は[ルールの書き方（英語）]("
        "writing-a-rule.md)に記載しています。適用外の例の「…」は、適用例と異なる回答です。出典の日付は確認日です。",
    ),
    "rules_other": Text(
        "日本語版は [rules.ja.md](rules.ja.md) にあります。", "英語版は [rules.md](rules.md) にあります。"
    ),
    "roles_title": Text("Roles and their candidates", "選定項目と候補"),
    "roles_intro": Text(
        "The {roles} roles for which services are selected, as of {date}: when a role is selected, its candidates with their "
        "limits and ratings, its [rules](rules.md), and {ways} [alternatives](#ways) if no service fits.",
        "サービスを選定する {roles} 件の項目です（{date}時点）。選定する条件、候補とその上限、評価、[ルール](rules.ja.md)を示します。"
        "適合するサービスがない場合の[代替案](#ways)は {ways} 件です。出典の日付は確認日です。",
    ),
    "roles_other": Text(
        "日本語版は [roles.ja.md](roles.ja.md) にあります。", "英語版は [roles.md](roles.md) にあります。"
    ),
    "facts_title": Text("Dated facts about AWS", "AWS の根拠情報（確認日付き）"),
    "facts_intro": Text(
        "The {facts} facts on which the [decision rules](rules.md) are based, as of {date}: limits, "
        "quotas, features and lifecycles, each value with the date from which it applies. A fact that is "
        "*for information only* or has low confidence is not used in decisions. Each fact has a permanent ID, so "
        "you can link to it as `facts.md#id`. This page is generated from [rules/facts/](../rules/facts).",
        "[判定ルール](rules.ja.md)の根拠となる {facts} 件の情報です（{date}時点）。上限、クォータ、機能"
        "、ライフサイクルについて、値とその適用開始日を示します。「表示のみ」または確度が低い情報は判断に"
        "使いません。ID は変わらないため、`facts.ja.md#id` の形でリンクできます。このページは ["
        "rules/facts/](../rules/facts) から生成しています。出典の日付は確認日です。",
    ),
    "facts_other": Text(
        "日本語版は [facts.ja.md](facts.ja.md) にあります。", "英語版は [facts.md](facts.md) にあります。"
    ),
    "contents": Text("Contents", "目次"),
    "roles": Text("Roles", "選定項目"),
    "rules": Text("Rules", "ルール"),
    "facts": Text("Facts", "根拠情報"),
    "ways": Text("Alternatives", "代替案"),
    "ways_intro": Text(
        "Known alternatives if no service fits a role, with their trade-offs. A question in brackets stands for its answer "
        "in your requirements.",
        "適合するサービスがない選定項目について、既知の代替案とそのトレードオフを示します。角括弧内の質問名は、その質問への回答を表します。",
    ),
    "price": Text("Trade-off", "トレードオフ"),
    "change": Text("What changes", "変更後の回答"),
    "taken_back": Text("no longer required", "求めない"),
    "role_of": Text("Selected for each {subject}.", "各{subject}について選定します。"),
    "applies": Text("Selected when", "選定する条件"),
    "candidates": Text("Candidates, in order of preference", "候補（優先順）"),
    "bands": Text("Candidate", "候補"),
    "bands_intro": Text(
        "Ratings of the candidates, from poor to very good:", "候補の評価（◎ 優れる、○ 良い、△ 普通、× 劣る）:"
    ),
    "role": Text("Role", "選定項目"),
    "effect": Text("Effect", "効果"),
    "others": Text("Reason against the others", "他の候補を除外する理由"),
    "axis": Text("; criterion: {axis}", "（評価軸「{axis}」に加点）"),
    "rule_of": Text("{services}, if {condition}", "{services}（{condition}）"),
    "when": Text("When", "条件"),
    "when_all": Text("When all of these hold", "条件（すべて）"),
    "several": Text("all {count} conditions of the rule hold", "ルールの {count} 件の条件をすべて満たす場合"),
    "fires": Text("Applies to", "適用例"),
    "but": Text("as above, but with {words}", "「{words}」"),
    "quiet": Text("Does not apply to", "適用外の例"),
    "source": Text("Source", "出典"),
    "read": Text("read on {date}", "{date}"),
    "value": Text("Value", "値"),
    "since": Text("{value} (in effect since {date})", "{value}（{date} から適用）"),
    "available": Text("Available since", "提供開始"),
    "holds": Text("In effect since", "適用開始"),
    "values_gap": Text("; ", "、"),
    "kind": Text("Kind", "種類"),
    "use": Text("Use", "用途"),
    "decides": Text("in decisions", "サービスの選定に使用"),
    "shown": Text("for information only", "表示のみ"),
    "confidence": Text("Confidence", "確度"),
    "limit_of": Text("Used as a limit", "上限・下限として使用"),
    "property_of": Text("Used as a property", "特性として使用"),
    "has_property": Text('{service} has the property "{property}"', "{service}の特性『{property}』"),
    "note": Text("Note", "補足"),
    "english_note": Text("Note", "補足（英語）"),
    "read_in": Text("Compared with {place} in {tool}.", "{tool} の {place} と照合しました。"),
    "documented": Text("service documentation", "のサービスの説明"),
    "gap": Text(", ", "、"),
    "colon": Text(": ", ": "),
    "inside": Text(" ({words})", "（{words}）"),
}
