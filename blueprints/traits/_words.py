"""Texts and names that several services share. In the text of an alarm `{}` is the node."""

from advisor.text import Text

FAILS = Text("{} fails", "{}が失敗している")
THROTTLED = Text("{} is throttled", "{}がスロットリングされている")
TIMED_OUT = Text("{} timed out", "{}がタイムアウトした")
SERVER_ERRORS = Text("{} answers with server errors", "{}がサーバーエラーを返している")
MESSAGES_WAIT = Text("Messages wait too long in {}", "{}でメッセージが滞留している")
SHORT_OF_CPU = Text("{} is short of CPU", "{}の CPU が不足している")
SHORT_OF_STORAGE = Text("{} is short of storage", "{}のストレージが不足している")
MANY_CONNECTIONS = Text("{} is near its limit of connections", "{}の接続数が上限に近い")
LAST_SNAPSHOT = Text("Last snapshot of the database", "データベースの最終スナップショット")
LOAD_BALANCER_COST = Text(
    "Load balancer: per hour, as long as it is there", "ロードバランサー: 存在する時間に応じて課金"
)
#: The user by which a program uses a database.
DATABASE_USER = Text("the program's user of {0}", "{0} のプログラム用ユーザー")
PASSWORD = Text("password of {0}", "{0} のパスワード")
#: The service principal of API Gateway.
API_GATEWAY = "apigateway.amazonaws.com"
