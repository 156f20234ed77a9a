"""The machine readable zone as printed: lines of one font at one pitch, and what is printed over and around it."""
from dataclasses import dataclass

import cv2
import numpy as np

from documents import CHARACTERS, pick
from ink import HELD_OUT, OCRB, OTHER, cloud, stamp, stamps, text_line


@dataclass
class Line:
    """Where a line stands: left edge of its first cell, vertical middle, pitch, in canvas pixels."""
    text: str
    x: float
    y: float
    pitch: float

    @property
    def end(self):
        return self.x + self.pitch * len(self.text)


def typeface(rng, held_out=False, others=OTHER):
    """Font and make-up: seven of eight OCR-B."""
    path = pick(rng, HELD_OUT) if held_out else pick(rng, OCRB) if rng.random() < 0.875 else pick(rng, others)
    return dict(path=path, weight=float(rng.choice([0, 0, 0, 0.016, 0.032, 0.047, -0.016])),
                slant=float(rng.normal(0, 0.02)) if rng.random() < 0.3 else 0.0,
                height=float(rng.uniform(0.88, 1.2)) if rng.random() < 0.6 else 1.0)


def spaced(rng, count):
    """From line to line, in pitches: three lines mostly stand closer than two."""
    usual = 1.75 if count == 3 else 2.5
    return float(rng.normal(usual, 0.1) if rng.random() < 0.75 else rng.uniform(1.6, 3.0))


def draw(rng, canvas, texts, x, y, pitch, face, tone, spacing=None, ragged=0.0):
    """Prints the lines, the first at `y`; returns where they stand. `spacing` in pitches."""
    spacing = spacing or spaced(rng, len(texts))
    lines = []
    for i, text in enumerate(texts):
        left, middle = x + float(rng.normal(0, ragged)) * pitch, y + i * spacing * pitch
        ink = text_line(rng, text=text, pitch=pitch, **face)
        if rng.random() < 0.25:
            ink = ink * np.clip(1 + 0.5 * cloud(rng, *ink.shape, cells=12), 0.3, 1)
        h, w = ink.shape
        cell = w / (len(text) + 2)
        x0, y0 = round(left - cell), round(middle - h / 2)
        c0, r0, c1, r1 = max(0, x0), max(0, y0), min(canvas.shape[1], x0 + w), min(canvas.shape[0], y0 + h)
        if c1 > c0 and r1 > r0:
            part = ink[r0 - y0:r1 - y0, c0 - x0:c1 - x0]
            canvas[r0:r1, c0:c1] += (tone - canvas[r0:r1, c0:c1]) * part
        lines.append(Line(text, x0 + cell, y0 + h / 2 - 0.5, cell))
    return lines


def crowd(rng, canvas, lines, pitch, paper, tone, others=OTHER):
    """Print beside, above and below the zone, as close as documents have it."""
    top, bottom = lines[0].y, lines[-1].y
    for _ in range(rng.integers(0, 7)):
        size = rng.uniform(0.6, 1.8) * pitch
        y = top - rng.uniform(1.3, 3) * pitch - size if rng.random() < 0.6 else bottom + rng.uniform(0.9, 2.5) * pitch
        stamp(rng, canvas, rng.uniform(-0.1, 0.9) * canvas.shape[1], y, size, rng.uniform(tone, paper))
    if rng.random() < 0.25:
        face = typeface(rng, others=others)
        text = ''.join(pick(rng, CHARACTERS) for _ in range(rng.integers(3, 24)))
        draw(rng, canvas, [text], rng.uniform(0, 0.8) * canvas.shape[1], top - rng.uniform(2, 3) * pitch, pitch * rng.uniform(0.7, 1.1), face, tone)
    if rng.random() < 0.3:  # an edge of the page, or of another thing, close by
        edge = round(bottom + rng.uniform(0.9, 2.5) * pitch)
        canvas[max(0, edge):] = rng.uniform(0, 255)
    if rng.random() < 0.15:
        edge = round(top - rng.uniform(1.0, 2.5) * pitch)
        canvas[:max(0, edge)] = rng.uniform(0, 255)
    for side in (0, 1):
        if rng.random() < 0.25:
            gap = rng.uniform(0.3, 3) * pitch
            edge = round(lines[0].x - gap if side == 0 else lines[0].end + gap)
            if side == 0:
                canvas[:, :max(0, edge)] = rng.uniform(0, 255)
            else:
                canvas[:, max(0, edge):] = rng.uniform(0, 255)


def overprint(rng, canvas, lines, pitch, paper, tone):
    """What lies over the characters themselves: watermarks, stamps, signatures, drawn boxes."""
    box = (lines[0].x, lines[0].y, lines[0].end, lines[-1].y)
    if rng.random() < 0.2:  # "SPECIMEN" across
        word = pick(rng, stamps())
        scale = rng.uniform(3, 9) * pitch / 48
        size = int((word.shape[0] + word.shape[1]) * scale) + 2
        matrix = cv2.getRotationMatrix2D((word.shape[1] / 2, 24), float(rng.uniform(-50, 50)), scale)
        matrix[:, 2] += size / 2 - np.array([word.shape[1] / 2, 24])
        layer = cv2.warpAffine(word, matrix, (size, size)) * rng.uniform(0.08, 0.4)
        from ink import blend
        blend(canvas, layer, int(rng.uniform(box[0], box[2]) - size / 2), int(rng.uniform(box[1], box[3]) - size / 2), rng.uniform(tone, 255))
    if rng.random() < 0.12:
        for _ in range(rng.integers(1, 4)):
            points = np.stack([rng.uniform(box[0], box[2], 1) + np.cumsum(rng.normal(0, 2 * pitch, 12)),
                               rng.uniform(box[1], box[3], 1) + np.cumsum(rng.normal(0, pitch, 12))], 1)
            cv2.polylines(canvas, [np.int32(points)], False, float(rng.uniform(60, 200)), max(1, round(pitch * 0.07)), cv2.LINE_AA)
    if rng.random() < 0.2:  # a box drawn around the zone, or around each line
        margin, stroke, shade = rng.uniform(0.7, 1.6) * pitch, max(1, round(pitch * rng.uniform(0.08, 0.35))), float(rng.uniform(0, 160))
        boxes = [box] if rng.random() < 0.7 else [(line.x, line.y, line.end, line.y) for line in lines]
        margin = margin if len(boxes) == 1 else min(margin, 1.1 * pitch)
        for x0, y0, x1, y1 in boxes:
            cv2.rectangle(canvas, (int(x0 - margin), int(y0 - margin)), (int(x1 + margin), int(y1 + margin)), shade, stroke, cv2.LINE_AA)
    if rng.random() < 0.1:  # a translucent block
        x0, w = int(rng.uniform(box[0], box[2])), int(rng.uniform(2, 20) * pitch)
        part = canvas[:, max(0, x0):x0 + w]
        part += (rng.uniform(60, 255) - part) * np.float32(rng.uniform(0.1, 0.5))


__all__ = ['Line', 'typeface', 'draw', 'crowd', 'overprint']
