"""The commands of the README, from nothing to a restored picture, with a training run of seconds and no data."""
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from PIL import Image

from training.data import pack
from training.export.example import blurred_example
from training.paths import REPOSITORY


def run(*command: str, **environment: str) -> str:
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, env={**os.environ, **environment})
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("end-to-end")
    nothing = {"DEBLUR_DATA": str(folder / "nothing")}
    python = lambda *arguments: run(sys.executable, "-m", *arguments, **nothing)
    trained = python("training.train", "photo-tiny", "--minutes", "0.1", "--out", str(folder / "run"), "--procedural", "4", "--batch", "2",
                     "--patch", "64", "--validation-pairs", "4", "--validations", "3", "--threads", "1")
    assert trained.startswith("done:")
    python("training.train.plot", str(folder / "run"), "-o", str(folder / "curves.svg"))
    python("training.export", str(folder / "run"), "-o", str(folder / "exported"))
    return folder / "exported" / "photo-tiny.onnx"


def test_onnxruntime_runs_the_trained_network_at_any_size(exported):
    session = onnxruntime.InferenceSession(exported, providers=["CPUExecutionProvider"])
    for height, width in ((64, 96), (32, 32)):
        picture = np.random.default_rng(0).random((1, 3, height, width), np.float32)
        result = session.run(None, {"input": picture})[0]
        assert result.shape == picture.shape and np.isfinite(result).all()


def test_the_command_line_runs_it(exported, tmp_path):
    if shutil.which("npm") is None or not (REPOSITORY / "node_modules" / "onnxruntime-node").exists():
        pytest.skip("npm ci has not been run in this repository")
    Image.fromarray(blurred_example(160)).save(tmp_path / "blurred.png")
    run("npm", "run", "--silent", "deblur", "--", "run", str(tmp_path / "blurred.png"), "--model", str(exported), "-o", str(tmp_path / "sharp.png"))
    assert Image.open(tmp_path / "sharp.png").size == (160, 160)


def test_pytorch_node_and_web_give_the_same_picture(exported):
    if shutil.which("npx") is None or not (REPOSITORY / "node_modules" / "onnxruntime-web").exists():
        pytest.skip("npm ci has not been run in this repository")
    found = json.loads(run(sys.executable, "-m", "training.export.runtimes", str(exported.parents[1] / "run"), "--side", "64"))
    assert len(found) == 3 and min(found.values()) >= 60


def test_packed_data_keep_their_split(tmp_path):
    folder = tmp_path / "data" / "train" / "gb82"
    folder.mkdir(parents=True)
    for i in range(12):
        Image.fromarray(np.random.default_rng(i).integers(0, 256, (40, 40, 3), np.uint8)).save(folder / f"{i:02}.png")
    pack.main(["-o", str(tmp_path / "packed"), "--megabytes", "1", "--data", str(tmp_path / "data")])
    packed = sorted((tmp_path / "packed" / "train" / "gb82").iterdir())
    assert [p.name for p in packed] == [f"{i:02}.jpg" for i in range(12)]
    with pytest.raises(SystemExit, match="do not fit"):
        pack.main(["-o", str(tmp_path / "none"), "--megabytes", "0.0001", "--data", str(tmp_path / "data")])
