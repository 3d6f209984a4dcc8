"""Running programs, and finding or installing those that a release is made with."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "dist"
TOOLS = ROOT / "target/release-tools"
REQUIREMENTS = Path(__file__).with_name("requirements.txt")

# What makes an optimised build quick to have.
QUICK = {
    "CARGO_PROFILE_RELEASE_LTO": "off",
    "CARGO_PROFILE_RELEASE_CODEGEN_UNITS": "16",
    "CARGO_PROFILE_RELEASE_OPT_LEVEL": "1",
}


class Missing(Exception):
    """Something that is needed is not there; its text says how to get it."""


class Broken(Exception):
    """A step did not work."""


def version():
    manifest = (ROOT / "Cargo.toml").read_text(encoding="utf-8")
    return re.search(r'^version = "([^"]+)"', manifest, re.M).group(1)


def environment(**more):
    """That of this process, with the tools before everything else on the path."""
    return {**os.environ, "PATH": f"{TOOLS / 'bin'}:{os.environ['PATH']}", **{name: str(value) for name, value in more.items()}}


def run(*command, cwd=ROOT, env=None, capture=False, check=True, input=None, timeout=None):
    """Runs `command`; what it prints, if that is to be captured."""
    command = [str(part) for part in command]
    done = subprocess.run(
        command,
        cwd=cwd,
        env=env or environment(),
        text=True,
        input=input,
        timeout=timeout,
        stdout=subprocess.PIPE if capture else None,
        stderr=subprocess.STDOUT if capture else None,
    )
    if check and done.returncode != 0:
        raise Broken(f"exit code {done.returncode} of: {' '.join(command)}\n{(done.stdout or '')[-4000:]}")
    return done.stdout


def program(name, debian=None, hint=None):
    """The path of a program; where it is missing, how to get it."""
    found = shutil.which(name, path=environment()["PATH"])
    if found is None:
        raise Missing(f"{name} is missing: " + (hint or f"apt-get install {debian or name}"))
    return found


def rust_target(triple):
    """Has the standard library for `triple`."""
    program("rustup", hint="install the Rust toolchain (rustup.rs)")
    installed = run("rustup", "target", "list", "--installed", capture=True).split()
    if triple not in installed:
        try:
            run("rustup", "target", "add", triple)
        except Broken as error:
            raise Missing(f"rustup target add {triple}\n{error}") from error


def python_tools():
    """Has what comes from PyPI, in an environment of its own."""
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    marker = TOOLS / "installed"
    if marker.exists() and marker.read_text() == wanted:
        return
    run(sys.executable, "-m", "venv", TOOLS, env=dict(os.environ))
    run(TOOLS / "bin/pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", REQUIREMENTS)
    marker.write_text(wanted)


def size(path):
    """Bytes of a file, or of all files of a folder."""
    path = Path(path)
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file() and not file.is_symlink()]
    return sum(file.stat().st_size for file in files)
