"""Local contrast normalisation: what is left of a picture without its brightness and its contrast."""
import torch
from torch import nn


def box_mean(pictures: torch.Tensor, side: int) -> torch.Tensor:
    """The mean of side×side pixels around each (odd `side`), fewer at the edges; one direction after the other."""
    half = side // 2
    pool = nn.functional.avg_pool2d
    rows = pool(pictures, (1, side), 1, (0, half), count_include_pad=False)
    return pool(rows, (side, 1), 1, (half, 0), count_include_pad=False)


class LocalContrast(nn.Module):
    """N×3×H×W sRGB in [0,1] minus its local mean, over its local deviation (Jarrett et al. 2009, section 2), of any channel.

    Blur is told from how strong fine detail is beside coarse detail, whatever the contrast. So the mean spans few pixels
    (`detail`) and the deviation more (`surround`); `floor` is the variance below which there is only noise.
    """

    def __init__(self, detail: int = 15, surround: int = 31, floor: float = 1e-4):
        super().__init__()
        self.detail, self.surround = detail, surround
        self.register_buffer("floor", torch.tensor(floor), persistent=False)
        self.register_buffer("equal", torch.full((1, 3, 1, 1), 1 / 3), persistent=False)

    def forward(self, picture: torch.Tensor) -> torch.Tensor:
        difference = picture - box_mean(picture, self.detail)
        variance = box_mean(nn.functional.conv2d(difference * difference, self.equal), self.surround)
        return difference / (variance + self.floor).sqrt()
