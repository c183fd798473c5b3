"""Networks: shapes, cost, memory of the video network, and that tiles do not change the result."""
import pytest
import torch

from training.models.blur_classifier import BlurClassifier, picture_probabilities
from training.models.catalogue import NETWORKS, create, task_of
from training.models.contrast import LocalContrast, box_mean
from training.models.macs import count_macs, count_weights
from training.models.photo_network import PhotoNetwork
from training.models.video_network import VideoNetwork, restore_clip


def shuffled(network: torch.nn.Module) -> torch.nn.Module:
    """With weights that do something: the last layer starts as zero."""
    torch.manual_seed(0)
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    return network.eval()


def test_photo_fast_keeps_within_its_budget():
    network = create("photo-fast")
    assert count_macs(network) <= 4e9
    assert 2 * count_weights(network) <= 6e6


def test_video_fast_costs_no_more_than_photo_fast():
    assert count_macs(create("video-fast")) <= count_macs(create("photo-fast"))
    assert 2 * count_weights(create("video-fast")) <= 6e6


@pytest.mark.parametrize("name", NETWORKS)
def test_channels_avoid_the_convolutions_that_webgpu_gets_wrong(name):
    for layer in create(name).modules():
        if isinstance(layer, torch.nn.Conv2d) and layer.in_channels > 3:
            assert layer.in_channels % 4 == 0


@pytest.mark.parametrize("name", ["photo-fast", "photo-tiny"])
def test_fresh_photo_networks_return_the_picture(name):
    picture = torch.rand(2, 3, 32, 48)
    with torch.no_grad():
        assert torch.equal(create(name)(picture), picture)


def test_a_crop_gives_what_the_whole_picture_gives_there():
    network, picture = shuffled(PhotoNetwork((8, 16), (1, 1), (1,))), torch.rand(1, 3, 128, 128)
    with torch.no_grad():
        whole, part = network(picture), network(picture[..., 32:96, 32:96])
    reach = 24
    assert torch.allclose(whole[..., 32 + reach:96 - reach, 32 + reach:96 - reach], part[..., reach:-reach, reach:-reach], atol=1e-5)
    assert not torch.allclose(whole[..., 32:96, 32:96], part, atol=1e-3)


def test_video_states_carry_what_was_seen():
    network, clip = shuffled(VideoNetwork((8, 16), (4, 8), (1, 1), (1,))), torch.rand(2, 3, 3, 32, 48)
    with torch.no_grad():
        at_once = restore_clip(network, clip)
        states = network.first_states(clip[:, 0])
        for i in range(3):
            result, *states = network(clip[:, i], *states)
            assert torch.equal(result, at_once[:, i])
        alone = network(clip[:, 2], *network.first_states(clip[:, 2]))[0]
    assert [tuple(s.shape) for s in states] == [(2, 4, 16, 24), (2, 8, 8, 12)]
    assert not torch.allclose(alone, at_once[:, 2], atol=1e-3)


def test_classifier_says_something_of_every_block():
    network = BlurClassifier((8, 16), (1, 1))
    logits = network(torch.rand(2, 3, 32, 64))
    assert logits.shape == (2, 3, 8, 16)
    assert torch.allclose(picture_probabilities(logits).sum(1), torch.ones(2))
    assert create("blur-classifier").multiple_of == 16 and task_of(network) == "classify"


def test_box_mean_is_the_mean_of_what_lies_inside_the_picture():
    picture = torch.rand(1, 2, 9, 12)
    expected = torch.stack([torch.stack([picture[..., max(0, y - 2):y + 3, max(0, x - 2):x + 3].mean((2, 3)) for x in range(12)], -1)
                            for y in range(9)], -2)
    assert torch.allclose(box_mean(picture, 5), expected, atol=1e-6)


def test_local_contrast_forgets_brightness_and_contrast_but_not_blur():
    picture = torch.rand(1, 3, 64, 64)
    found = LocalContrast(floor=1e-8)(picture)
    assert torch.allclose(LocalContrast(floor=1e-8)(0.3 * picture + 0.2), found, atol=1e-3)
    blurred = box_mean(picture, 7)
    steps = lambda p: (LocalContrast(floor=1e-8)(p).diff(dim=-1) ** 2).mean()
    assert steps(blurred) < 0.5 * steps(picture)


def test_unknown_names_are_refused():
    with pytest.raises(ValueError, match="choose one of photo-fast"):
        create("photo-slow")
