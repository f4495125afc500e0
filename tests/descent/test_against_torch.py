"""Every method beside PyTorch's; `torch_runs.py` says how its runs were made."""

import json
from pathlib import Path

import pytest

from tutor.descent.methods import METHODS
from tutor.descent.setting import Setting
from tutor.descent.train import make_run

RUNS = json.loads(Path(__file__).with_name("torch_runs.json").read_text())


@pytest.mark.parametrize("theirs", RUNS, ids=lambda run: f"{run['problem']}-{run['method']}")
def test_the_way_is_theirs(theirs):
    run = make_run(Setting(problem=theirs["problem"], method=theirs["method"], rate=theirs["rate"], steps=20))
    for mine, other in zip(run.path, theirs["path"], strict=True):
        assert mine == pytest.approx(tuple(other), rel=1e-9, abs=1e-12)


def test_no_method_is_left_out():
    assert {run["method"] for run in RUNS} == set(METHODS)
