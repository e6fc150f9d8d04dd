"""Texts and names that several services share. In the text of an alarm `{}` is the node."""

from advisor.text import Text

FAILED = Text("{}: failed executions", "{}: 失敗した実行がある")
INVOCATION_ERRORS = Text("{}: invocation errors", "{}: 呼び出しでエラーが発生している")
MANY_INVOCATION_ERRORS = Text(
    "{}: more than {share} of the invocations fail", "{}: エラーが呼び出しの {share} を超えている"
)
THROTTLED_INVOCATIONS = Text("{}: throttled invocations", "{}: 呼び出しのスロットリングが発生している")
THROTTLED = Text("{}: throttled requests", "{}: スロットリングが発生している")
THROTTLED_READS = Text("{}: throttled reads", "{}: 読み取りのスロットリングが発生している")
THROTTLED_WRITES = Text("{}: throttled writes", "{}: 書き込みのスロットリングが発生している")
TIMED_OUT = Text("{}: timed-out executions", "{}: タイムアウトした実行がある")
SERVER_ERRORS = Text("{}: server errors (5xx)", "{}: サーバーエラー（5xx）が発生している")
MANY_SERVER_ERRORS = Text(
    "{}: server errors (5xx) for more than {share} of the requests",
    "{}: リクエストの {share} を超えてサーバーエラー（5xx）が発生している",
)
#: Where no metric counts the requests.
MANY_OF_STATED = Text(
    "{}: server errors (5xx) exceed {share} of the requests expected at the stated average rate",
    "{}: サーバーエラー（5xx）が、想定した平均処理数の {share} を超えている",
)
MESSAGES_WAIT = Text("{}: messages wait too long", "{}: メッセージが滞留している")
HIGH_CPU = Text("{}: high CPU utilization", "{}: CPU 使用率が高い")
LOW_STORAGE = Text("{}: low free storage space", "{}: ストレージの空き容量が少ない")
MANY_CONNECTIONS = Text("{}: connections near the limit", "{}: 接続数が上限に近い")
LAST_SNAPSHOT = Text(
    "Final snapshot and all other manual snapshots of the database (the database itself is deleted with the stack)",
    "データベースの最終スナップショットと、そのほかのすべての手動スナップショット（データベース自体はスタックとともに削除されます）",
)
LOAD_BALANCER_COST = Text("Load balancer: per hour", "ロードバランサー: 時間課金")
#: The user by which a program uses a database.
DATABASE_USER = Text("database user of the program in {0}", "{0}のプログラム用ユーザー")
PASSWORD = Text("password of {0}", "{0}のパスワード")
#: The service principal of API Gateway.
API_GATEWAY = "apigateway.amazonaws.com"
