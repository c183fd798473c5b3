"""Tiny networks with random weights, shaped like those people bring to `deblur models import`, by PyTorch 2.13 and ONNX 1.23.

    python packages/core/reference/import-networks.py        # from the repository root; writes reference/networks/*.onnx

The shapes follow NAFNet (Chen et al. 2022), MIMO-UNet (Cho et al. 2021) and Restormer (Zamir et al. 2022); nothing is trained.
"""

from pathlib import Path

import onnx
import torch
from torch import nn
from torch.nn import functional as F

FOLDER = Path(__file__).parent / "networks"


class ChannelNorm(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(1, channels, 1, 1))

    def forward(self, x):
        centred = x - x.mean(1, keepdim=True)
        return self.weight * centred / (centred.pow(2).mean(1, keepdim=True) + 1e-6).sqrt()


class NafBlock(nn.Module):
    """Depthwise convolution, simple gate, and channel attention by global pooling."""

    def __init__(self, channels):
        super().__init__()
        self.norm1, self.norm2 = ChannelNorm(channels), ChannelNorm(channels)
        self.enter = nn.Conv2d(channels, 2 * channels, 1)
        self.depthwise = nn.Conv2d(2 * channels, 2 * channels, 3, padding=1, groups=2 * channels)
        self.attention = nn.Conv2d(channels, channels, 1)
        self.leave = nn.Conv2d(channels, channels, 1)
        self.widen, self.narrow = nn.Conv2d(channels, 2 * channels, 1), nn.Conv2d(channels, channels, 1)

    def forward(self, x):
        a, b = self.depthwise(self.enter(self.norm1(x))).chunk(2, 1)
        gated = a * b
        x = x + 0.2 * self.leave(gated * self.attention(gated.mean((2, 3), keepdim=True)))
        a, b = self.widen(self.norm2(x)).chunk(2, 1)
        return x + 0.2 * self.narrow(a * b)


class NafNet(nn.Module):
    """Two levels, so that sides are multiples of 4; the whole is a residual."""

    def __init__(self, width=6):
        super().__init__()
        self.intro, self.ending = nn.Conv2d(3, width, 3, padding=1), nn.Conv2d(width, 3, 3, padding=1)
        self.encoders = nn.ModuleList([NafBlock(width), NafBlock(2 * width)])
        self.downs = nn.ModuleList([nn.Conv2d(width, 2 * width, 2, 2), nn.Conv2d(2 * width, 4 * width, 2, 2)])
        self.middle = NafBlock(4 * width)
        self.ups = nn.ModuleList([nn.Conv2d(4 * width, 8 * width, 1, bias=False), nn.Conv2d(2 * width, 4 * width, 1, bias=False)])
        self.decoders = nn.ModuleList([NafBlock(2 * width), NafBlock(width)])

    def forward(self, picture):
        x, skips = self.intro(picture), []
        for encoder, down in zip(self.encoders, self.downs):
            skips.append(encoder(x))
            x = down(skips[-1])
        x = self.middle(x)
        for decoder, up in zip(self.decoders, self.ups):
            x = decoder(F.pixel_shuffle(up(x), 2) + skips.pop())
        return picture + 0.3 * self.ending(x)


class Residual(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.first, self.second = nn.Conv2d(channels, channels, 3, padding=1), nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x):
        return x + 0.3 * self.second(F.relu(self.first(x)))


class MimoUnet(nn.Module):
    """Takes the picture once, makes the smaller ones itself and gives three: a quarter, half and the whole."""

    def __init__(self, width=5):
        super().__init__()
        self.enter = nn.ModuleList(nn.Conv2d(3, width * 2**level, 3, padding=1) for level in range(3))
        self.encode = nn.ModuleList(Residual(width * 2**level) for level in range(3))
        self.down = nn.ModuleList(nn.Conv2d(width * 2**level, width * 2 ** (level + 1), 3, 2, 1) for level in range(2))
        self.up = nn.ModuleList(nn.ConvTranspose2d(width * 2 ** (level + 1), width * 2**level, 4, 2, 1) for level in range(2))
        self.decode = nn.ModuleList(Residual(width * 2**level) for level in range(3))
        self.leave = nn.ModuleList(nn.Conv2d(width * 2**level, 3, 3, padding=1) for level in range(3))

    def forward(self, picture):
        pictures = [picture, picture[:, :, ::2, ::2], picture[:, :, ::4, ::4]]
        features = [self.encode[0](self.enter[0](picture))]
        for level in (1, 2):
            features.append(self.encode[level](self.down[level - 1](features[-1]) + self.enter[level](pictures[level])))
        x = self.decode[2](features[2])
        results = [pictures[2] + 0.3 * self.leave[2](x)]
        for level in (1, 0):
            x = self.decode[level](self.up[level](x) + features[level])
            results.append(pictures[level] + 0.3 * self.leave[level](x))
        return tuple(results)


class RestormerBlock(nn.Module):
    """Attention between channels over all pixels, then a gated depthwise network."""

    def __init__(self, channels, heads):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = ChannelNorm(channels), ChannelNorm(channels)
        self.qkv = nn.Conv2d(channels, 3 * channels, 1, bias=False)
        self.spread = nn.Conv2d(3 * channels, 3 * channels, 3, padding=1, groups=3 * channels, bias=False)
        self.temperature = nn.Parameter(torch.ones(heads, 1, 1))
        self.project = nn.Conv2d(channels, channels, 1, bias=False)
        self.widen = nn.Conv2d(channels, 4 * channels, 1, bias=False)
        self.gate = nn.Conv2d(4 * channels, 4 * channels, 3, padding=1, groups=4 * channels, bias=False)
        self.narrow = nn.Conv2d(2 * channels, channels, 1, bias=False)

    def forward(self, x):
        batch, channels, height, width = x.shape
        q, k, v = (part.reshape(batch, self.heads, channels // self.heads, height * width)
                   for part in self.spread(self.qkv(self.norm1(x))).chunk(3, 1))
        q, k = F.normalize(q, dim=-1), F.normalize(k, dim=-1)
        mixed = (q @ k.transpose(-2, -1) * self.temperature).softmax(-1) @ v
        x = x + 0.3 * self.project(mixed.reshape(batch, channels, height, width))
        a, b = self.gate(self.widen(self.norm2(x))).chunk(2, 1)
        return x + 0.3 * self.narrow(F.gelu(a) * b)


class Restormer(nn.Module):
    """Three levels by pixel unshuffling, so that sides are multiples of 4."""

    def __init__(self, width=4):
        super().__init__()
        self.intro, self.ending = nn.Conv2d(3, width, 3, padding=1), nn.Conv2d(width, 3, 3, padding=1)
        self.encode = nn.ModuleList(RestormerBlock(width * 2**level, 2**level) for level in range(3))
        self.down = nn.ModuleList(nn.Conv2d(width * 2**level, width * 2**level // 2, 3, padding=1) for level in range(2))
        self.up = nn.ModuleList(nn.Conv2d(width * 2 ** (level + 1), width * 2 ** (level + 2), 3, padding=1) for level in range(2))
        self.join = nn.ModuleList(nn.Conv2d(width * 2 ** (level + 1), width * 2**level, 1) for level in range(2))
        self.decode = nn.ModuleList(RestormerBlock(width * 2**level, 2**level) for level in range(2))

    def forward(self, picture):
        features = [self.encode[0](self.intro(picture))]
        for level in (1, 2):
            features.append(self.encode[level](F.pixel_unshuffle(self.down[level - 1](features[-1]), 2)))
        x = features[2]
        for level in (1, 0):
            x = self.decode[level](self.join[level](torch.cat([F.pixel_shuffle(self.up[level](x), 2), features[level]], 1)))
        return picture + 1.2 * self.ending(x)


class ChannelsLast255(nn.Module):
    """Takes and gives N×H×W×C of one size in 0 to 255, with a curve that fits that range only."""

    def __init__(self):
        super().__init__()
        self.body = nn.Conv2d(3, 3, 3, padding=1, bias=False)

    def forward(self, picture):
        x = picture.permute(0, 3, 1, 2) / 127.5 - 1
        x = torch.tanh(1.2 * (x + 0.1 * self.body(x))) / 0.83365
        return ((x + 1) * 127.5).permute(0, 2, 3, 1)


class GreyDenoiser(nn.Module):
    """One channel, and the noise level as a second input."""

    def __init__(self, width=8):
        super().__init__()
        self.first, self.second = nn.Conv2d(2, width, 3, padding=1), nn.Conv2d(width, 1, 3, padding=1)

    def forward(self, picture, sigma):
        return picture - sigma * self.second(F.relu(self.first(torch.cat([picture, sigma.expand_as(picture)], 1))))


class Enlarger(nn.Module):
    def forward(self, picture):
        return F.interpolate(picture, scale_factor=2.0)


def export(name, network, inputs, names, outputs, free):
    torch.onnx.export(
        network.eval(), inputs, FOLDER / f"{name}.onnx", input_names=names, output_names=outputs, opset_version=17, dynamo=False,
        dynamic_axes={tensor: {0: "batch", 2: f"{tensor}_height", 3: f"{tensor}_width"} for tensor in free},
    )
    model = onnx.load(FOLDER / f"{name}.onnx")
    model.doc_string = model.graph.doc_string = ""
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    onnx.save(model, FOLDER / f"{name}.onnx")
    print(f"{name}.onnx {(FOLDER / f'{name}.onnx').stat().st_size} bytes")


def main():
    FOLDER.mkdir(exist_ok=True)
    torch.manual_seed(7)
    picture = torch.rand(1, 3, 64, 64)
    with torch.no_grad():
        export("nafnet", NafNet(), (picture,), ["lq"], ["restored"], ["lq", "restored"])
        scales = ["quarter", "half", "whole"]
        export("mimo-unet", MimoUnet(), (picture,), ["image"], scales, ["image", *scales])
        export("restormer", Restormer(), (picture,), ["input"], ["output"], ["input", "output"])
        export("channels-last-255", ChannelsLast255(), (255 * torch.rand(1, 64, 64, 3),), ["picture"], ["result"], [])
        export("grey-denoiser", GreyDenoiser(), (picture[:, :1], torch.full((1, 1, 1, 1), 0.1)), ["grey", "sigma"], ["clean"], ["grey", "clean"])
        export("enlarger", Enlarger(), (picture,), ["input"], ["output"], ["input", "output"])


if __name__ == "__main__":
    main()
