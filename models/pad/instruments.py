"""Presentation attack instruments (ISO/IEC 30107-3): printed paper and screens, the planes in which they are held, and how they
look on the sensor. Lengths are in sides of the face's square."""
import cv2
import numpy as np

from camera import CANVAS, LUMA, blurred
from rooms import cloud, colour, rectangle


class Plane:
    """Paper or screen, turned in space and bent, as it is seen."""

    def __init__(self, angles, distance, bend):
        (sa, sb, sc), (ca, cb, cc) = np.sin(angles), np.cos(angles)
        yaw = np.array([[ca, 0, sa], [0, 1, 0], [-sa, 0, ca]])
        pitch = np.array([[1, 0, 0], [0, cb, -sb], [0, sb, cb]])
        roll = np.array([[cc, -sc, 0], [sc, cc, 0], [0, 0, 1]])
        turned = roll @ pitch @ yaw
        self.forward = np.array([turned[0, :2].tolist() + [0], turned[1, :2].tolist() + [0], (turned[2, :2] / distance).tolist() + [1]])
        self.back = np.linalg.inv(self.forward)
        self.bend = bend

    def seen(self, points):
        u, v = points[:, 0], points[:, 1]
        flat = np.stack([u - self.bend[0] * v * v, v - self.bend[1] * u * u, np.ones(len(points))])
        x, y, w = self.forward @ flat
        return np.stack([x / w, y / w], 1)

    def coordinates(self, left, top, side):
        """Place on the plane of what every pixel of the canvas sees."""
        step = (np.arange(CANVAS, dtype=np.float32) + 0.5) * np.float32(side / CANVAS)
        x, y = step[None, :] + np.float32(left), step[:, None] + np.float32(top)
        h = self.back.astype(np.float32)
        w = 1 / np.maximum(h[2, 0] * x + h[2, 1] * y + h[2, 2], 0.05)
        u, v = (h[0, 0] * x + h[0, 1] * y + h[0, 2]) * w, (h[1, 0] * x + h[1, 1] * y + h[1, 2]) * w
        return u + np.float32(self.bend[0]) * v * v, v + np.float32(self.bend[1]) * u * u


def paper_margins(rng):
    if rng.random() < 0.5:
        return np.zeros(4)
    if rng.random() < 0.5:
        return np.full(4, rng.uniform(0.02, 0.15))
    return rng.uniform(0.02, 0.7, 4)


def bezel(rng):
    even = rng.uniform(0.02, 0.2)
    return even * np.ones(4) if rng.random() < 0.4 else even + rng.uniform(0, 0.5, 4) * (rng.random(4) < 0.5)


def cover_of(u, v, left, top, right, bottom, scale, radius=0.0):
    """How far each pixel lies inside a rectangle with rounded corners, edges smoothed over a pixel."""
    x = np.abs(u - (right - left) / 2) - (left + right) / 2 + radius
    y = np.abs(v - (bottom - top) / 2) - (top + bottom) / 2 + radius
    outside = np.hypot(np.maximum(x, 0), np.maximum(y, 0)) + np.minimum(np.maximum(x, y), 0) - radius
    return np.clip(0.5 - outside * np.float32(scale), 0, 1).astype(np.float32)


def shown(light, fine, edges, u, v):
    x = ((u + np.float32(edges[0])) * fine - 0.5).astype(np.float32)
    y = ((v + np.float32(edges[1])) * fine - 0.5).astype(np.float32)
    return cv2.remap(light, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def grating(rng, u, v, scale, finest):
    """What is left of a fine regular pattern at the sensor's samples: its alias."""
    angle, frequency = rng.uniform(0, 3.15), rng.uniform(0.01, finest) * scale
    phase = np.float32(6.2832 * frequency) * (np.float32(np.cos(angle)) * u + np.float32(np.sin(angle)) * v)
    return np.cos(phase + np.float32(rng.uniform(0, 6.3)))


def toned(rng, light, deepest, vivid):
    if rng.random() < 0.4:  # as good as the original
        return np.maximum(light, 0)
    light = np.maximum(light, 0) ** np.float32(rng.uniform(0.75, 1.3))
    grey = light @ LUMA
    light = grey[..., None] + np.float32(rng.uniform(*vivid)) * (light - grey[..., None])
    return deepest + (1 - deepest) * np.maximum(light, 0)


def sheen(rng, most):
    x, y = np.ogrid[0:1:CANVAS * 1j, 0:1:CANVAS * 1j]
    cx, cy, rx, ry = *rng.uniform(-0.1, 1.1, 2), *rng.uniform(0.08, 0.6, 2)
    return (rng.uniform(0.03, most) * np.exp(-((x - cx) / rx) ** 2 - ((y - cy) / ry) ** 2)).astype(np.float32)[..., None]


def draw_print(rng, picture, edges, margins, u, v, scale):
    deepest = rng.uniform(0.01, 0.14)
    ink = toned(rng, picture, deepest, (0.0, 0.2) if rng.random() < 0.06 else (0.5, 1.15))
    ink = ink * np.exp(rng.normal(0, 0.08, 3)).astype(np.float32)
    if rng.random() < 0.3:
        ink = ink * (1 + np.float32(rng.exponential(0.03)) * grating(rng, u, v, scale, 0.4))[..., None]
    paper = np.float32(rng.uniform(0.75, 1.0)) * np.exp(rng.normal(0, 0.04, 3)).astype(np.float32)
    if margins.max() > 0:
        printed = cover_of(u, v, *edges, scale)[..., None]
        ink = printed * ink + (1 - printed) * paper
    outer = edges + margins
    cover = cover_of(u, v, *outer, scale, rng.uniform(0, 0.08) if rng.random() < 0.1 else 0)
    x, y = u / np.float32(outer[0] + outer[2]), v / np.float32(outer[1] + outer[3])
    ink = ink * np.maximum(1 + rng.normal(0, 0.2) * x + rng.normal(0, 0.2) * y + rng.normal(0, 0.25) * x * x, 0.2)[..., None]
    if rng.random() < 0.4:
        ink = ink * (1 + np.float32(rng.uniform(0.02, 0.15)) * cloud(rng, CANVAS, int(rng.integers(1, 6))))[..., None]
    if rng.random() < 0.4:
        ink = ink + sheen(rng, 0.5)
    if rng.random() < 0.4:  # the cut edge catches light
        rim = cover - cover_of(u, v, *(outer - 1.5 / scale), scale)
        ink = ink + rim[..., None] * np.float32(rng.uniform(-0.2, 0.5))
    return ink.astype(np.float32), cover


def draw_screen(rng, picture, edges, margins, u, v, scale):
    picture = toned(rng, picture, rng.uniform(0.002, 0.06), (0.8, 1.3))
    picture = picture * np.array([1, 1, np.exp(rng.normal(0.1, 0.12))], np.float32)
    if rng.random() < 0.6:
        amount = np.float32(rng.exponential(0.05))
        for channel in range(3):
            picture[..., channel] *= 1 + amount * grating(rng, u, v, scale, 0.35)
    if rng.random() < 0.25:
        period, tilt = rng.uniform(0.4, 3), rng.uniform(-0.1, 0.1)
        picture = picture * (1 + np.float32(rng.uniform(0.03, 0.25)) * np.cos(6.2832 / period * (v + tilt * u)))[..., None]
    body = colour(rng, 5, 60, 0.05) if rng.random() < 0.75 else colour(rng, 120, 240, 0.1)
    outer = edges + margins
    screen = cover_of(u, v, *edges, scale, rng.uniform(0, 0.12) if rng.random() < 0.3 else 0)[..., None]
    picture = screen * picture + (1 - screen) * body * np.float32(rng.uniform(0.3, 1))
    if rng.random() < 0.5:
        picture = picture + sheen(rng, 0.35)
    if rng.random() < 0.25:  # a window reflected
        glare = np.zeros((CANVAS, CANVAS, 3), np.float32)
        rectangle(rng, glare)
        picture = picture + np.float32(rng.uniform(0.02, 0.25)) * blurred(glare, rng.uniform(0.5, 3))
    return picture.astype(np.float32), cover_of(u, v, *outer, scale, rng.uniform(0, 0.2) if rng.random() < 0.7 else 0)
