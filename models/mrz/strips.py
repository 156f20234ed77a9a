"""Training data of the recogniser: single lines, cut from a photographed zone as the reader would cut them, with the
character or the blank that stands at every fourth pixel."""
import cv2
import numpy as np

import camera
import documents
import zone
from ink import FURTHER, OCRB, OTHER, cloud, guilloche

WIDTH, HEIGHT, PITCH, MARGIN = 768, 32, 16, 2
IGNORED, BLANK = -100, 37
CANVAS_PITCH = 24


def photograph(rng, held_out=False, ocrb_alone=False):
    """A grey photo of a zone, its lines in canvas pixels, and the affine map from canvas to photo."""
    others, further = (OCRB, OCRB) if ocrb_alone else (OTHER, OTHER + FURTHER)
    texts = (documents.gibberish if rng.random() < 0.45 else documents.zone)(rng)[1]
    columns = len(texts[0])
    width, height = (columns + 12) * CANVAS_PITCH, (len(texts) * 3 + 6) * CANVAS_PITCH
    paper, tone = rng.uniform(140, 255), rng.uniform(0, 90)
    canvas = np.full((height, width), paper, np.float32)
    face = zone.typeface(rng, held_out, others)
    if rng.random() < 0.12 and not held_out:
        face['path'] = documents.pick(rng, further)
    if rng.random() < 0.6:
        canvas += cloud(rng, height, width, 6) * rng.uniform(3, 30)
    if rng.random() < 0.5:
        guilloche(rng, canvas, rng.uniform(8, 75), CANVAS_PITCH)
    lines = zone.draw(rng, canvas, texts, 6 * CANVAS_PITCH, 4.3 * CANVAS_PITCH, CANVAS_PITCH,
                      face, tone, ragged=0.3 if rng.random() < 0.1 else 0)
    zone.crowd(rng, canvas, lines, CANVAS_PITCH, paper, tone, others)
    zone.overprint(rng, canvas, lines, CANVAS_PITCH, paper, tone)
    pitch = float(np.exp(rng.uniform(np.log(6.5), np.log(26))))
    scale = pitch / CANVAS_PITCH
    aspect, shear, turn = rng.uniform(0.93, 1.07), rng.normal(0, 0.03), rng.normal(0, 0.04)
    matrix = np.float32([[scale, scale * shear, rng.uniform(0, 1)], [scale * turn, scale * aspect, rng.uniform(0, 1)]])
    size = (int(width * scale), int((height + abs(turn) * width) * scale))
    if turn < 0:
        matrix[1, 2] -= turn * width * scale
    if scale < 0.8:
        canvas = cv2.GaussianBlur(canvas, (0, 0), 0.42 / scale)
    photo = cv2.warpAffine(canvas, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return camera.shoot(rng, photo, pitch), lines, matrix


def normalise(part, whole):
    return (whole - part.mean()) / max(float(part.std()), 4.0)


def cut(rng, photo, line, matrix):
    """One strip as the reader cuts it, with its errors of fit, and the target of every frame."""
    columns = len(line.text)
    u, v = np.meshgrid(np.arange(WIDTH, dtype=np.float32), np.arange(HEIGHT, dtype=np.float32))
    cell = (u[0] - MARGIN * PITCH + 0.5) / PITCH
    stretch, offset, bend = 1 + rng.normal(0, 0.025), rng.normal(0, 0.3), rng.normal(0, 0.03)
    middle = columns / 2
    cell = (cell - middle) * stretch + offset + bend * ((cell - middle) / columns) ** 2 * columns + middle
    wobble = rng.normal(0, 0.06) + rng.normal(0, 0.06) * (u[0] / WIDTH - 0.5) * 2 + rng.normal(0, 0.03) * np.sin(u[0] / WIDTH * rng.uniform(1, 7) + rng.uniform(0, 6.3))
    tall = 1 + rng.normal(0, 0.06)
    x = line.x + cell[None] * line.pitch + np.zeros_like(v)
    y = line.y + ((v - 15.5) / PITCH * tall + wobble[None]) * line.pitch
    strip = cv2.remap(photo, np.float32(matrix[0, 0] * x + matrix[0, 1] * y + matrix[0, 2]),
                      np.float32(matrix[1, 0] * x + matrix[1, 1] * y + matrix[1, 2]), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    at = (cell[1::4] + cell[2::4]) / 2
    index = np.floor(at).astype(int)
    off = np.abs(at - index - 0.5)
    codes = np.array([documents.CHARACTERS.index(c) for c in line.text])
    target = np.where(off < 0.24, codes[np.clip(index, 0, columns - 1)], np.where(off > 0.34, BLANK, IGNORED))
    target[(index < 0) | (index >= columns)] = BLANK
    valid = (columns + 2 * MARGIN) * PITCH
    strip[:, valid:] = strip[:, :valid].mean()
    return normalise(strip[:, :valid], strip), target


def sample(seed, zones=12, held_out=False, ocrb_alone=False):
    """A shard: strips (float16) and targets (int16)."""
    rng = np.random.default_rng(seed)
    strips, targets = [], []
    for _ in range(zones):
        photo, lines, matrix = photograph(rng, held_out, ocrb_alone)
        for line in lines:
            strip, target = cut(rng, photo, line, matrix)
            strips.append(strip.astype(np.float16))
            targets.append(target.astype(np.int16))
    return np.stack(strips), np.stack(targets)
