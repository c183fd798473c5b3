"""Training at toy size: repeatable, resumable after a stop and after a kill, and it learns."""
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from training.data.batches import BlurSettings
from training.data.sources import SourceSettings
from training.models.catalogue import create
from training.paths import REPOSITORY
from training.tests.conftest import CPU
from training.train import ablation, plot
from training.train.average import WeightAverage, limit_gradients
from training.train.load_run import load_run
from training.train.log import Log, read_log
from training.train.precision import choose_precision
from training.train.run import Pace, Run
from training.train.schedule import learning_rate, progress
from training.train.settings import TrainSettings
from training.train.teacher import teach
from training.train.teacher_tiles import TeacherTiles
from training.train.weights import load_weights, save_weights


def toy(network: str = "photo-tiny", **changes) -> TrainSettings:
    settings = TrainSettings(network, SourceSettings(procedural=4), BlurSettings(patch=32, margin=6), steps=6, batch=2, clip_frames=2,
                             validations=2, validation_pairs=4)
    return replace(settings, **changes)


def weights_of(folder: Path) -> dict[str, np.ndarray]:
    with np.load(folder / "weights.npz") as stored:
        return {k: stored[k] for k in stored.files}


def checkpoint(folder: Path) -> dict:
    return torch.load(folder / "checkpoint.pt", weights_only=True)


def assert_same(a: dict, b: dict) -> None:
    assert a["state"]["step"] == b["state"]["step"]
    for part in ("network", "average"):
        for name, value in a[part].items():
            assert torch.allclose(value, b[part][name], atol=1e-6), name


@pytest.mark.parametrize("network", ["photo-tiny", "video-tiny", "classifier-tiny"])
def test_every_kind_of_network_trains(tmp_path, network):
    state = Run(toy(network), tmp_path, CPU).train()
    assert state.step == 6
    rows = read_log(tmp_path / "log.csv")
    assert [int(r["step"]) for r in rows] == [3, 6]
    assert all(np.isfinite(float(r["loss"])) and r["score"] for r in rows)
    assert load_run(tmp_path)[1] == toy(network)


def test_a_stopped_run_that_goes_on_equals_one_that_was_not_stopped(tmp_path):
    settings = toy(steps=4)
    Run(settings, tmp_path / "whole", CPU).train()
    for step in range(1, 5):
        assert Run(settings, tmp_path / "parts", CPU).train(Pace(stop_after=0)).step == step
    assert_same(checkpoint(tmp_path / "whole"), checkpoint(tmp_path / "parts"))
    steps = lambda name: [int(r["step"]) for r in read_log(tmp_path / name / "log.csv")]
    assert steps("whole") == steps("parts")


def test_a_killed_run_goes_on(tmp_path):
    command = [sys.executable, "-m", "training.train", "photo-tiny", "--steps", "60", "--out", str(tmp_path / "killed"), "--procedural", "4",
               "--data", str(tmp_path / "none"), "--batch", "2", "--patch", "32", "--margin", "6", "--validations", "2",
               "--validation-pairs", "4", "--threads", "1", "--checkpoint-seconds", "0"]
    process = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 300
    while not (tmp_path / "killed" / "checkpoint.pt").exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    stopped_at = checkpoint(tmp_path / "killed")["state"]["step"]
    assert 0 < stopped_at < 60
    settings = TrainSettings.from_json((tmp_path / "killed" / "settings.json").read_text())
    assert Run(settings, tmp_path / "killed", CPU).train().step == 60
    Run(settings, tmp_path / "whole", CPU).train()
    assert_same(checkpoint(tmp_path / "killed"), checkpoint(tmp_path / "whole"))


def test_the_same_seed_gives_the_same_weights_and_another_one_others(tmp_path):
    for name, seed in (("a", 0), ("b", 0), ("c", 1)):
        Run(toy(seed=seed, steps=3), tmp_path / name, CPU).train()
    a, b, c = (weights_of(tmp_path / n) for n in "abc")
    assert all(np.array_equal(a[k], b[k]) for k in a)
    assert any(not np.array_equal(a[k], c[k]) for k in a)


def test_a_network_learns_to_undo_a_gaussian(tmp_path):
    """The tiny network gains on held-out pictures within half a minute."""
    blur = BlurSettings(patch=48, margin=12, shares={"gaussian": 1.0}, smallest_blur=2)
    settings = toy(blur=blur, steps=200, batch=4, validations=4, validation_pairs=8, learning_rate=3e-3)
    Run(settings, tmp_path, CPU).train()
    last = read_log(tmp_path / "log.csv")[-1]
    assert float(last["score"]) > float(last["score_before"]) + 0.08


def test_another_run_is_not_overwritten(tmp_path):
    Run(toy(steps=1), tmp_path, CPU)
    with pytest.raises(ValueError, match="other settings"):
        Run(toy(steps=2), tmp_path, CPU)
    with pytest.raises(ValueError, match="--minutes or --steps"):
        toy(steps=None)


def test_starting_from_carried_weights(tmp_path):
    torch.manual_seed(5)
    network = create("photo-tiny")
    save_weights(tmp_path / "carried.npz", network)
    run = Run(toy(start_from=str(tmp_path / "carried.npz")), tmp_path / "run", CPU)
    for name, value in run.network.state_dict().items():
        assert torch.allclose(value, network.state_dict()[name], atol=1e-3)
    with pytest.raises(ValueError, match="another network"):
        load_weights(tmp_path / "carried.npz", create("video-tiny"))


def test_a_time_budget_ends(tmp_path):
    state = Run(toy(steps=None, minutes=0.02), tmp_path, CPU).train()
    assert state.step > 0 and state.seconds >= 1.2


def test_learning_from_a_teacher(tmp_path):
    tile = lambda number: np.random.default_rng(number).random((256, 256, 3), np.float32)

    class Half:
        calls = 0

        def run(self, _, feeds):
            Half.calls += 1
            return [feeds["input"] / 2]

    teach(tile, Half(), tmp_path / "tiles.npz", 2)
    teach(tile, Half(), tmp_path / "tiles.npz", 3)
    assert Half.calls == 3
    blurred, target = TeacherTiles(tmp_path / "tiles.npz", CPU).crops(np.random.default_rng(0), 4, 64)
    assert blurred.shape == (4, 3, 64, 64) and (target - blurred / 2).abs().max() < 0.005
    run = Run(toy(teacher=str(tmp_path / "tiles.npz"), teacher_share=0.5, batch=4), tmp_path / "run", CPU)
    given, wanted = run.objective.draw(0)
    assert given.shape == (4, 3, 32, 32) and (wanted[2:] - given[2:] / 2).abs().max() < 0.005
    assert run.train().step == 6


def test_schedule_warms_up_and_falls_to_the_end():
    rates = [learning_rate(p, 1e-3, 1e-6, 0.1) for p in np.linspace(0, 1, 101)]
    assert 0 < rates[0] < 1e-4 and max(rates) == rates[10] == pytest.approx(1e-3) and rates[-1] == pytest.approx(1e-6)
    assert progress(5, 90, 10, 2) == 0.75 and progress(50, 0, 10, None) == 1


def test_average_follows_and_bad_gradients_change_nothing():
    network = torch.nn.Linear(3, 1)
    average = WeightAverage(network, 0.5)
    with torch.no_grad():
        network.weight.add_(1)
    average.update(network, 1000)
    assert torch.allclose(network.weight - average.network.weight, torch.full((1, 3), 0.5))
    network.weight.grad = torch.tensor([[3.0, 4.0, 0.0]])
    assert limit_gradients([network.weight], 1).item() == 5
    assert network.weight.grad.norm().item() == pytest.approx(1, rel=1e-4)
    network.weight.grad = torch.tensor([[float("nan"), 4.0, float("inf")]])
    limit_gradients([network.weight], 1)
    assert network.weight.grad.abs().sum() == 0


def test_precision_is_what_the_processor_is_fast_at(monkeypatch):
    from training.train import precision

    for flags, expected in (({"avx2"}, torch.float32), ({"avx512f", "amx_bf16"}, torch.bfloat16)):
        monkeypatch.setattr(precision, "processor_flags", lambda: flags)
        assert choose_precision(CPU) == expected
    assert choose_precision(CPU, "float32") == torch.float32


def test_logs_are_drawn_and_cut_back(tmp_path):
    row = dict(seconds=1.0, progress=0.5, learning_rate=1e-3, loss=0.1, gradient_norm=1.0, samples_per_second=9.0, score=30.0,
               score_before=29.0, score_sharp=45.0)
    log = Log(tmp_path / "log.csv")
    for step in (1, 2, 3):
        log.add(step=step, **row)
    with open(tmp_path / "log.csv", "a") as file:
        file.write("4,1.0,0.")
    Log(tmp_path / "log.csv", resumed_step=2)
    assert [r["step"] for r in read_log(tmp_path / "log.csv")] == ["1", "2"]
    plot.main([str(tmp_path), "-o", str(tmp_path / "curves.svg")])
    drawing = (tmp_path / "curves.svg").read_text()
    assert drawing.count("<polyline") == 5 and "Learning rate" in drawing


def test_losses_are_compared_on_the_same_pairs(tmp_path):
    command = ["photo-tiny", "-o", str(tmp_path), "--losses", "charbonnier=1", "decibel=0.1", "--steps", "2", "--batch", "2",
               "--validation-pairs", "2", "--procedural", "2", "--data", str(tmp_path / "none")]
    ablation.main(command)
    runs = json.loads((tmp_path / "ablation.json").read_text())["runs"]
    assert list(runs) == ["charbonnier=1", "decibel=0.1"]
    assert runs["charbonnier=1"]["before"] == runs["decibel=0.1"]["before"]
    assert runs["charbonnier=1"]["score"] != runs["decibel=0.1"]["score"]
    seconds = [float(row["seconds"]) for row in read_log(next(tmp_path.glob("charbonnier*")) / "log.csv")]
    ablation.main(command)
    assert seconds == [float(row["seconds"]) for row in read_log(next(tmp_path.glob("charbonnier*")) / "log.csv")]
