"""Warnings about what the answers require and no project contains: schedules that a program creates, and checkpoints."""

from collections.abc import Iterator

from advisor.architecture import Architecture, Node
from advisor.decision import Source, Warning
from advisor.requirements.starts import REQUESTS, starts
from advisor.text import Text, spaced
from advisor.verdict.known import Known
from advisor.vocabulary.units import words

_CREATING = Source("https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html", "2026-12-01")


def unmade_schedules(node: Node, known: Known) -> Iterator[Warning]:
    """Warn if a program has to create the schedules that start a component."""
    if node.settings.get("set_by_program"):
        sentence = programmed_words(node, _stated_rate(known))
        yield Warning(node.subject, node.role, "starts-are-set-by-a-program", sentence, _CREATING)


def _stated_rate(known: Known) -> Text:
    """Return the rate of starts as it was stated; an average that was not stated is a default, and the peak is named instead."""
    if "rate_average_rps" not in known.assumed:
        return words(known.values["rate_average_rps"], "per_s")
    most = words(known.values["rate_peak_rps"], "per_s")
    return Text(f"at most {most.en}", f"最大で{most.ja}")


def programmed_words(node: Node, rate: Text) -> Text:
    """Return the sentence on starts that a program sets, with their rate: what the project contains, and what it does not."""
    if node.role != "schedule":
        return spaced(
            Text(
                f'The requirements state starts of "{node.note.en}" ({rate.en}) but no schedule, so a program must set the times. The project '
                "does not contain this program. Its CronJob, daily at 02:00, is suspended, and its job is given no item. "
                "If runs start at fixed times, state the schedule.",
                f"「{node.note.ja}」の開始は{rate.ja}ですが、スケジュールが指定されていないため、プログラムが時刻を設定するとみなします。そのプログラムは"
                "プロジェクトに含まれません。生成される CronJob（毎日 2:00）は一時停止した状態で、ジョブに処理対象の項目は渡りません。"
                "決まった時刻に実行する場合は、スケジュールを指定してください。",
            )
        )
    return spaced(
        Text(
            f"The requirements state starts ({rate.en}) but no schedule, so a program must set the times. The project does not contain the "
            "calls that create these schedules. Its only schedule, daily at 02:00, is disabled and serves as an example, and the started "
            "program is given no item. Let the program that knows the time create one schedule for each "
            "item (CreateSchedule, deleted after it has completed); the README lists what this needs. If runs start at fixed times, "
            "state the schedule.",
            f"開始は{rate.ja}ですが、スケジュールが指定されていないため、プログラムが時刻を設定するとみなします。スケジュールを作成する処理はプロジェクトに"
            "含まれません。生成されるスケジュール（毎日 2:00）は無効にした例で、起動するプログラムに処理対象の項目は渡りません。"
            "時刻を知るプログラムで、項目ごとに、完了後に削除されるスケジュールを作成（CreateSchedule）してください。必要なものは README に記載します。"
            "決まった時刻に実行する場合は、スケジュールを指定してください。",
        )
    )


def unmade_checkpoints(architecture: Architecture, node: Node, known: Known) -> Iterator[Warning]:
    """Warn if an interrupted run shall resume from a checkpoint, which only durable functions keep; a caller repeats a request."""
    program = node.role == "compute" and node.kind == "service" and not starts(known.values, *REQUESTS)
    if not program or known.values.get("interruption") != "checkpoint":
        return
    if node.settings.get("variant") != "lambda-durable":
        again = architecture.find(f"{node.subject}.workflow") is not None
        yield Warning(node.subject, node.role, "checkpoints-are-left-to-the-program", resumed_words(node, again=again))


def resumed_words(node: Node, *, again: bool) -> Text:
    """Return the sentence on runs without checkpoints; `again` is whether a workflow repeats the step that was interrupted."""
    unit = Text("the interrupted step", "中断されたステップ") if again else Text("the work", "処理")
    return spaced(
        Text(
            f'An interrupted run of "{node.note.en}" must resume from a checkpoint. The generated program does not store checkpoints: it '
            f"repeats {unit.en} from the beginning. Store the progress in the program, such as the key of the last item or "
            "object that was processed, and start from there.",
            f"「{node.note.ja}」は、処理が中断された場合、チェックポイントから再開する必要があります。生成されるプログラムはチェックポイントを保存せず、{unit.ja}を"
            "最初からやり直します。最後に処理した項目やオブジェクトのキーなどの進捗をプログラムで保存し、そこから再開してください。",
        )
    )
