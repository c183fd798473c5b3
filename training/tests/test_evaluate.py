"""Evaluation of tiny runs on tiny pictures laid out like the shared data."""
import json

import numpy as np
import pytest
import torch
from PIL import Image

from training.data.camera_shake import camera_shake_psf
from training.data.light import to_linear
from training.evaluate import __main__ as evaluate
from training.evaluate import compare
from training.evaluate.contact_sheet import Entry, picked
from training.evaluate.picture_sets import shake
from training.export import __main__ as export
from training.data.procedural import procedural_pictures
from training.tests.conftest import CPU
from training.tests.test_train import toy
from training.train.run import Run


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """Two pairs and two pictures of odd sizes."""
    folder = tmp_path_factory.mktemp("data")
    for name in ("pairs/gopro240", "kodak24"):
        (folder / name).mkdir(parents=True)
    for i, picture in enumerate(procedural_pictures(2, 3, 100)):
        image = Image.fromarray(picture.permute(1, 2, 0).numpy()[:90 + i])
        image.save(folder / "kodak24" / f"{i}.png")
        image.save(folder / "pairs/gopro240" / f"GOPR0374_{i}_gt.png")
        image.resize((50, 45)).resize(image.size).save(folder / "pairs/gopro240" / f"GOPR0374_{i}.png")
    return folder


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("runs")
    for name in ("photo-tiny", "video-tiny", "classifier-tiny"):
        Run(toy(name, steps=2), folder / name, CPU).train()
    return folder


def results(data, target, output, *more) -> dict:
    evaluate.main([str(target), "-o", str(output), "--data", str(data), "--threads", "1", *more])
    return json.loads(max(output.glob("*.json"), key=lambda p: p.stat().st_mtime).read_text())


def test_photo_runs_and_their_onnx_files_score_alike(data, runs, tmp_path):
    export.main([str(runs / "photo-tiny"), "-o", str(tmp_path / "exported")])
    of_run = results(data, runs / "photo-tiny", tmp_path / "run")
    of_file = results(data, tmp_path / "exported" / "photo-tiny.onnx", tmp_path / "file")
    assert set(of_run["sets"]) == {"gopro", "kodak-shake", "kodak-sharp"}
    for name, found in of_run["sets"].items():
        assert found["mean"]["psnr"] == pytest.approx(of_file["sets"][name]["mean"]["psnr"], abs=0.02)
        assert len(found["pictures"]) == 2
    assert of_run["sets"]["kodak-sharp"]["mean"]["psnr"] > 35
    assert of_run["sets"]["gopro"]["mean"]["psnr_before"] < 35
    assert {(m["metric"], m["dataset"][:5]) for m in of_run["metrics"]} == {(m, d) for m in ("psnr", "ssim") for d in ("GoPro", "Kodak")}
    assert (tmp_path / "run" / "photo-tiny-gopro.png").exists()
    compare.main([str(tmp_path / "run" / "photo-tiny.json"), "-o", str(tmp_path / "cost")])
    assert "| gopro | photo-tiny |" in (tmp_path / "cost.md").read_text()


def test_video_and_photo_runs_score_on_the_same_clips(data, runs, tmp_path):
    video = results(data, runs / "video-tiny", tmp_path, "--limit", "1")
    photo = results(data, runs / "photo-tiny", tmp_path, "--limit", "1", "--clips")
    for name in ("kodak-moving", "held-out"):
        assert video["sets"][name]["mean"]["psnr_before"] == photo["sets"][name]["mean"]["psnr_before"]
        assert video["sets"][name]["mean"]["flicker_before"] > 0


def test_classifier_runs_have_a_confusion_matrix(data, runs, tmp_path):
    found = results(data, runs / "classifier-tiny", tmp_path)
    assert np.sum(found["confusion"], 1).tolist() == [2, 2, 2]
    assert set(found["classes"]) == {"sharp", "motion", "defocus"}


def test_shaken_pictures_are_mirrored_and_blurred_in_linear_light():
    picture = torch.from_numpy(np.random.default_rng(0).random((3, 30, 40), np.float32))
    psf = camera_shake_psf(8, 2)
    radii = [n // 2 for n in psf.shape]
    row, column = 2, 35
    mirrored = np.pad(to_linear(picture).numpy(), ((0, 0), *((r, r) for r in radii)), mode="symmetric")
    patch = mirrored[:, row:row + psf.shape[0], column:column + psf.shape[1]]
    expected = (patch * psf[::-1, ::-1]).sum((1, 2))
    assert to_linear(shake(picture, 8, 2))[:, row, column].numpy() == pytest.approx(expected, abs=0.005)


def test_best_median_and_worst_by_gain():
    crops = (torch.zeros(3, 4, 4),) * 3
    entries = [Entry(str(gain), 20, 20 + gain, crops) for gain in (3, 1, 2)]
    assert [(label, e.name) for label, e in picked(entries)] == [("best", "3"), ("median", "2"), ("worst", "1")]


def test_absent_pictures_are_said_to_be_absent(runs, tmp_path):
    with pytest.raises(SystemExit, match="no pictures for gopro"):
        results(tmp_path, runs / "photo-tiny", tmp_path / "out", "--sets", "gopro")


def test_lists_of_results_are_compared_by_processor_time(tmp_path):
    mean = {"psnr_before": 20.0, "psnr": 21.5, "ssim": 0.8, "seconds_per_megapixel": 2.0, "processor_seconds_per_megapixel": 4.0}
    methods = [{"name": n, "gmac_per_256x256": g, "sets": {"gopro": {"pictures": [{}], "mean": mean}}} for n, g in (("blind", None), ("net", 4.0))]
    (tmp_path / "all.json").write_text(json.dumps(methods))
    compare.main([str(tmp_path / "all.json"), "-o", str(tmp_path / "cost")])
    assert "| gopro | blind |  | 2.00 | 21.50 | +1.50 |" in (tmp_path / "cost.md").read_text()
    assert ">net</text>" in (tmp_path / "cost.svg").read_text()
