"""What printers, copiers, scanners and desks do to a page: functions from a picture to a picture.

A picture is an array of bytes, rows × columns × RGB. `rng` is a numpy Generator and the only source of chance, `dpi`
makes a fault as large on paper at any resolution. Places of words are boxes in pixels: (left, top, right, bottom).
"""
import cv2
import numpy as np

INK = {"blue": (40, 60, 170), "black": (30, 30, 35), "red": (200, 35, 40)}


def field(rng, shape, size):
    """A smooth random surface between 0 and 1; `size` is that of its hills, as a share of the picture's long side."""
    rows = max(2, int(shape[0] / (size * max(shape[:2])))) + 1
    columns = max(2, int(shape[1] / (size * max(shape[:2])))) + 1
    hills = cv2.resize(rng.random((rows, columns), dtype=np.float32), (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)
    return np.clip(hills, 0, 1)


def multiplied(picture, factor):
    """Darkened by a factor for each pixel."""
    return np.clip(picture * factor[..., None], 0, 255).astype(np.uint8)


# ------------------------------------------------------------------------------------------ print and paper

def spread_ink(picture, rng, amount):
    """Ink that ran (above 0) or is thin (below 0); `amount` is pixels at the resolution of the picture."""
    if abs(amount) < 0.05:
        return picture
    size = int(np.ceil(abs(amount)))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * size + 1, 2 * size + 1))
    thick = cv2.erode(picture, kernel) if amount > 0 else cv2.dilate(picture, kernel)
    share = abs(amount) / size
    return cv2.addWeighted(picture, 1 - share, thick, share, 0)


def fade(picture, rng, black=90, patches=0.0):
    """Print that is grey instead of black, and in patches fainter still."""
    level = np.full(picture.shape[:2], black, np.float32)
    if patches:
        level += patches * field(rng, picture.shape, 0.12)
    level = np.minimum(level, 200)[..., None]
    return np.clip(level + picture * (255 - level) / 255, 0, 255).astype(np.uint8)


def bleed_through(picture, rng, back, strength):
    """The other side of the sheet shows through: mirrored, soft and pale."""
    back = cv2.resize(back, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_AREA)[:, ::-1]
    soft = cv2.GaussianBlur(back, (0, 0), max(1.0, picture.shape[0] / 1600)).astype(np.float32)
    return np.clip(picture * (1 - strength * (255 - soft) / 255), 0, 255).astype(np.uint8)


def tint(picture, rng, colour, grain):
    """Paper that is not white and not even."""
    texture = 1 - grain * rng.random(picture.shape[:2], dtype=np.float32)
    return np.clip(picture * np.array(colour, np.float32) / 255 * texture[..., None], 0, 255).astype(np.uint8)


def uneven_light(picture, rng, depth):
    """Light that falls from one side, with a shadow or two."""
    height, width = picture.shape[:2]
    angle = rng.uniform(0, 2 * np.pi)
    x, y = np.meshgrid(np.linspace(-1, 1, width, dtype=np.float32), np.linspace(-1, 1, height, dtype=np.float32))
    slope = (x * np.cos(angle) + y * np.sin(angle)) / 2.83 + 0.5
    return multiplied(picture, 1 - depth * (0.6 * slope + 0.4 * field(rng, picture.shape, 0.4)).astype(np.float32))


# ------------------------------------------------------------------------------------------ geometry

def turn(picture, rng, degrees, paper=255):
    """Askew by so many degrees, with paper all around."""
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=(paper,) * 3)


def shear(picture, rng, share):
    """A feed that pulls one side: rows move sideways by a share of their distance from the middle."""
    height, width = picture.shape[:2]
    matrix = np.float32([[1, share, -share * height / 2], [0, 1, 0]])
    return cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=(255,) * 3)


def stretch(picture, rng, share):
    """A feed that slips: rows drift up and down by up to a share of the height."""
    height, width = picture.shape[:2]
    wave = np.sin(np.linspace(0, rng.uniform(4, 9), height) + rng.uniform(0, 6)) * share * height
    rows = (np.arange(height) + wave).astype(np.float32)
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), rows)
    return cv2.remap(picture, x, y, cv2.INTER_LINEAR, borderValue=(255,) * 3)


def quarter(picture, rng, turns):
    """Turned clockwise by so many quarters."""
    return np.ascontiguousarray(np.rot90(picture, -turns))


# ------------------------------------------------------------------------------------------ the scanner

def blur(picture, rng, sigma):
    return cv2.GaussianBlur(picture, (0, 0), sigma) if sigma > 0.05 else picture


def noise(picture, rng, sigma):
    grain = rng.normal(0, sigma, picture.shape[:2]).astype(np.float32)
    return np.clip(picture + grain[..., None], 0, 255).astype(np.uint8)


def speckle(picture, rng, dpi, density):
    """Dirt: `density` black dots a square inch and as many white ones, up to a fifth of a point wide."""
    out = picture.copy()
    height, width = picture.shape[:2]
    for level in (0, 255):
        for _ in range(int(density * height * width / dpi ** 2)):
            centre = int(rng.integers(width)), int(rng.integers(height))
            cv2.circle(out, centre, int(rng.integers(0, max(1, dpi // 200) + 1)), (level,) * 3, -1)
    return out


def dark_edges(picture, rng, dpi):
    """What lies beside the sheet: black bands along up to three sides, not quite straight."""
    out = picture.copy()
    height, width = out.shape[:2]
    for side in rng.permutation(4)[:int(rng.integers(1, 4))]:
        depth, lean = rng.uniform(0.04, 0.22) * dpi, rng.uniform(-0.05, 0.05) * dpi
        a, b = depth, max(1, depth + lean)
        corners = {0: [(0, 0), (width, 0), (width, b), (0, a)],
                   1: [(0, height), (width, height), (width, height - b), (0, height - a)],
                   2: [(0, 0), (0, height), (b, height), (a, 0)],
                   3: [(width, 0), (width, height), (width - b, height), (width - a, 0)]}[int(side)]
        cv2.fillPoly(out, [np.int32(corners)], (int(rng.integers(5, 60)),) * 3)
    return out


def folded_corner(picture, rng, dpi):
    """A corner turned over: grey ground where it was, its back and a shadow along the fold."""
    out = picture.copy()
    height, width = out.shape[:2]
    size = rng.uniform(0.3, 0.55) * dpi
    right, bottom = bool(rng.integers(2)), bool(rng.integers(2))
    place = lambda x, y: (int(width - 1 - x if right else x), int(height - 1 - y if bottom else y))
    a, b = size, size * rng.uniform(0.7, 1.3)
    cv2.fillPoly(out, [np.int32([place(0, 0), place(a, 0), place(0, b)])], (int(rng.integers(30, 120)),) * 3)
    cv2.fillPoly(out, [np.int32([place(a * 0.85, b * 0.85), place(a, 0), place(0, b)])], (225, 225, 222))
    cv2.line(out, place(a, 0), place(0, b), (120, 120, 120), max(1, int(dpi / 100)))
    return out


def gutter_shadow(picture, rng, dpi):
    """The fold of an open book in the middle of the picture."""
    width = picture.shape[1]
    distance = np.abs(np.arange(width) - width / 2) / (rng.uniform(0.1, 0.25) * dpi)
    shade = 1 - rng.uniform(0.25, 0.6) * np.exp(-distance ** 2)
    return np.clip(picture * shade[None, :, None], 0, 255).astype(np.uint8)


def bilevel(picture, rng, threshold):
    """Black and white, as a fax has it."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    return cv2.cvtColor(np.where(grey < threshold, 0, 255).astype(np.uint8), cv2.COLOR_GRAY2RGB)


# ------------------------------------------------------------------------------------------ on the sheet

def seal(picture, rng, dpi, boxes, colour, strength=0.85):
    """A round seal over the middle of one of the boxes: ring, star and characters; print shines through it."""
    if not boxes:
        return picture
    left, top, right, bottom = boxes[int(rng.integers(len(boxes)))]
    radius = rng.uniform(0.45, 0.8) * dpi
    centre = np.array([(left + right) / 2 + rng.uniform(-0.4, 0.4) * radius, (top + bottom) / 2 + rng.uniform(-0.4, 0.4) * radius])
    mark = np.zeros(picture.shape[:2], np.uint8)
    thick = max(2, int(dpi * 0.02))
    cv2.circle(mark, np.int32(centre).tolist(), int(radius), 255, thick, cv2.LINE_AA)
    angles = np.arange(10) * np.pi / 5 - np.pi / 2
    reach = np.where(np.arange(10) % 2 == 0, 0.32, 0.13) * radius
    cv2.fillPoly(mark, [np.int32(centre + np.stack([np.cos(angles) * reach, np.sin(angles) * reach], 1))], 255, cv2.LINE_AA)
    for angle in np.linspace(-1.15 * np.pi, 0.15 * np.pi, int(rng.integers(8, 14))):
        # Strokes where characters stand: what they say does not matter, how much they cover does.
        middle = centre + 0.76 * radius * np.array([np.cos(angle), np.sin(angle)])
        size = 0.11 * radius
        for _ in range(6):
            a, b = middle + rng.uniform(-size, size, 2), middle + rng.uniform(-size, size, 2)
            cv2.line(mark, np.int32(a).tolist(), np.int32(b).tolist(), 255, max(1, thick // 2), cv2.LINE_AA)
    worn = (0.55 + 0.45 * field(rng, picture.shape, 0.03)) * strength
    cover = (mark / 255 * worn)[..., None]
    return np.clip(picture * (1 - cover) + picture / 255 * np.array(colour) * cover, 0, 255).astype(np.uint8)


def pen(picture, rng, dpi, boxes, count):
    """Strokes by hand: rings around words, lines under them, ticks beside them, a scribble at the foot of the page."""
    out = picture.copy()
    colour = INK[str(rng.choice(["blue", "black", "red"]))]
    width = max(1, int(dpi * rng.uniform(0.008, 0.016)))

    def stroke(points):
        wobble = points + rng.normal(0, 0.006 * dpi, points.shape)
        cv2.polylines(out, [np.int32(wobble)], False, colour, width, cv2.LINE_AA)

    for index in rng.permutation(len(boxes))[:count]:
        left, top, right, bottom = boxes[int(index)]
        kind = rng.integers(3)
        if kind == 0:
            t = np.linspace(0, 2 * np.pi + 0.4, 40)
            stroke(np.stack([(left + right) / 2 + ((right - left) / 2 + 0.07 * dpi) * np.cos(t),
                             (top + bottom) / 2 + ((bottom - top) / 2 + 0.03 * dpi) * np.sin(t)], 1))
        elif kind == 1:
            t = np.linspace(0, 1, 12)
            stroke(np.stack([left + (right - left) * t, np.full(12, bottom + 0.02 * dpi)], 1))
        else:
            x, y, s = right + 0.03 * dpi, bottom, 0.1 * dpi
            stroke(np.array([(x, y - 0.4 * s), (x + 0.3 * s, y), (x + s, y - s)]))
    height, width_ = out.shape[:2]
    t = np.linspace(0, 3 * np.pi, 60)
    start = np.array([width_ * rng.uniform(0.55, 0.7), height * rng.uniform(0.93, 0.96)])
    stroke(start + np.stack([t * 0.08 * dpi, 0.12 * dpi * np.sin(1.7 * t)], 1))
    return out
