"""Live persons, prints and replays as a camera sees them: pixels for the network and what they are.

Lengths are in sides of the face's square, the crop's window included; x right, y down, the face's square about (0, 0)."""
import cv2
import numpy as np

from camera import CANVAS, LUMA, blurred, shoot, to_light, worn
from faces import square
from instruments import Plane, bezel, draw_print, draw_screen, paper_margins, shown
from rooms import rectangle, room

LIVE, PRINT, REPLAY = 0, 1, 2
INPUT = 96  # the network's
ENLARGE = 2.7


def window(rng):
    """Left, top and side of the crop. In a small picture, or near its edge, the crop moves and shrinks to stay inside."""
    side = ENLARGE * rng.uniform(0.94, 1.06) if rng.random() < 0.55 else rng.uniform(1.4, ENLARGE)
    reach = 0.04 * side if rng.random() < 0.5 else 0.7 * max(side / 2 - 0.65, 0)
    x, y = rng.uniform(-reach, reach, 2)
    return x - side / 2, y - side / 2, side


def placed(face, left, top, scale, size=1.0, at=(0, 0), mirrored=False, roll=0.0):
    """Affine map from a source's pixels to the canvas: the face's square about `at`, `size` sides large."""
    k = scale * size / face.side
    cosine, sine = k * np.cos(roll), k * np.sin(roll)
    turn = np.array([[-cosine if mirrored else cosine, -sine], [-sine if mirrored else sine, cosine]])
    return np.column_stack([turn, (np.array(at) - (left, top)) * scale - turn @ face.centre])


def person(rng, face, to_canvas, size=CANVAS):
    """Light and cover of a person on the canvas, or nothing where they would float: their picture ends inside it."""
    height, width = face.pixels.shape[:2]
    left, top, right, bottom = face.rectangle
    corners = np.array([[left, top], [right, top], [left, bottom], [right, bottom]]) @ to_canvas[:, :2].T + to_canvas[:, 2]
    if corners[2:, 1].min() < size - 1:
        return None
    if not face.drawn:
        low, high = corners[:, 0].min(), corners[:, 0].max()
        touched = np.maximum(face.cover[top:bottom, left + 1].mean(), face.cover[top:bottom, right - 2].mean()) > 12
        if (touched and (low > 1 or high < size - 2)) or (face.cover[top + 1, left:right].mean() > 12 and corners[:2, 1].max() > 1):
            return None
    pixels = cv2.warpAffine(worn(rng, face.pixels), to_canvas, (size, size), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    cover = cv2.warpAffine(face.cover, to_canvas, (size, size), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    return to_light(pixels), cover.astype(np.float32)[..., None] / 255


def brightness(light, cover=None):
    values = light @ LUMA
    return float((values * cover[..., 0]).sum() / max(cover.sum(), 1) if cover is not None else values.mean())


def before(rng, light, cover, background):
    """The person before a background that is by chance brighter or darker than they are."""
    ratio = np.exp(rng.normal(-0.1, 0.6)) * brightness(light, cover) / max(brightness(background), 0.01)
    return light * cover + background * np.float32(ratio) * (1 - cover)


class Maker:
    def __init__(self, faces, drawn_share=0.35):
        self.drawn = [face for face in faces if face.drawn]
        self.photographs = [face for face in faces if not face.drawn]
        self.drawn_share = drawn_share if self.photographs else 1.0

    def face(self, rng):
        group = self.drawn if rng.random() < self.drawn_share else self.photographs
        return group[rng.integers(len(group))]

    def sample(self, rng, label=None):
        label = int(rng.choice(3, p=[0.46, 0.33, 0.21])) if label is None else label
        light, square_on_canvas = self.live(rng) if label == LIVE else self.attack(rng, label)
        pixels = shoot(rng, light, square_on_canvas)
        return cv2.resize(pixels, (INPUT, INPUT), interpolation=cv2.INTER_AREA), label

    # Live

    def live(self, rng):
        while True:
            face = self.face(rng)
            made = self.taken(rng, face) if not face.drawn and rng.random() < 0.5 else self.composed(rng, face)
            if made:
                return made

    def taken(self, rng, face):
        """As the photograph was taken, background and all."""
        left, top, right, bottom = face.rectangle
        side = min(window(rng)[2] * face.side, right - left - 1, bottom - top - 1)
        if side < 1.3 * face.side:
            return None
        middle = face.centre + rng.normal(0, 0.03 * side, 2) if rng.random() < 0.5 else face.centre + rng.uniform(-0.3, 0.3, 2) * max(side - 1.3 * face.side, 0)
        x = np.clip(middle[0] - side / 2, left, right - 1 - side)
        y = np.clip(middle[1] - side / 2, top, bottom - 1 - side)
        scale = CANVAS / side
        to_canvas = np.array([[scale, 0, -x * scale], [0, scale, -y * scale]])
        pixels = cv2.warpAffine(worn(rng, face.pixels), to_canvas, (CANVAS, CANVAS), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
        (cx, cy), own = (face.centre - (x, y)) * scale, face.side * scale
        if rng.random() < 0.5:
            pixels, cx = pixels[:, ::-1], CANVAS - cx
        return to_light(pixels), (cx - own / 2, cy - own / 2, own)

    def composed(self, rng, face):
        for _ in range(6):
            left, top, side = window(rng)
            scale = CANVAS / side
            to_canvas = placed(face, left, top, scale, mirrored=rng.random() < 0.5, roll=rng.normal(0, 0.05))
            found = person(rng, face, to_canvas)
            if found:
                break
        else:
            return None
        light, cover = found
        background = room(rng, CANVAS, self.photographs)
        if rng.random() < 0.45:
            for _ in range(int(rng.integers(1, 4))):
                rectangle(rng, background, (-np.array([left, top]) + rng.uniform(-0.9, 0.9, 2)) * scale)
        if rng.random() < 0.1:
            self.bystander(rng, background, left, top, scale, rng.uniform(0.3, 0.8))
        if rng.random() < 0.5:
            cover = blurred(cover, rng.uniform(0.3, 1.2)).reshape(CANVAS, CANVAS, 1)
        return before(rng, light, cover, background), (-left * scale - scale / 2, -top * scale - scale / 2, scale)

    def bystander(self, rng, canvas, left, top, scale, size):
        """Somebody else, `size` times as large, somewhere in the scene."""
        other = self.face(rng)
        at = (rng.uniform(-0.9, 0.9), rng.uniform(-1.6, 0.5))
        found = person(rng, other, placed(other, left, top, scale, size, at, rng.random() < 0.5))
        if not found:
            return False
        light, cover = found
        canvas[:] = before(rng, light, cover, canvas)
        return True

    # Attacks

    def picture(self, rng, face):
        """A picture of a face to print or show: its light, its pixels to one side of the face's square, its edges left, top,
        right, bottom from the middle, and the points of its face."""
        tight = rng.random() < 0.5
        edges = rng.uniform(0.62, 1.0 if tight else 1.7, 4)
        x, y = face.centre
        left, top, right, bottom = face.rectangle
        room_left = [(x - left) / face.side, (y - top) / face.side, (right - x) / face.side, (bottom - y) / face.side]
        compose = face.drawn or rng.random() < 0.3
        if compose:
            edges[3] = min(edges[3], room_left[3])
        if not face.drawn:
            edges = np.minimum(edges, room_left)
            if edges.min() < 0.52:
                return self.picture(rng, self.face(rng))
        mirrored = rng.random() < 0.5
        fine = float(np.clip(face.side, 56, 100))
        width, height = int((edges[0] + edges[2]) * fine), int((edges[1] + edges[3]) * fine)
        size = max(width, height)
        k = fine / face.side
        to_picture = np.array([[k, 0, edges[0] * fine - k * x], [0, k, edges[1] * fine - k * y]])
        pixels = cv2.warpAffine(worn(rng, face.pixels), to_picture, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        light = to_light(pixels)
        if compose:
            cover = cv2.warpAffine(face.cover, to_picture, (width, height), flags=cv2.INTER_LINEAR).astype(np.float32)[..., None] / 255
            light = before(rng, light, cover, room(rng, size, self.photographs)[:height, :width])
        points = (face.points - face.centre) / face.side
        if mirrored:
            light, edges, points = light[:, ::-1], edges[[2, 1, 0, 3]], points[[1, 0, 3, 2, 4, 5]] * (-1, 1)
        return np.ascontiguousarray(light), fine, edges, points

    def attack(self, rng, label):
        # How much of the crop the paper or screen may fill: often hardly an edge is seen, at times none.
        most = rng.choice([0.75, 0.9, 0.97, 1.01], p=[0.4, 0.3, 0.2, 0.1])
        for _ in range(8):
            light, fine, edges, points = self.picture(rng, self.face(rng))
            margins = paper_margins(rng) if label == PRINT else bezel(rng)
            outer = edges + margins
            angles = rng.normal(0, (0.25, 0.2, 0.12)) if rng.random() < 0.75 else rng.uniform(-0.7, 0.7, 3) * (1, 1, 0.5)
            bend = rng.normal(0, 0.12, 2) if label == PRINT and rng.random() < 0.5 else np.zeros(2)
            plane = Plane(angles, rng.uniform(3.5, 9), bend)
            middle, own = square(plane.seen(points))
            left, top, side = window(rng)
            left, top, side = middle[0] + left * own, middle[1] + top * own, side * own
            u, v = plane.coordinates(left, top, side)
            inside = (u > -outer[0]) & (u < outer[2]) & (v > -outer[1]) & (v < outer[3])
            if inside.mean() < most:
                break
        scale = CANVAS / side
        canvas = room(rng, CANVAS, self.photographs)
        canvas *= np.float32(np.exp(rng.normal(0, 0.3)))
        if rng.random() < 0.5:
            for _ in range(4):
                if self.bystander(rng, canvas, left, top, scale, np.exp(rng.normal(0.05, 0.3))):
                    break
        draw = draw_print if label == PRINT else draw_screen
        surface, cover = draw(rng, shown(light, fine, edges, u, v), edges, margins, u, v, scale)
        if rng.random() < 0.6:
            shadow = cv2.warpAffine(cover, np.float32([[1, 0, rng.normal(0, 0.06) * scale], [0, 1, abs(rng.normal(0, 0.06)) * scale]]), (CANVAS, CANVAS))
            canvas *= (1 - rng.uniform(0.15, 0.7) * blurred(shadow, rng.uniform(0.02, 0.15) * scale))[..., None]
        ratio = np.exp(rng.normal(0.15 if label == PRINT else 0.6, 0.45)) * brightness(canvas) / max(brightness(surface, cover[..., None]), 0.01)
        canvas += cover[..., None] * (surface * np.float32(ratio) - canvas)
        if rng.random() < 0.55:
            self.hand(rng, canvas, plane, outer, left, top, scale)
        return canvas, ((middle[0] - own / 2 - left) * scale, (middle[1] - own / 2 - top) * scale, own * scale)

    def hand(self, rng, canvas, plane, outer, left, top, scale):
        """Fingers over an edge, with what belongs to them outside of it."""
        face = self.face(rng)
        (x, y), reach = face.centre, 0.2 * face.side
        skin = to_light(face.pixels[int(y - reach):int(y + reach), int(x - reach):int(x + reach)]).mean((0, 1))
        skin = skin * np.float32(np.exp(rng.normal(0, 0.25)) * max(brightness(canvas), 0.02) / max(float(skin @ LUMA), 0.02))
        for _ in range(int(rng.integers(1, 3))):
            edge = int(rng.choice(4, p=[0.25, 0.1, 0.25, 0.4]))
            along = rng.uniform(-0.8, 0.8)
            thick = rng.uniform(0.13, 0.24)
            for finger in range(int(rng.integers(1, 5))):
                place = along + finger * thick * rng.uniform(0.9, 1.3)
                depth = min(rng.uniform(0.05, 0.6), outer[edge] - 0.35)
                ends = {0: [(-outer[0] - 0.7, place), (-outer[0] + depth, place)], 2: [(outer[2] + 0.7, place), (outer[2] - depth, place)],
                        1: [(place, -outer[1] - 0.7), (place, -outer[1] + depth)], 3: [(place, outer[3] + 0.7), (place, outer[3] - depth)]}[edge]
                ends = plane.seen(np.array(ends) + rng.normal(0, 0.05, (2, 2)))
                a, b = [tuple(int(value) for value in (end - (left, top)) * scale * 16) for end in ends]
                width = max(int(thick * scale), 2)
                for share, shade in ((1.0, 0.55), (0.8, 0.85), (0.5, 1.0)):
                    cv2.line(canvas, a, b, [float(c) * shade for c in skin], max(int(width * share), 1), cv2.LINE_AA, 4)
