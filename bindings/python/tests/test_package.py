"""The functions, types and command of the package that is installed."""

import json
import os
import re
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path

import gongkai
import pytest

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = ROOT / "editors/vscode/e2e/workspace"
FAULTY = "云岭市档案局2023年政府信息公开工作年度报告.txt"
TEXT = (SAMPLES / FAULTY).read_text(encoding="utf-8")
COMMAND = os.environ.get("GONGKAI_COMMAND", "gongkai")


def command(*arguments, input=None):
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    return subprocess.run([COMMAND, *arguments], input=input, capture_output=True, env=environment, timeout=120)


def test_findings_are_those_of_the_command_line(tmp_path):
    (tmp_path / FAULTY).write_text(TEXT, encoding="utf-8")
    path = str(tmp_path / FAULTY)
    printed = json.loads(command("check", "--no-config", "--lang", "zh", "--output-format", "json", path).stdout)
    assert {"GK201", "GK303"} <= {finding["code"] for finding in printed}
    assert gongkai.check(TEXT, path) == printed
    assert gongkai.check(TEXT.encode(), Path(path)) == printed
    for other in (bytearray(TEXT.encode()), memoryview(TEXT.encode())):
        assert gongkai.check(other, path) == printed


def test_encodings_and_word_files(tmp_path):
    expected = [finding["fingerprint"] for finding in gongkai.check(TEXT, FAULTY)]
    for data in (TEXT.encode("gb18030"), b"\xff\xfe" + TEXT.encode("utf-16le"), TEXT.replace("\n", "\r\n").encode()):
        assert [finding["fingerprint"] for finding in gongkai.check(data, FAULTY)] == expected
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert command("convert", str(tmp_path / "a.txt"), str(tmp_path / "a.docx")).returncode == 0
    data = (tmp_path / "a.docx").read_bytes()
    figures = {"GK201", "GK303"}
    assert figures <= {finding["code"] for finding in gongkai.check(data)}, "a Word file is recognised without a name"
    (tmp_path / "b.docx").write_bytes(gongkai.fix(data, "a.docx"))
    assert not figures & {finding["code"] for finding in gongkai.check((tmp_path / "b.docx").read_bytes())}
    assert "word/document.xml" in zipfile.ZipFile(tmp_path / "b.docx").namelist()


def test_language_and_configuration(tmp_path):
    def message(**options):
        return next(one["message"] for one in gongkai.check(TEXT, FAULTY, **options) if one["code"] == "GK303")

    assert "总计应为 6" in message()
    assert "total should be 6" in message(language="en")
    assert "total should be 6" in message(config='language = "en"')
    assert "总计应为 6" in message(config='language = "en"', language="zh")
    assert {one["code"] for one in gongkai.check(TEXT, FAULTY, config='select = ["GK3"]')} == {"GK303"}
    file = tmp_path / "gongkai.toml"
    file.write_text('[severity]\nGK303 = "info"\n', encoding="utf-8")
    assert {one["severity"] for one in gongkai.check(TEXT, FAULTY, file) if one["code"] == "GK303"} == {"info"}
    ignored = f'[[ignore]]\npath = "{FAULTY}"\ncode = "GK303"\nreason = "as printed"\n'
    assert "GK303" not in {one["code"] for one in gongkai.check(TEXT, FAULTY, ignored)}
    with pytest.raises(ValueError, match="'zh' or 'en'"):
        gongkai.check(TEXT, language="fr")


def test_figures_are_those_of_the_command_line(tmp_path):
    (tmp_path / FAULTY).write_text(TEXT, encoding="utf-8")
    path = str(tmp_path / FAULTY)
    printed = command("extract", "--quiet", "--format", "json-lines", path).stdout.decode().splitlines()
    figures = gongkai.figures(TEXT, path)
    assert figures == [json.loads(line) for line in printed]
    received = next(one for one in figures if one["row"].startswith("一、本年新收") and one["column"] == "总计")
    assert (received["value"], received["body"], received["year"]) == (42, "云岭市档案局", 2023)
    given = gongkai.figures(TEXT, "a.txt", '[[report]]\npath = "a.txt"\nbody = "云岭市水利局"\nyear = 2020\n')
    assert {(one["body"], one["year"]) for one in given} == {("云岭市水利局", 2020)}


def test_fix_is_that_of_the_command_line(tmp_path):
    for data in (TEXT.encode("gb18030"), TEXT.replace("\n", "\r\n").encode("utf-8-sig")):
        file = tmp_path / FAULTY
        file.write_bytes(data)
        command("check", "--no-config", "--fix", str(file))
        assert gongkai.fix(data, FAULTY) == file.read_bytes() != data
    fixed = gongkai.fix(TEXT, FAULTY)
    assert isinstance(fixed, bytes) and gongkai.fix(fixed, FAULTY) == fixed


def test_what_is_no_report_has_no_findings():
    assert gongkai.check("", "a.txt") == []
    assert gongkai.check(b"Dear all,\n") == []
    assert gongkai.figures("nothing") == []
    assert gongkai.fix("nothing") == b"nothing"


@pytest.mark.parametrize("data", [b"%PDF-1.7 x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"PK\x03\x04broken"])
def test_what_cannot_be_read_says_what_to_do(data):
    for function in (gongkai.check, gongkai.figures, gongkai.fix):
        with pytest.raises(gongkai.UnreadableError, match="Word|WPS") as error:
            function(data, "a.bin")
        assert isinstance(error.value, ValueError)
    with pytest.raises(gongkai.UnreadableError, match="gongkai.toml.*selct"):
        gongkai.check("", config="selct = []")


def test_wrong_types_are_type_errors():
    for wrong in (None, 5, ["a"]):
        with pytest.raises(TypeError):
            gongkai.check(wrong)
    with pytest.raises(TypeError):
        gongkai.check("", 5)


def test_text_that_is_no_unicode_does_not_end_the_process():
    try:
        assert isinstance(gongkai.check("\ud842" + TEXT), list)
    except gongkai.UnreadableError:
        pass


def test_other_threads_run_meanwhile():
    # A compendium of many reports takes long enough to see whether this thread goes on.
    data = "\n\n".join(TEXT.replace("档案局", f"第{number}局") for number in range(400)).encode()
    done = threading.Event()
    thread = threading.Thread(target=lambda: (gongkai.check(data, "a.txt"), done.set()))
    started = time.perf_counter()
    thread.start()
    turns = 0
    while not done.is_set():
        turns += 1
        time.sleep(0.001)
    thread.join()
    taken = time.perf_counter() - started
    assert turns > 20, f"{turns} turns in {taken:.2f} s"


def test_the_version_is_the_programs():
    manifest = (ROOT / "Cargo.toml").read_text(encoding="utf-8")
    version = re.search(r'^version = "([^"]+)"', manifest, re.M).group(1)
    assert gongkai.__version__ == version
    assert command("--version").stdout.decode().strip() == f"gongkai {version}"
    module = subprocess.run([sys.executable, "-m", "gongkai", "--version"], capture_output=True, check=True)
    assert module.stdout.decode().strip() == f"gongkai {version}"
    import importlib.metadata

    assert importlib.metadata.version("gongkai") == version


def test_the_types_fit(tmp_path):
    user = tmp_path / "user.py"
    user.write_text(
        "import gongkai\n"
        "from pathlib import Path\n"
        "findings = gongkai.check(b'', Path('a.txt'), language='en')\n"
        "row: int = findings[0]['location']['row']\n"
        "edit: str = findings[0]['fixes'][0]['edits'][0]['content']\n"
        "value: int | float | None = gongkai.figures('')[0]['value']\n"
        "fixed: bytes = gongkai.fix('')\n"
        "gongkai.check(5)  # E: arg-type\n"
        "gongkai.check('', language='fr')  # E: arg-type\n"
        "findings[0]['nothing']  # E: typeddict-item\n",
        encoding="utf-8",
    )
    checked = subprocess.run([sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), str(user)], capture_output=True, text=True)
    errors = re.findall(r"user.py:(\d+): error: .*\[([\w-]+)\]", checked.stdout)
    assert errors == [("8", "arg-type"), ("9", "arg-type"), ("10", "typeddict-item")], checked.stdout
    stub = subprocess.run([sys.executable, "-m", "mypy.stubtest", "gongkai", "--ignore-missing-stub"], capture_output=True, text=True, cwd=tmp_path)
    assert "error: gongkai.check" not in stub.stdout and "error: gongkai.fix" not in stub.stdout, stub.stdout
