"""Titles and units of derived facts; "flag" is yes or no, and an empty unit is an identifier."""

from advisor.text import Text

DERIVED: dict[str, tuple[Text, str]] = {
    "rate_peak_rps": (Text("Peak rate", "ピークレート"), "per_s"),
    "typical_run_s": (Text("Typical run", "通常の実行時間"), "s"),
    "response_s": (Text("Response time", "応答時間"), "s"),
    "concurrency": (Text("Concurrent executions", "同時実行数"), "count"),
    "whole_run_s": (Text("Total run time", "実行全体の時間"), "s"),
    "waits_long": (
        Text("Waits longer than a Lambda function can run", "Lambda 関数の最長実行時間を超える待機"),
        "flag",
    ),
    "polls": (Text("Polls another system", "他システムへのポーリング"), "flag"),
    "one_task_each": (Text("Dedicated task per message", "メッセージごとの専用タスク"), "flag"),
    "piped_tasks": (Text("Tasks started by a pipe", "パイプが開始するタスク"), "flag"),
    "may_be_cut": (Text("Can be interrupted", "中断可能"), "flag"),
    "needs_workflow": (Text("Needs a workflow", "ワークフローが必要"), "flag"),
    "needs_scheduler": (Text("Needs a scheduler", "スケジューラーが必要"), "flag"),
    "needs_event_source": (Text("Needs event routing", "イベントルーティングが必要"), "flag"),
    "runs_image": (Text("Runs a container image", "コンテナイメージを実行"), "flag"),
    "uses_stores": (Text("Reads or writes stores", "ストアを読み書き"), "flag"),
    "only_publishes": (Text("Only publishes messages", "メッセージの発行のみ"), "flag"),
    "listens_kind": (Text("Source type", "イベントの発生元の種類"), ""),
    "in_order": (Text("Processes messages in order", "順序どおりに処理"), "flag"),
    "out_of_reach": (Text("Target without direct integration", "直接統合に対応していないターゲット"), "flag"),
    "hosts_site": (Text("Site hosted apart from the program", "プログラムとは別に配信するサイト"), "flag"),
    "at_edge": (Text("Delivered by a CDN", "CDN から配信"), "flag"),
    "edge_only": (Text("Content delivery only", "コンテンツ配信のみ"), "flag"),
    "destination_count": (Text("Destinations", "宛先の数"), "count"),
    "consumer_count": (Text("Listening components", "受信コンポーネント数"), "count"),
    "destination_kinds": (Text("Destination type", "宛先の種類"), ""),
    "consumer_computes": (Text("Compute of the consumers", "コンシューマーのコンピューティング"), ""),
    "producer_computes": (Text("Compute of the producers", "プロデューサーのコンピューティング"), ""),
    "user_computes": (Text("Compute of the users", "利用側のコンピューティング"), ""),
    "change_listened": (Text("Changes start work", "変更が処理の起点"), "flag"),
    "needs_proxy": (Text("Needs a connection pool", "接続プールが必要"), "flag"),
}
