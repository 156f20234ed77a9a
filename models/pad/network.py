"""A small residual network: 96 x 96 RGB in, logits of live, print, replay out."""
import torch
from torch import nn

WIDTHS = (16, 24, 40, 60, 72)


def convolution(inward, outward, stride=1):
    return nn.Sequential(nn.Conv2d(inward, outward, 3, stride, 1, bias=False), nn.BatchNorm2d(outward))


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.inner = nn.Sequential(convolution(width, width), nn.ReLU(), convolution(width, width))

    def forward(self, x):
        return torch.relu(x + self.inner(x))


class Network(nn.Module):
    """Takes pixels 0 to 255."""

    def __init__(self, widths=WIDTHS, classes=3):
        super().__init__()
        layers = []
        for inward, outward in zip((3,) + widths[:-1], widths):
            layers += [convolution(inward, outward, 2), nn.ReLU()]
            if inward != 3 and outward != widths[-1]:
                layers.append(Block(outward))
        self.body = nn.Sequential(*layers)
        self.head = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.2), nn.Linear(widths[-1], classes))

    def forward(self, x):
        return self.head(self.body((x - 127.5) / 64))
