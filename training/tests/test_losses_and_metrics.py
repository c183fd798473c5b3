"""Losses and metrics against other definitions and other people's code."""
import base64
import json

import numpy as np
import pytest
import torch

from training.evaluate.metrics import classification, flicker, psnr, ssim
from training.losses.blur_class import class_loss
from training.losses.restoration import charbonnier, edge, frequency, parse_losses, restoration_loss
from training.paths import REPOSITORY


def test_psnr_and_ssim_are_those_of_scikit_image():
    stored = json.loads((REPOSITORY / "packages/core/src/metrics/fixtures/metrics.json").read_text())
    pair = stored["pair"]
    read = lambda name: torch.from_numpy(
        np.frombuffer(base64.b64decode(pair[name]), np.uint8).reshape(pair["height"], pair["width"], 3).copy()).permute(2, 0, 1)[None] / 255
    expected = next(f for f in pair["figures"] if f["crop"] == 0 and f["channels"] == 3)
    blurred, sharp = read("blurred").double(), read("sharp").double()
    assert ssim(blurred, sharp).item() == pytest.approx(expected["wang"], abs=1e-5)
    assert psnr(blurred, sharp).item() == pytest.approx(expected["psnr"], abs=1e-3)


def test_losses_are_least_for_equal_pictures():
    sharp = torch.rand(2, 3, 16, 16)
    for loss, least in ((charbonnier, 1e-3), (frequency, 0), (edge, 1e-3)):
        assert loss(sharp, sharp).item() == pytest.approx(least, abs=1e-7)
        assert loss(sharp + 0.1 * torch.randn_like(sharp), sharp) > 10 * least + 0.01


def test_edge_loss_does_not_see_brightness_and_charbonnier_does():
    sharp = torch.rand(1, 3, 16, 16)
    assert edge(sharp + 0.2, sharp) < 1.1e-3
    assert charbonnier(sharp + 0.2, sharp).item() == pytest.approx(0.2, rel=1e-3)


def test_weighted_sum():
    restored, sharp = torch.rand(2, 1, 3, 16, 16)
    weights = parse_losses("charbonnier=2,frequency=0.5")
    expected = 2 * charbonnier(restored, sharp) + 0.5 * frequency(restored, sharp)
    assert torch.allclose(restoration_loss(restored, sharp, weights), expected)
    for text in ("sharpness=1", "charbonnier=0"):
        with pytest.raises(ValueError):
            parse_losses(text)


def test_class_loss_asks_every_block():
    logits = torch.zeros(1, 3, 2, 2)
    logits[0, 1] = 20
    assert class_loss(logits, torch.tensor([1])) < 1e-3
    logits[0, :, 0, 0] = torch.tensor([20.0, 0, 0])
    assert class_loss(logits, torch.tensor([1])).item() == pytest.approx(5, abs=0.1)


def test_flicker_is_the_change_that_the_scene_does_not_make():
    sharp = torch.rand(1, 4, 3, 8, 8)
    assert flicker(sharp + 0.1, sharp).item() == pytest.approx(0, abs=1e-4)
    blinking = sharp.clone()
    blinking[:, 1::2] += 0.1
    assert flicker(blinking, sharp).item() == pytest.approx(25.5, abs=1e-3)


def test_classification_counts():
    scores = classification([0, 0, 1, 2, 2, 1], [0, 1, 1, 2, 2, 2], ("sharp", "motion", "defocus"))
    assert scores["accuracy"] == pytest.approx(4 / 6)
    assert scores["confusion"] == [[1, 0, 0], [1, 1, 0], [0, 1, 2]]
    assert scores["classes"]["defocus"] == {"precision": 1, "recall": pytest.approx(2 / 3), "f1": pytest.approx(0.8)}
    assert scores["classes"]["sharp"]["precision"] == 0.5
