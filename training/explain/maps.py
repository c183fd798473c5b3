"""What a network did to a picture, as maps: where it changed it, which pixels decide a pixel, what blur the classifier sees."""
import torch
from torch import nn

from training.models.catalogue import task_of


def run_frame(network: nn.Module, picture: torch.Tensor) -> torch.Tensor:
    """1×3×H×W to the same; a video network sees its first frame."""
    if task_of(network) == "video":
        return network(picture, *network.first_states(picture))[0]
    return network(picture)


def change_map(before: torch.Tensor, after: torch.Tensor) -> torch.Tensor:
    """H×W in [0,1] of 3×H×W pictures: root mean square over the channels of what was changed."""
    return (after.clamp(0, 1) - before).square().mean(0).sqrt()


def influence_map(network: nn.Module, picture: torch.Tensor, row: int, column: int) -> torch.Tensor:
    """H×W, largest 1: how much the brightness of one output pixel depends on each input pixel (absolute gradient)."""
    given = picture[None].clone().requires_grad_()
    run_frame(network, given)[0, :, row, column].sum().backward()
    strength = given.grad[0].abs().sum(0)
    return strength / strength.max().clamp_min(1e-12)


def reach(influence: torch.Tensor, row: int, column: int, share: float = 0.95) -> int:
    """The smallest square radius around the pixel that holds this share of the influence."""
    rows = (torch.arange(influence.shape[0]) - row).abs()[:, None]
    columns = (torch.arange(influence.shape[1]) - column).abs()[None]
    distance = torch.maximum(rows, columns)
    weight = torch.zeros(int(distance.max()) + 1, dtype=torch.float64).index_add_(0, distance.flatten(), influence.flatten().double())
    return int((weight.cumsum(0) / weight.sum() < share).sum())


def most_changed(change: torch.Tensor, margin: int) -> tuple[int, int]:
    """Row and column of the strongest change at least `margin` from the edges, averaged over 9×9."""
    smooth = torch.nn.functional.avg_pool2d(change[None, None], 9, 1, 4)[0, 0]
    margin = min(margin, (min(smooth.shape) - 1) // 2)
    inside = smooth[margin:smooth.shape[0] - margin, margin:smooth.shape[1] - margin]
    row, column = divmod(int(inside.argmax()), inside.shape[1])
    return row + margin, column + margin


@torch.no_grad()
def blur_map(classifier: nn.Module, picture: torch.Tensor) -> torch.Tensor:
    """3×H×W in [0,1]: red where the classifier sees motion, blue where defocus, green where sharp."""
    probabilities = classifier(picture[None]).softmax(1)[0]
    colours = probabilities[[1, 0, 2]]
    return torch.nn.functional.interpolate(colours[None], picture.shape[1:], mode="bilinear", align_corners=False)[0]
