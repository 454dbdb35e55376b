"""Practice data for a stack of the tests: reports filed through the forms, and carried on by people's own actions."""

from meldpunt.stack import CHECKOUT, Stack

REPORTS = CHECKOUT / "signals" / "data" / "practice_reports.jsonl"
HISTORY = CHECKOUT / "networks" / "data" / "balans_2007.jsonl"


def fill(stack: Stack, count: int = 24) -> None:
    """File the first `count` practice reports and carry most of them on, as `make run` does with all.

    Raises ServerProblem where a command fails.
    """
    reports, results = stack.state / "reports.jsonl", stack.state / "results.jsonl"
    lines = REPORTS.read_text(encoding="utf-8").splitlines(keepends=True)
    reports.write_text("".join(lines[:count]), encoding="utf-8")
    stack.manage("file_reports", str(reports), "--url", stack.url, "--results", str(results))
    stack.manage("carry_on_practice", str(reports), str(results))
    stack.manage("load_history", str(HISTORY))
