"""Training data of the detector: letterboxed pictures of scenes with the exact mask and direction of every line."""
import cv2
import numpy as np

import camera
import pages
from ink import blend, stamp

FAR, NEAR = (288, 384), (128, 384)  # height, width
PITCH = 12
STRIDE = 4


def project(matrix, x, y):
    u, v, w = matrix @ np.array([x, y, 1.0])
    return u / w, v / w


def view(rng, size, canvas, zones, turn, length, skew):
    """The homography from canvas to a picture of `size` (height, width): `turn` in radians, the first zone
    `length` pixels long, corners pulled by `skew`."""
    height, width = size
    h, w = canvas.shape
    corners = np.float32([[0, 0], [w, 0], [w, h], [0, h]])
    span = zones[0][0].end - zones[0][0].x if zones else w * 0.9
    scale = length / span
    c, s = np.cos(turn), np.sin(turn)
    placed = (corners - [w / 2, h / 2]) * scale @ np.array([[c, s], [-s, c]])
    placed += rng.uniform(-skew, skew, (4, 2)) * max(w, h) * scale
    matrix = cv2.getPerspectiveTransform(corners, np.float32(placed))
    points = np.array([project(matrix, x, l.y) for z in zones[:1] for l in z for x in (l.x, l.end)]) if zones else placed
    low, high = points.min(0) - 0.03 * length, points.max(0) + 0.03 * length
    room = np.array([width, height]) - (high - low)
    # Anywhere that keeps the zone inside, mostly also the document.
    doc_low, doc_high = placed.min(0), placed.max(0)
    wanted = np.array([rng.uniform(min(-doc_low[i], size[1 - i] - doc_high[i]), max(-doc_low[i], size[1 - i] - doc_high[i])) for i in (0, 1)])
    shift = np.clip(wanted, np.minimum(-low, -low + room), np.maximum(-low, -low + room))
    return np.array([[1, 0, shift[0]], [0, 1, shift[1]], [0, 0, 1]]) @ matrix


def render(rng, size, canvas, zones, matrix, bend, ground):
    """The picture before the camera, the line mask (at a quarter of the size) and the direction (cosine, sine)."""
    height, width = size
    u, v = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    if bend:
        phase, wave, along = rng.uniform(0, 6.3), rng.uniform(0.4, 1.6), rng.uniform(0, 6.3)
        s = np.float32(np.cos(along)) * u + np.float32(np.sin(along)) * v
        push = np.float32(bend) * np.sin(s * np.float32(wave * 2 * np.pi / max(size)) + np.float32(phase))
        u, v = u - np.float32(np.sin(along)) * push, v + np.float32(np.cos(along)) * push
    inverse = np.linalg.inv(matrix).astype(np.float32)
    w = inverse[2, 0] * u + inverse[2, 1] * v + inverse[2, 2]
    x, y = (inverse[0, 0] * u + inverse[0, 1] * v + inverse[0, 2]) / w, (inverse[1, 0] * u + inverse[1, 1] * v + inverse[1, 2]) / w
    h, wd = canvas.shape
    a, b = project(matrix, wd / 2 - 50, h / 2), project(matrix, wd / 2 + 50, h / 2)
    shrink = 100 / max(1.0, float(np.hypot(b[0] - a[0], b[1] - a[1])))
    if shrink > 1.2:
        canvas = cv2.GaussianBlur(canvas, (0, 0), 0.4 * shrink)
    picture = cv2.remap(canvas, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    inside = ((x >= -0.5) & (x <= wd - 0.5) & (y >= -0.5) & (y <= h - 0.5)).astype(np.float32)
    picture = picture * inside + ground * (1 - inside)
    target = np.zeros((3, height // STRIDE, width // STRIDE), np.float32)
    for lines in zones:
        printed = np.zeros(canvas.shape, np.float32)
        for line in lines:
            half = line.pitch / 2
            cv2.rectangle(printed, (round(line.x), round(line.y - half)), (round(line.end), round(line.y + half)), 1.0, -1)
        if shrink > 1.2:
            printed = cv2.GaussianBlur(printed, (0, 0), 0.3 * shrink)
        seen = cv2.remap(printed, x, y, cv2.INTER_LINEAR, borderValue=0)
        seen = cv2.resize(seen, (width // STRIDE, height // STRIDE), interpolation=cv2.INTER_AREA)
        p, q = project(matrix, lines[0].x, lines[0].y), project(matrix, lines[0].end, lines[0].y)
        angle = np.arctan2(q[1] - p[1], q[0] - p[0])
        target[1][seen > 0.05], target[2][seen > 0.05] = np.cos(angle), np.sin(angle)
        target[0] = np.maximum(target[0], seen)
    return picture, target


def cover(rng, picture):
    """Fingers over a border, a drawn frame."""
    height, width = picture.shape
    for _ in range(rng.integers(1, 4)):
        if rng.random() < 0.5:
            cv2.ellipse(picture, (int(rng.choice([0, width])) if rng.random() < 0.5 else int(rng.uniform(0, width)), int(rng.uniform(0, height))),
                        (int(rng.uniform(10, 50)), int(rng.uniform(8, 25))), float(rng.uniform(0, 360)), 0, 360, float(rng.uniform(60, 220)), -1, cv2.LINE_AA)
        else:
            x, y, w, h = rng.uniform(0, width), rng.uniform(0, height), rng.uniform(8, 80), rng.uniform(6, 60)
            cv2.rectangle(picture, (int(x), int(y)), (int(x + w), int(y + h)), float(rng.uniform(0, 160)), int(rng.integers(1, 4)), cv2.LINE_AA)


def negative(rng, size):
    if rng.random() < 0.4:
        ground = pages.table(rng, *size)
        for _ in range(rng.integers(0, 30)):
            stamp(rng, ground, rng.uniform(-50, size[1]), rng.uniform(-10, size[0]), rng.uniform(4, 40), rng.uniform(0, 255), float(rng.uniform(-40, 40)))
        if rng.random() < 0.4:
            pages.listing(rng, ground)
        return ground, np.zeros((3, size[0] // STRIDE, size[1] // STRIDE), np.float32), 6.0
    canvas, _ = pages.page(rng, PITCH, with_zone=False)
    if rng.random() < 0.2:
        pages.listing(rng, canvas)
    matrix = view(rng, size, canvas, [], rng.choice([0, 1.57, 3.14, 4.71]) + rng.normal(0, 0.2), rng.uniform(0.4, 1) * size[1], 0.05)
    return (*render(rng, size, canvas, [], matrix, 0, pages.table(rng, *size)), 6.0)


def far(rng):
    """A whole picture, any way up, fitted into 288 x 384 or 384 x 288."""
    short, long = FAR
    ratio = float(rng.choice([1.33, 0.75, 1.4, 0.7, 1.0, 1.78, 0.56])) * rng.uniform(0.9, 1.1)
    fit = min(long / max(1, ratio), short / min(1, ratio))
    size = (round(fit), round(fit * ratio))
    if rng.random() < 0.12:
        return negative(rng, [side // STRIDE * STRIDE for side in size])
    canvas, zones = pages.sheet(rng, PITCH)
    if rng.random() < 0.08:
        canvas, zones = pages.annotated(rng, canvas, zones)
    kind = rng.random()
    if kind < 0.12:  # a strip
        first, last = zones[0][0], zones[0][-1]
        x0, x1 = max(0, int(first.x - rng.uniform(0.3, 4) * PITCH)), int(first.end + rng.uniform(0.3, 4) * PITCH)
        y0, y1 = max(0, int(first.y - rng.uniform(0.8, 8) * PITCH)), int(last.y + rng.uniform(0.8, 4) * PITCH)
        canvas, zones = canvas[y0:y1, x0:x1], [zones[0]]
        for line in zones[0]:
            line.x, line.y = line.x - x0, line.y - y0
    if kind < 0.45:  # a scan: the sheet fills the picture
        h, w = canvas.shape
        quarter = int(rng.choice([0, 0, 0, 0, 1, 2, 3]))
        if quarter % 2:
            w, h = h, w
        margin = 1 + abs(rng.normal(0, 0.06))
        scale = min(long / max(w, h), short / min(w, h)) / margin
        size = (max(16, int(h * margin * scale)), max(16, int(w * margin * scale)))
        span = (zones[0][0].end - zones[0][0].x) * scale
        matrix = view(rng, size, canvas, zones, quarter * np.pi / 2 + rng.normal(0, 0.02), span, 0.004)
        bend = 0
    else:
        turn = rng.uniform(0, 2 * np.pi) if rng.random() < 0.6 else rng.choice([0, 0, 0, 0.5, 1, 1.5]) * np.pi + rng.normal(0, 0.15)
        length = long * (rng.uniform(0.15, 0.4) if rng.random() < 0.4 else rng.uniform(0.4, 0.95))
        length = min(length, 0.92 * min(size[1] / max(abs(np.cos(turn)), 1e-3), size[0] / max(abs(np.sin(turn)), 1e-3)))
        matrix = view(rng, size, canvas, zones, turn, length, rng.choice([0.02, 0.06, 0.1]))
        bend = rng.uniform(0, 0.03) * length if rng.random() < 0.4 else 0
    ground = pages.table(rng, *size)
    pad = [max(16, size[i] // STRIDE * STRIDE) for i in (0, 1)]
    picture, target = render(rng, tuple(pad), canvas, zones, matrix, bend, cv2.resize(ground, (pad[1], pad[0])))
    if rng.random() < 0.2:
        cover(rng, picture)
    span = np.hypot(*np.subtract(project(matrix, zones[0][0].end, zones[0][0].y), project(matrix, zones[0][0].x, zones[0][0].y)))
    return picture, target, span / len(zones[0][0].text)


def near(rng):
    """The second look: the surroundings of the zone, nearly upright or upside down, its lines 45 to 95 % of the width."""
    if rng.random() < 0.06:
        return negative(rng, NEAR)
    canvas, zones = pages.sheet(rng, PITCH)
    length = rng.uniform(0.45, 0.95) * NEAR[1] if rng.random() < 0.35 else rng.normal(0.78, 0.06) * NEAR[1]
    turn = (rng.normal(0, 0.03) if rng.random() < 0.6 else rng.normal(0, 0.15)) + (np.pi if rng.random() < 0.12 else 0)
    matrix = view(rng, NEAR, canvas, zones, turn, length, rng.choice([0.005, 0.03, 0.07]))
    points = np.array([project(matrix, x, l.y) for l in zones[0] for x in (l.x, l.end)])
    middle = (points.min(0) + points.max(0)) / 2
    to = np.array([NEAR[1] / 2, NEAR[0] / 2]) + rng.normal(0, 1, 2) * [0.03 * NEAR[1], 0.08 * NEAR[0]]
    matrix = np.array([[1, 0, to[0] - middle[0]], [0, 1, to[1] - middle[1]], [0, 0, 1]]) @ matrix
    bend = rng.uniform(0, 0.02) * length if rng.random() < 0.4 else 0
    picture, target = render(rng, NEAR, canvas, zones, matrix, bend, pages.table(rng, *NEAR))
    if rng.random() < 0.15:
        cover(rng, picture)
    return picture, target, length / len(zones[0][0].text)


def turned(image, truth, quarters):
    """Both by so many quarter turns to the left; the direction turns with them."""
    image, truth = np.rot90(image, quarters), np.rot90(truth, quarters, (1, 2)).copy()
    for _ in range(quarters):
        truth[1], truth[2] = truth[2].copy(), -truth[1]
    return image, truth


def normalise(picture):
    return (picture - picture.mean()) / max(float(picture.std()), 8.0)


def finished(rng, size, sample):
    """Through the camera, normalised, and centred in `size`, high pictures lying on their right side; what is outside is 0."""
    picture, target, pitch = sample
    if rng.random() < 0.12:  # from a tiny scan
        small, full = rng.uniform(0.45, 0.9), picture.shape[::-1]
        reduced = cv2.resize(picture, None, fx=small, fy=small, interpolation=cv2.INTER_AREA)
        picture = cv2.resize(reduced, full, interpolation=cv2.INTER_LINEAR)
    picture = normalise(camera.shoot(rng, picture, max(2.0, float(pitch))))
    if picture.shape[0] > size[0]:
        picture, target = turned(picture, target, 3)
    h, w = picture.shape
    y, x = (size[0] - h) // 2 // STRIDE * STRIDE, (size[1] - w) // 2 // STRIDE * STRIDE
    image = np.zeros(size, np.float16)
    truth = np.zeros((3, size[0] // STRIDE, size[1] // STRIDE), np.float16)
    image[y:y + h, x:x + w] = picture
    truth[:, y // STRIDE:y // STRIDE + target.shape[1], x // STRIDE:x // STRIDE + target.shape[2]] = target
    return image, truth


def sample(seed, count=8):
    """A shard: `count` far pictures and as many near ones, each with its target."""
    rng = np.random.default_rng(seed)
    fars = [finished(rng, FAR, far(rng)) for _ in range(count)]
    nears = [finished(rng, NEAR, near(rng)) for _ in range(count)]
    return tuple(np.stack(column) for group in (fars, nears) for column in zip(*group))
