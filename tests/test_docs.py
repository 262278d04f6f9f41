"""What the documents show, runs."""

import re
from typing import Any

import pytest

import extract
from extract.cli import app
from tests.conftest import ROOT


def test_the_python_block_of_the_readme_runs() -> None:
    (block,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    space: dict[str, object] = {}
    exec(block, space)
    assert isinstance(space["result"], extract.Result)


def test_every_command_has_its_docstring_with_an_example() -> None:
    for command in app.registered_commands:
        assert command.callback is not None
        assert "Example: chargesheet" in (command.callback.__doc__ or ""), command.callback.__name__


def test_documents_link_to_what_exists() -> None:
    for path in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), (path, target)


def test_every_figure_of_the_readme_stands_in_the_result_file() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    table = readme.split("<!-- figures -->")[1].split("<!-- end of figures -->")[0]
    generated = (ROOT / "eval" / "RESULTS.md").read_text("utf-8")
    assert table.strip() in generated


def _blocks(heading: str) -> list[str]:
    section = (ROOT / "docs" / "SCALING.md").read_text("utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"```python\n(.*?)```", section, re.DOTALL)


def test_the_dask_block_gives_the_records_of_the_command() -> None:
    bags = pytest.importorskip("dask.bag", reason="Dask is not installed")
    space: dict[str, Any] = {}
    exec(_blocks("Dask")[0], space)
    articles = [(str(n), "Police arrested Ana Ruiz in Lagos on Monday.", "2021-12-16") for n in range(4)]
    found = space["read"](bags.from_sequence(articles, npartitions=2)).compute(scheduler="threads", num_workers=1)
    assert found == space["records"](articles) != []
    assert [one["doc_id"] for one in found] == ["0", "1", "2", "3"]


def test_the_spark_block_compiles() -> None:
    (block,) = _blocks("Spark")
    compile(block, "SCALING.md", "exec")
