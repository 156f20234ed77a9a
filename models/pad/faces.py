"""The faces that attacks are simulated on, as sources.ts prepared them."""
import json
import os

import cv2
import numpy as np

SIDE, BELOW_EYES = 1.27, 0.53  # as src/face/portrait-square.ts
BLACK = 10
HELD_OUT = 8  # every such person is kept for validation


def square(points):
    """Centre and side of the face's square, from its six points: eye centres, outer eye corners, mouth, chin."""
    right, left, outer_right, outer_left, mouth, chin = points
    eyes = (right + left) / 2
    side = SIDE * max(np.hypot(*(eyes - chin)), np.hypot(*(outer_right - outer_left)))
    return eyes + BELOW_EYES * (mouth - eyes), side


class Face:
    """A picture of one person: `pixels` (sRGB), `cover` (how far each pixel is the person's), `rectangle` that holds
    anything at all (left, top, right, bottom), whether it is `drawn`, and whose it is."""

    def __init__(self, pixels, cover, rectangle, points, subject, drawn):
        self.pixels, self.cover, self.rectangle, self.points = pixels, cover, rectangle, points
        self.subject, self.drawn = subject, drawn
        self.centre, self.side = square(points)


def rectangle_of(pixels):
    """Photographs that were turned upright have black corners and edges."""
    bright = pixels.max(2) > BLACK
    left, top, right, bottom = 0, 0, pixels.shape[1], pixels.shape[0]
    while bottom - top > 40:
        edges = [(~bright[top, left:right]).mean(), (~bright[bottom - 1, left:right]).mean(),
                 (~bright[top:bottom, left]).mean(), (~bright[top:bottom, right - 1]).mean()]
        worst = int(np.argmax(edges))
        if edges[worst] < 0.12:
            break
        top, bottom, left, right = top + (worst == 0), bottom - (worst == 1), left + (worst == 2), right - (worst == 3)
    return left, top, right, bottom


def cover_of(pixels, rectangle, points):
    """Head and shoulders cut out of a photograph: GrabCut, told where head and body are likely to be."""
    (x, y), side = square(points)
    height, width = pixels.shape[:2]
    mask = np.full((height, width), cv2.GC_BGD, np.uint8)
    left, top, right, bottom = rectangle
    mask[top:bottom, left:right] = cv2.GC_PR_BGD
    centre = (int(x), int(y - 0.12 * side))
    cv2.ellipse(mask, centre, (int(0.62 * side), int(0.86 * side)), 0, 0, 360, cv2.GC_PR_FGD, -1)
    body = np.array([[x - 1.5 * side, height], [x - 0.9 * side, y + 0.85 * side], [x, y + 0.5 * side],
                     [x + 0.9 * side, y + 0.85 * side], [x + 1.5 * side, height]])
    cv2.fillPoly(mask, [body.astype(np.int32)], cv2.GC_PR_FGD)
    cv2.ellipse(mask, (int(x), int(y)), (int(0.36 * side), int(0.5 * side)), 0, 0, 360, cv2.GC_FGD, -1)
    cv2.rectangle(mask, (int(x - 0.2 * side), int(y + 0.4 * side)), (int(x + 0.2 * side), height), cv2.GC_FGD, -1)
    outside = np.ones((height, width), bool)
    outside[top:bottom, left:right] = False
    mask[outside] = cv2.GC_BGD
    cv2.grabCut(pixels, mask, None, np.zeros((1, 65)), np.zeros((1, 65)), 2, cv2.GC_INIT_WITH_MASK)
    cover = np.where((mask == cv2.GC_FGD) | (mask == cv2.GC_PR_FGD), 255, 0).astype(np.uint8)
    return cv2.GaussianBlur(cv2.medianBlur(cover, 5), (0, 0), 0.8)


def load(folder):
    """All faces, those that are trained on and those that are kept for validation: nobody is in both."""
    with open(os.path.join(folder, 'sources.json')) as file:
        listed = json.load(file)
    cv2.setNumThreads(1)
    cv2.setRNGSeed(1)
    faces = []
    for entry in listed:
        picture = cv2.imread(os.path.join(folder, entry['file']), cv2.IMREAD_UNCHANGED)
        pixels = np.ascontiguousarray(picture[..., 2::-1])
        points = np.array(entry['points'], np.float64)
        drawn = picture.shape[2] == 4
        rectangle = (0, 0, pixels.shape[1], pixels.shape[0]) if drawn else rectangle_of(pixels)
        cached = os.path.join(folder, entry['file'].replace('.webp', '.cover.png'))
        if drawn:
            cover = picture[..., 3]
        elif os.path.exists(cached):
            cover = cv2.imread(cached, cv2.IMREAD_GRAYSCALE)
        else:
            cover = cover_of(pixels, rectangle, points)
            cv2.imwrite(cached, cover)
        faces.append(Face(pixels, np.ascontiguousarray(cover), rectangle, points, entry['subject'], drawn))
    subjects = sorted({face.subject for face in faces})
    kept = set(subjects[::HELD_OUT])
    return [f for f in faces if f.subject not in kept], [f for f in faces if f.subject in kept]
