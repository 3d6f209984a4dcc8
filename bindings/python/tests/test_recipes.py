"""The recipes of docs/python.md, as they are there, over 20,000 reports; GONGKAI_REPORTS sets another number."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
NUMBER = int(os.environ.get("GONGKAI_REPORTS", "20000"))
# scripts/many-reports puts a fault into every fiftieth report.
FAULTY = len([number for number in range(NUMBER) if number % 50 == 0])


def recipe(name):
    """The code under the heading `name`."""
    page = (ROOT / "docs/python.md").read_text(encoding="utf-8")
    section = re.split(r"^#+ ", page, flags=re.M)
    found = [text for text in section if text.startswith(name + "\n")]
    assert len(found) == 1, f"{len(found)} headings {name}"
    blocks = re.findall(r"```python\n(.*?)```", found[0], re.S)
    assert blocks, f"no code under {name}"
    return "\n".join(blocks)


def run(name, **names):
    # A module of its own, as a notebook is one.
    space = {"__name__": "__main__", **names}
    exec(compile(recipe(name), f"docs/python.md: {name}", "exec"), space)
    return space


@pytest.fixture(scope="session")
def reports(tmp_path_factory):
    """Generated reports in the folder `reports` of the current folder, which engines that start later take over."""
    folder, before = tmp_path_factory.mktemp("recipes"), os.getcwd()
    subprocess.run([ROOT / "scripts/many-reports", folder / "reports", str(NUMBER)], check=True)
    os.chdir(folder)
    yield folder
    os.chdir(before)


def faulty(rows):
    """The files with a finding of GK303 among `rows`, each a file and a code."""
    return {file for file, code in rows if code == "GK303"}


@pytest.fixture(scope="session")
def spark(reports):
    if shutil.which("java") is None:
        pytest.skip("there is no Java")
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable

    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config("spark.driver.memory", "2g")
    session = builder.config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1").getOrCreate()
    yield session
    session.stop()


def test_spark_with_pandas(reports, spark):
    findings = run("Spark, with pandas", spark=spark)["findings"]
    rows = [(row.file, row.code) for row in findings.select("file", "code").collect()]
    assert len(faulty(row[:2] for row in rows)) == FAULTY


def test_spark_with_arrow(reports, spark):
    figures = run("Spark, with Arrow", spark=spark)["figures"]
    seen = figures.groupBy("file").count().agg({"file": "count", "count": "min"}).collect()[0]
    assert (seen["count(file)"], seen["min(count)"]) == (NUMBER, 200)


def test_duckdb(reports):
    space = run("DuckDB")
    rows = space["findings"].fetchall()
    assert len(faulty(row[:2] for row in rows)) == FAULTY


def test_polars(reports):
    findings = run("Polars")["findings"]
    assert len(faulty(findings.select("file", "code").iter_rows())) == FAULTY


def test_threads(reports):
    assert len(faulty(run("Threads")["rows"])) == FAULTY
