"""The two networks of the MRZ reader. Both are fully convolutional and take grey pictures scaled to -1 .. 1."""
import torch
from torch import nn
from torch.nn import functional as F


class Residual(nn.Module):
    def __init__(self, *layers):
        super().__init__()
        self.layers = nn.Sequential(*layers)

    def forward(self, x):
        return x + self.layers(x)


def separable(inputs, outputs, stride=1):
    """Depthwise 3x3, then pointwise (Howard et al., MobileNets, 2017)."""
    return nn.Sequential(
        nn.Conv2d(inputs, inputs, 3, stride, 1, groups=inputs, bias=False), nn.BatchNorm2d(inputs), nn.ReLU(True),
        nn.Conv2d(inputs, outputs, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(True))


def refined(channels, times):
    """Separable layers, each added to what comes in: a deep network learns in fewer steps so (He et al., 2016)."""
    return nn.Sequential(*(Residual(*separable(channels, channels)[:-1]) for _ in range(times)))


def dense(inputs, outputs, kernel=3, stride=1, padding=None):
    padding = (kernel // 2 if isinstance(kernel, int) else tuple(k // 2 for k in kernel)) if padding is None else padding
    return nn.Sequential(nn.Conv2d(inputs, outputs, kernel, stride, padding, bias=False),
                         nn.BatchNorm2d(outputs), nn.ReLU(True))


class Detector(nn.Module):
    """N x 1 x H x W (H and W divisible by 32) to N x 3 x H/4 x W/4: the logit of lying inside an MRZ line,
    and the cosine and sine of the reading direction."""

    def __init__(self):
        super().__init__()
        self.quarter = nn.Sequential(dense(1, 16, stride=2), separable(16, 32, 2), refined(32, 1))
        self.eighth = nn.Sequential(separable(32, 48, 2), refined(48, 2))
        self.sixteenth = nn.Sequential(separable(48, 80, 2), refined(80, 3))
        self.thirty_second = nn.Sequential(separable(80, 128, 2), refined(128, 3))
        self.from_thirty_second, self.up_sixteenth = nn.Conv2d(128, 80, 1), refined(80, 1)
        self.from_sixteenth, self.up_eighth = nn.Conv2d(80, 48, 1), refined(48, 1)
        self.from_eighth, self.up_quarter = nn.Conv2d(48, 32, 1), refined(32, 2)
        self.head = nn.Conv2d(32, 3, 1)

    def forward(self, x):
        a = self.quarter(x)
        b = self.eighth(a)
        c = self.sixteenth(b)
        d = self.thirty_second(c)
        c = self.up_sixteenth(c + F.interpolate(self.from_thirty_second(d), scale_factor=2.0, mode='nearest'))
        b = self.up_eighth(b + F.interpolate(self.from_sixteenth(c), scale_factor=2.0, mode='nearest'))
        a = self.up_quarter(a + F.interpolate(self.from_eighth(b), scale_factor=2.0, mode='nearest'))
        return self.head(a)


class Recogniser(nn.Module):
    """N x 1 x 32 x W (one line, 16 pixels a character) to N x W/4 x 38: log-probabilities of the 37 characters and of
    blank."""

    def __init__(self):
        super().__init__()
        self.strokes = nn.Sequential(dense(1, 16, 5, 2), dense(16, 16), dense(16, 48, 3, 2), Residual(dense(48, 48)))
        self.glyphs = nn.Sequential(dense(48, 80, 3, (2, 1)), Residual(dense(80, 80)))
        self.columns = nn.Sequential(dense(80, 160, (4, 1), padding=0), *(Residual(dense(160, 160, (1, 3))) for _ in range(3)))
        self.head = nn.Conv2d(160, 38, 1)

    def forward(self, x):
        x = self.head(self.columns(self.glyphs(self.strokes(x))))
        return F.log_softmax(x.squeeze(2).transpose(1, 2), 2, dtype=torch.float32)
