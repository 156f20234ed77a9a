"""What stands behind people: rooms drawn at random, full of edges, frames and rectangles, so that an edge alone is no
sign of paper. Linear light."""
import cv2
import numpy as np

from camera import TO_LIGHT, blurred, to_light


def colour(rng, low=15, high=240, vivid=0.25):
    grey = rng.uniform(low, high)
    tint = np.clip(grey + rng.normal(0, 10 + 120 * vivid * rng.random() ** 2, 3), 3, 252)
    return TO_LIGHT[tint.astype(np.uint8)]


def cloud(rng, size, cells):
    """Smooth noise, about -1 to 1."""
    return cv2.resize(rng.uniform(-1, 1, (cells + 1, cells + 1)).astype(np.float32), (size, size), interpolation=cv2.INTER_CUBIC)


def rectangle(rng, picture, centre=None):
    """A door, window, screen, shelf or picture: a frame around a plane that may hold a pattern of its own."""
    size = picture.shape[0]
    x, y = rng.uniform(-0.1, 1.1, 2) * size if centre is None else centre
    w, h = np.exp(rng.uniform(np.log(0.06), np.log(0.8), 2)) * size
    angle = rng.normal(0, 3) if rng.random() < 0.8 else rng.uniform(-30, 30)
    corners = cv2.boxPoints(((float(x), float(y)), (float(w), float(h)), float(angle)))
    corners += rng.normal(0, 0.02 * size, (4, 2))
    fill = [float(c) for c in colour(rng)]
    fixed = np.round(corners * 16).astype(np.int32)
    cv2.fillConvexPoly(picture, fixed, fill, cv2.LINE_AA, 4)
    if rng.random() < 0.5:
        cv2.polylines(picture, [fixed], True, [float(c) for c in colour(rng)], int(rng.integers(1, 5)), cv2.LINE_AA, 4)
    if rng.random() < 0.3:  # books, blinds, lines of text
        for step in np.linspace(0.05, 0.95, int(rng.integers(3, 12))):
            a, b = corners[0] + step * (corners[1] - corners[0]), corners[3] + step * (corners[2] - corners[3])
            cv2.line(picture, tuple(int(v) for v in a * 16), tuple(int(v) for v in b * 16),
                     [float(c) for c in colour(rng)], int(rng.integers(1, 4)), cv2.LINE_AA, 4)


def room(rng, size, photographs):
    """A wall and what hangs and stands there, or an enlarged corner of a photograph."""
    if photographs and rng.random() < 0.3:
        face = photographs[rng.integers(len(photographs))]
        left, top, right, bottom = face.rectangle
        side = int(rng.uniform(24, 50))
        x = left if rng.random() < 0.5 else max(right - side, left)
        picture = cv2.resize(face.pixels[top:top + side, x:x + side], (size, size), interpolation=cv2.INTER_CUBIC)
        picture = to_light(picture)
    else:
        picture = np.empty((size, size, 3), np.float32)
        picture[:] = colour(rng, 30, 235, 0.15)
        for _ in range(int(rng.poisson(1.0))):
            level = np.float32(rng.uniform(0.05, 0.3))
            picture *= 1 + level * cloud(rng, size, int(rng.integers(1, 9)))[..., None]
    for _ in range(int(rng.poisson(2.5))):
        rectangle(rng, picture)
    if rng.random() < 0.3:
        for _ in range(int(rng.integers(1, 5))):
            centre = tuple(int(v) for v in rng.uniform(0, size, 2))
            axes = tuple(int(v) for v in rng.uniform(0.03, 0.3, 2) * size)
            cv2.ellipse(picture, centre, axes, rng.uniform(0, 180), 0, 360, [float(c) for c in colour(rng)], -1, cv2.LINE_AA)
    across = np.linspace(-1, 1, size, dtype=np.float32)
    picture *= 1 + rng.uniform(-0.3, 0.3) * across[None, :, None] + rng.uniform(-0.3, 0.3) * across[:, None, None]
    return blurred(picture, rng.uniform(0, 3.5) if rng.random() < 0.7 else 0)
