"""Decides on filed reports and routes them, in a web process of its own: python -m tests.route_all PRACTICE RESULTS.

Prints how many letters were queued. Tests run it while servers fail.
"""

import json
import sys
from pathlib import Path

import django


def main(practice: str, results: str) -> None:
    """Route every report that has a network, by the actions that people use."""
    django.setup()
    from networks.practice import Practice

    rows = [json.loads(line) for line in Path(results).read_text().splitlines()]
    lines = [{"id": row["id"], "same_victim_as": None, "referrer_role": "school"} for row in rows]
    people = Practice(json.loads(Path(practice).read_text()), rows, lines)
    letters = [people.route(case) for line in lines if (case := people.decide(line))]
    print(len([letter for letter in letters if letter]))


if __name__ == "__main__":
    main(*sys.argv[1:])
