"""Maps of what a network did."""
import pytest
import torch
from PIL import Image

from training.explain import __main__ as explain
from training.explain.maps import blur_map, change_map, influence_map, most_changed, reach
from training.export.example import blurred_example
from training.models.catalogue import create
from training.tests.conftest import CPU
from training.tests.test_models import shuffled
from training.tests.test_train import toy
from training.train.run import Run


class Box(torch.nn.Module):
    """A mean over 11×11 pixels."""

    def forward(self, picture: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.avg_pool2d(picture, 11, 1, 5)


def test_influence_is_the_kernel_of_a_linear_network():
    influence = influence_map(Box(), torch.rand(3, 40, 50), 20, 30)
    expected = torch.zeros(40, 50)
    expected[15:26, 25:36] = 1
    assert torch.allclose(influence, expected)
    assert reach(influence, 20, 30, 0.999) == 5 and reach(influence, 20, 30, 0.5) == 4


def test_change_is_found_where_it_was_made():
    before = torch.full((3, 60, 80), 0.5)
    after = before.clone()
    after[:, 30:36, 50:56] += 0.2
    change = change_map(before, after)
    assert change[32, 52].item() == pytest.approx(0.2) and change[0, 0] == 0
    row, column = most_changed(change, 8)
    assert 30 <= row < 36 and 50 <= column < 56


def test_blur_map_has_the_size_of_the_picture():
    result = blur_map(shuffled(create("classifier-tiny")), torch.rand(3, 32, 48))
    assert result.shape == (3, 32, 48) and torch.allclose(result.sum(0), torch.ones(32, 48), atol=1e-5)


def test_the_command_draws_a_panel_each(tmp_path, capsys):
    for name in ("photo-tiny", "classifier-tiny"):
        Run(toy(name, steps=2), tmp_path / name, CPU).train()
    Image.fromarray(blurred_example(128)[:100]).save(tmp_path / "photo.png")
    command = [str(tmp_path / "photo.png"), "--run", str(tmp_path / "photo-tiny"), "-o", str(tmp_path / "map.png")]
    explain.main(command)
    assert Image.open(tmp_path / "map.png").size == (4 * 128, 96)
    explain.main([*command, "--classifier", str(tmp_path / "classifier-tiny"), "--at", "10", "20"])
    assert Image.open(tmp_path / "map.png").size == (5 * 128, 96)
    assert "row 10, column 20" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="outside the picture"):
        explain.main([*command, "--at", "500", "20"])
