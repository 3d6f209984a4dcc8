"""Types into shells that have the completions, and looks whether they complete a rule's code."""

import os
import pty
import select
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

# What is typed, and what only the program can have put there: one code is the only one that starts so.
TYPED = "gongkai check --ignore GK101 --select GK204,GK30"
OFFERED = ["GK301", "GK303"]

START = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], "source {script}\n"),
    "zsh": (["zsh", "-f", "-i"], "autoload -U compinit; compinit -u -D; source {script}; compdef _clap_dynamic_completer_gongkai gongkai\n"),
    "elvish": (["elvish", "-norc"], "eval (slurp < {script})\n"),
}


def check(binary, scripts):
    """For each shell whether it offers codes: True, or what it showed, or that it is not here."""
    outcome = {}
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(binary, Path(folder) / "gongkai")
        environment = {"PATH": f"{folder}:/usr/bin:/bin", "HOME": folder, "TERM": "xterm", "LC_ALL": "C.UTF-8", "PS1": "$ "}
        for shell, script in scripts.items():
            if shutil.which(shell) is None:
                outcome[shell] = "not here; asked in its own protocol by the twenty checks"
            elif shell == "fish":
                # It says itself what it would offer.
                command = ["fish", "--no-config", "-c", f"source {script}; complete -C '{TYPED}'"]
                shown = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60).stdout
                outcome[shell] = all(code in shown for code in OFFERED) or shown
            else:
                outcome[shell] = typed(*START[shell], script, environment)
    return outcome


def typed(command, preparation, script, environment):
    """Types the command line and two tabs into a shell at a terminal; True once it shows the codes."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvpe(command[0], command, environment)
    shown = b""

    def read(seconds, until=None):
        nonlocal shown
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            ready, _, _ = select.select([terminal], [], [], 0.1)
            if ready:
                try:
                    shown += os.read(terminal, 65536)
                except OSError:
                    return
            if until and until(shown):
                return

    # A terminal of a known size, or elvish shows nothing.
    import fcntl
    import struct
    import termios

    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    offered = lambda text: all(code.encode() in text for code in OFFERED)  # noqa: E731
    try:
        read(3)
        os.write(terminal, preparation.format(script=script).encode().replace(b"\n", b"\r"))
        read(3)
        shown = b""
        os.write(terminal, TYPED.encode())
        read(1)
        os.write(terminal, b"\t")
        read(4, offered)
        if not offered(shown):
            os.write(terminal, b"\t")
            read(10, offered)
        return offered(shown) or repr(shown[-600:])
    finally:
        os.kill(pid, 9)
        os.waitpid(pid, 0)
        os.close(terminal)
