"""Tries the pre-commit hooks and the GitHub Action as their users run them."""

import json
import re
import shutil
import subprocess
from pathlib import Path

from .tools import ROOT, TOOLS, environment, run

SAMPLES = ROOT / "editors/vscode/e2e/workspace"
FAULTY = "云岭市档案局2023年政府信息公开工作年度报告.txt"


def pre_commit(folder, binary):
    """A repository of reports with the hooks: a wrong report is held back, and goes in once it is corrected."""
    path = folder / "bin"
    path.mkdir()
    shutil.copy2(binary, path / "gongkai")
    hooks, reports = folder / "hooks", folder / "reports"
    run("git", "init", "--quiet", hooks)
    shutil.copy2(ROOT / ".pre-commit-hooks.yaml", hooks)
    run("git", "add", "-A", cwd=hooks)
    author = ["-c", "user.name=gongkai", "-c", "user.email=gongkai@localhost"]
    run("git", *author, "commit", "--quiet", "-m", "hooks", cwd=hooks)
    revision = run("git", "rev-parse", "HEAD", cwd=hooks, capture=True).strip()
    run("git", "init", "--quiet", reports)
    (reports / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {hooks}\n    rev: {revision}\n    hooks: [{{ id: gongkai-fix }}, {{ id: gongkai-system }}]\n"
    )
    shutil.copy2(SAMPLES / FAULTY, reports)
    (reports / "notes.csv").write_text("not a report\n")
    run("git", "add", "-A", cwd=reports)
    env = environment(PATH=f"{path}:{TOOLS / 'bin'}:/usr/bin:/bin", PRE_COMMIT_HOME=folder / "cache", HOME=folder, LC_ALL="C.UTF-8")

    def hook(name, *arguments):
        done = subprocess.run([TOOLS / "bin/pre-commit", "run", name, "--verbose", *arguments], cwd=reports, env=env, capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    code, said = hook("gongkai-system")
    if code != 1 or "GK303" not in said or "notes.csv" in said:
        return {"why": f"a wrong report was not held back:\n{said}"}
    code, said = hook("gongkai-fix")
    if code != 1 or "files were modified by this hook" not in said:
        return {"why": f"it was not corrected:\n{said}"}
    run("git", "add", "-A", cwd=reports)
    code, said = hook("gongkai-system")
    if code != 0:
        return {"why": f"a correct report was held back:\n{said}"}
    return {"note": "a wrong report held back, corrected by gongkai-fix, and let in"}


def action(folder, binary):
    """Runs the steps of action.yml as a runner does: with its variables, its inputs put in, and the file of the environment."""
    import_yaml = [TOOLS / "bin/python", "-c", "import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.stdin)))"]


    manifest = json.loads(run(*import_yaml, capture=True, input=(ROOT / "action.yml").read_text(encoding="utf-8")))
    shutil.copy2(SAMPLES / FAULTY, folder / "work")
    given = {"paths": FAULTY, "program": str(binary), "select": "GK2,GK3", "sarif": "out.sarif"}
    # What is not given: a program is downloaded by the runner's `gh`, for which this one is taken.
    downloads = folder / "download"
    downloads.mkdir()
    outcomes = {}
    for case in ["given", "downloaded", "never"]:
        inputs = {name: str(one.get("default", "")) for name, one in manifest["inputs"].items()} | given
        if case == "never":
            inputs["fail-on"] = "never"
        path = "/usr/bin:/bin"
        if case == "downloaded":
            inputs["program"] = ""
            inputs["version"] = "v1"
            path = f"{fake_gh(folder, binary)}:{path}"
        variables = folder / f"env-{case}"
        variables.touch()
        env = {
            "PATH": path, "HOME": str(folder), "LC_ALL": "C.UTF-8", "GITHUB_ENV": str(variables), "GITHUB_ACTION_PATH": str(ROOT),
            "RUNNER_TEMP": str(downloads), "RUNNER_OS": "Linux", "RUNNER_ARCH": "X64",
        }
        context = {"github.token": "none", "github.action_repository": "someone/gongkai", **{f"inputs.{name}": value for name, value in inputs.items()}}
        said, code = "", 0
        for step in manifest["runs"]["steps"]:
            expanded = {name: expand(str(value), context) for name, value in step.get("env", {}).items()}
            later = dict(line.split("=", 1) for line in variables.read_text().splitlines())
            command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", expand(step["run"], context)]
            done = subprocess.run(command, cwd=folder / "work", env={**env, **later, **expanded}, capture_output=True, text=True)
            said, code = said + done.stdout + done.stderr, done.returncode
            if code:
                break
        outcomes[case] = code
        expected = 0 if case == "never" else 1
        if code != expected or not re.search(r"^::error file=.*GK303", said, re.M):
            return {"why": f"{case}: exit code {code}\n{said}"}
        if '"2.1.0"' not in (folder / "work/out.sarif").read_text(encoding="utf-8"):
            return {"why": "there is no SARIF"}
    return {"note": "its steps run with a runner's variables; the download from a release is tried with a stand-in for gh"}


def fake_gh(folder, binary):
    """A folder with a `gh` that gives the archive of a release without a network, if it is asked as the real one is."""
    place = folder / "gh"
    place.mkdir()
    packed = place / "gongkai-1-x86_64-unknown-linux-musl.tar.gz"
    run("tar", "-czf", packed, "-C", Path(binary).parent.parent, Path(binary).parent.name)
    script = place / "gh"
    script.write_text(
        "#!/bin/bash\n"
        '[[ "$1 $2 $3" == "release download v1" && $5 == someone/gongkai && -n $GH_TOKEN ]] || { echo "gh: $*"; exit 1; }\n'
        f'[[ {packed.name} == $9 ]] && cp {packed} "$7"\n'
    )
    script.chmod(0o755)
    return place


def expand(text, context):
    """`text` with what a runner puts in for `${{ … }}`."""
    return re.sub(r"\$\{\{\s*([\w.-]+)\s*\}\}", lambda match: context[match.group(1)], text)
