"""The table of docs/release.md, written from what was measured."""

import json
import os
import platform
from datetime import date

from .tools import DIST, ROOT, run, size

PAGE = ROOT / "docs/release.md"
MARKS = ("<!-- table -->\n", "<!-- /table -->\n")


def commit():
    return run("git", "describe", "--always", "--dirty", capture=True).strip()


def keep(outcomes):
    """Stores `outcomes`, which are of this commit, beside the artefacts; those of all artefacts checked so far."""
    file = DIST / "outcomes.json"
    known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    known |= {name: {**outcome, "commit": commit()} for name, outcome in outcomes.items()}
    file.write_text(json.dumps(known, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return known


def write(release, outcomes):
    """Puts what came of all artefacts into the page, in the place of what is there."""
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(MARKS[0])
    _, after = rest.split(MARKS[1])
    PAGE.write_text(before + MARKS[0] + table(release, outcomes) + MARKS[1] + after, encoding="utf-8")


def table(release, outcomes):
    commits = [outcome["commit"] for _, outcome in outcomes]
    main = max(commits, key=commits.count)
    lines = [
        f"gongkai {release.version}, commit {main}, {date.today():%Y-%m-%d}; {platform.system()} {platform.machine()}, {os.cpu_count()} processors.",
        "",
        "| artefact | files | size | installed | install | start | 200 reports | checks | notes |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | --- | --- |",
    ]
    for artefact, outcome in outcomes:
        files = [file for file in artefact.files(release) if file.exists()]
        times = outcome.get("times") or {}
        cells = [
            artefact.title,
            "<br>".join(f"`{file.name}`" for file in files),
            "<br>".join(megabytes(size(file)) for file in files),
            megabytes(outcome.get("installed")),
            seconds(outcome.get("install") or None),
            milliseconds(times.get("start")),
            seconds(times.get("reports")),
            checks(outcome),
            one_line(
                outcome.get("note"),
                outcome.get("why"),
                None if outcome["commit"] == main else f"of commit {outcome['commit']}",
            ),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def checks(outcome):
    if "passed" in outcome:
        return f"{outcome['passed']} of 20"
    return {"checked": "its own: ok", "built": "not checked"}.get(outcome["state"], outcome["state"])


def one_line(*texts):
    return "; ".join(text.split("\n")[0].replace("|", "\\|") for text in texts if text)


def megabytes(number):
    if number is None:
        return ""
    return f"{number / 1e6:.1f} MB" if number >= 1e5 else f"{number / 1e3:.0f} kB"


def seconds(number):
    return "" if number is None else f"{number:.1f} s"


def milliseconds(number):
    return "" if number is None else f"{number * 1000:.0f} ms"
