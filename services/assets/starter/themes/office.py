"""Office and study."""

from __future__ import annotations

import random

import skia

from services.assets.starter.kit import city, devices, interior, land, people, sky, vessels
from services.assets.starter.kit.motion import breath, cycle, ease, lerp, wave
from services.assets.starter.kit.paint import Point, box, fill, glow, light, linear, oval, polygon, rounded, smooth, soft, stroke
from services.assets.starter.stage import Draw, Stage


def desk_with_cup(stage: Stage) -> Draw:
    def room(c: skia.Canvas) -> None:
        interior.wall(c, "#dfe8f2", "#c2d0e2")
        glow(c, 250, 260, 760, "#ffffff", 0.75)
        c.save()
        c.clipRect(box(90, 200, 420, 620))
        sky.backdrop(c, "#9fd3f0", "#e4f3f8", bottom=820)
        city.skyline(c, 820, 380, "#a9c3dc", seed=61, lit="#eaf5fb", share=0.5)
        c.restore()
        interior.window(c, 90, 200, 420, 620, "#ffffff", panes=(2, 1))
        interior.shelf(c, 610, 470, 420, "#c99a6b")
        interior.books(c, 640, 470, ("#3a6ea5", "#f2a65a", "#4f9d8a", "#e4572e", "#f4e3c8"), height=160, seed=9)
        interior.table(c, 1230, "#d9ab7c")
        interior.shadow(c, 380, 1272, 660, 0.3, 0.06)
        interior.shadow(c, 850, 1282, 270, 0.45)
        vessels.tumbler(c, 850, 1280, 460, "#1f7a78", lid=False)

    back = stage.still(room)
    view = sky.cloud_still(stage, 210, "#ffffff", "#e8f3f8")
    sunny = stage.still(lambda c: glow(c, 0, 1420, 420, "#fff3d6", 0.32), -420, 1000, 840, 840)
    rng = random.Random(3)
    widths = [rng.uniform(0.3, 1.0) for _ in range(24)]

    def draw(c: skia.Canvas, t: float) -> None:
        back.draw(c)
        c.save()
        c.clipRect(box(102, 212, 186, 598))
        view.draw(c, 60 + 30 * t, 400)
        c.restore()
        c.save()
        c.clipRect(box(312, 212, 186, 598))
        view.draw(c, 290 + 30 * t, 330)
        c.restore()
        land.potted(c, 950, 472, 250, "#4f9d69", "#f4efe6", t, blades=7)
        screen = devices.laptop(c, 380, 1268, 700)
        c.save()
        c.clipRect(screen)
        c.drawRect(screen, linear((0, screen.top()), (0, screen.bottom()), "#1b2440", "#223055"))
        rows = 2.0 + t * 2.2
        for row in range(9):
            shown = min(1.0, max(0.0, rows - row))
            indent = (0, 1, 1, 2, 2, 1, 0, 1, 1)[row] * 34
            colour = ("#7bdff2", "#ffd166", "#b8f2a0", "#ff9a9e")[row % 4]
            rounded(c, screen.left() + 30 + indent, screen.top() + 30 + row * 36, 260 * widths[row] * shown + 1, 15, 7, fill(colour, 0.9))
        for bar in range(5):
            tall = 60 + 150 * (0.5 + 0.5 * wave(t, 3.4, bar * 0.17))
            rounded(
                c,
                screen.right() - 210 + bar * 38,
                screen.bottom() - 30 - tall,
                26,
                tall,
                8,
                linear((0, screen.top()), (0, screen.bottom()), "#7bdff2", "#4a6ff0"),
            )
        if cycle(t, 0.8) < 0.5:
            row = min(8, int(rows))
            c.drawRect(box(screen.left() + 30 + 200 * (rows % 1), screen.top() + 28 + row * 36, 5, 19), fill("#ffffff"))
        c.restore()
        vessels.steam(c, 850, 860, 400, t, width=64, alpha=0.85)
        sweep = 0.5 + 0.5 * wave(t, 5.0)
        sunny.draw(c, lerp(200, 420, sweep))

    return draw


def open_book(stage: Stage) -> Draw:
    def room(c: skia.Canvas) -> None:
        interior.wall(c, "#2f4858", "#496a74")
        glow(c, 540, 420, 760, "#ffdf9e", 0.6)
        interior.shelf(c, -20, 380, 420, "#8a6248")
        interior.books(c, 20, 380, ("#e07a5f", "#f2cc8f", "#81b29a", "#e4572e", "#a9c6d8"), height=200, seed=11)
        interior.shelf(c, 700, 500, 420, "#8a6248")
        interior.books(c, 730, 500, ("#f2a65a", "#3a86a8", "#f4e3c8", "#b56576", "#6fae8a"), height=190, seed=14)
        interior.table(c, 1150, "#a8714a")
        oval(c, 540, 1270, 470, 60, soft("#1a1008", 0.5, 26))
        interior.shadow(c, 930, 1210, 200, 0.45)
        vessels.mug(c, 930, 1206, 150, "#f2cc8f", handle=-1)

    back = stage.still(room)

    def page(c: skia.Canvas, side: float, lift: float) -> None:
        """A sheet hinged at the spine; `side` runs from 1 (flat on the right) to -1 (flat on the left)."""
        tip_x, tip_y = 540 + 400 * side, 1210 - lift
        path = skia.Path()
        path.moveTo(540, 1240)
        path.cubicTo(540 + 130 * side, 1170 - lift * 0.7, 540 + 270 * side, 1170 - lift * 1.05, tip_x, tip_y)
        path.lineTo(tip_x - 40 * side, tip_y - 330)
        path.cubicTo(540 + 240 * side, 850 - lift * 1.05, 540 + 120 * side, 850 - lift * 0.7, 540, 910)
        path.close()
        c.drawPath(path, linear((540, 0), (tip_x, 0), "#d9c9ae", "#fff9ec", "#f4e9d4"))
        for row in range(6):
            share = 0.17 + row * 0.13
            start, end = 0.16, 0.84 if row % 3 != 2 else 0.6
            points: list[Point] = []
            for k in range(7):
                along = start + (end - start) * k / 6
                x = 540 + (400 - 40 * (1 - share)) * side * along
                bow = 66 * (along * (1 - along)) * 4 * 0.55
                y = (1240 - 30 * along) - 330 * (1 - share) - bow - lift * along * 1.02
                points.append((x, y))
            c.drawPath(smooth(points, closed=False), stroke("#8a7a66", 8, 0.5))

    def draw(c: skia.Canvas, t: float) -> None:
        back.draw(c)
        c.drawPath(
            smooth(
                [
                    (120, 1236),
                    (330, 1216),
                    (540, 1262),
                    (750, 1216),
                    (960, 1236),
                    (960, 1262),
                    (750, 1246),
                    (540, 1292),
                    (330, 1246),
                    (120, 1262),
                ]
            ),
            linear((120, 0), (960, 0), "#b5433a", "#d65a4a", "#9c352f"),
        )
        page(c, 1, 4 * breath(t, 2.5))
        page(c, -1, 4 * breath(t, 2.5, 0.5))
        for start in (0.2, 1.8, 3.4):
            turn = ease(t, start, start + 1.4)
            if 0 < turn < 1:
                page(c, lerp(1, -1, turn), 300 * 4 * turn * (1 - turn) * 0.8)
        for k in range(18):  # ideas rise from the pages
            share = cycle(t, 3.2, k * 0.291)
            x = 540 + ((k * 137) % 560 - 280) * (0.35 + 0.75 * share) + 24 * wave(t, 2.2, k * 0.2)
            y = 1060 - 780 * share
            strength = (1 - share) * min(1.0, share * 6)
            size = 20 + 8 * (k % 3)
            colour = ("#ffd166", "#ffffff", "#9be3d6", "#ff9a76")[k % 4]
            if k % 4 == 0:
                c.drawCircle(x, y, size * 0.6, fill(colour, strength))
            elif k % 4 == 1:
                c.drawPath(
                    smooth(
                        [
                            (x, y - size),
                            (x + 4, y - 4),
                            (x + size, y),
                            (x + 4, y + 4),
                            (x, y + size),
                            (x - 4, y + 4),
                            (x - size, y),
                            (x - 4, y - 4),
                        ]
                    ),
                    fill(colour, strength),
                )
            elif k % 4 == 2:
                c.drawPath(
                    polygon([(x, y - size), (x + size * 0.9, y + size * 0.6), (x - size * 0.9, y + size * 0.6)]),
                    stroke(colour, 7, strength),
                )
            else:
                rounded(c, x - size * 0.6, y - size * 0.6, size * 1.2, size * 1.2, 8, stroke(colour, 7, strength))
        vessels.steam(c, 930, 1048, 240, t, width=40, alpha=0.65)

    return draw


def whiteboard_lesson(stage: Stage) -> Draw:
    outfit = people.Outfit(skin="#e9ab84", hair="#3a2430", top="#3a6ea5", bottom="#2b3148", shoes="#6b452e")

    def room(c: skia.Canvas) -> None:
        interior.wall(c, "#f4ead8", "#e6d3b5", floor_y=1330, floor="#c49a6c")
        rounded(c, 70, 256, 760, 720, 26, soft("#3a2a1a", 0.3, 26))
        rounded(c, 60, 230, 760, 720, 26, linear((60, 230), (820, 950), "#c7d0da", "#8f9bab"))
        rounded(c, 82, 252, 716, 676, 14, linear((82, 252), (798, 928), "#ffffff", "#eef3f6"))
        rounded(c, 180, 946, 500, 24, 8, linear((0, 946), (0, 970), "#b5bfca", "#8894a4"))
        for x, colour in ((230, "#e4572e"), (300, "#3a86a8"), (370, "#3fae7a")):
            rounded(c, x, 934, 56, 14, 7, fill(colour))
        oval(c, 830, 1400, 220, 30, fill("#3a2a1a", 0.25))

    back = stage.still(room)

    def drawn(c: skia.Canvas, path: skia.Path, share: float, paint: skia.Paint) -> None:
        """The first part of a line, as a pen has got so far."""
        if share <= 0:
            return
        measure = skia.PathMeasure(path, False)
        part = skia.Path()
        measure.getSegment(0, measure.getLength() * share, part, True)
        c.drawPath(part, paint)

    axis = polygon([(150, 330), (150, 640), (440, 640)], closed=False)
    curve = smooth([(160, 620), (220, 560), (270, 590), (330, 480), (380, 500), (430, 370)], closed=False)
    ring = skia.Path()
    ring.addArc(box(530, 330, 210, 210), -90, 359)
    bulb = smooth(
        [(230, 860), (226, 830), (190, 790), (206, 730), (260, 706), (314, 730), (330, 790), (294, 830), (290, 860)], closed=False
    )
    arrow = smooth([(380, 800), (470, 760), (560, 800)], closed=False)

    def draw(c: skia.Canvas, t: float) -> None:
        back.draw(c)
        drawn(c, axis, ease(t, 0.1, 0.9), stroke("#2b3148", 9))
        drawn(c, curve, ease(t, 0.8, 2.0), stroke("#e4572e", 12))
        drawn(c, ring, ease(t, 1.7, 2.7), stroke("#3a86a8", 30))
        c.drawArc(box(530, 330, 210, 210), -90, 130 * ease(t, 2.3, 2.9), False, stroke("#f2a65a", 30))
        drawn(c, bulb, ease(t, 2.7, 3.6), stroke("#3fae7a", 10))
        drawn(c, arrow, ease(t, 3.4, 4.0), stroke("#2b3148", 9))
        for k in range(3):
            drawn(
                c,
                polygon([(600, 740 + 56 * k), (760 - 50 * (k % 2), 740 + 56 * k)], closed=False),
                ease(t, 3.7 + 0.3 * k, 4.2 + 0.3 * k),
                stroke("#8894a4", 12),
            )
        for k in range(8):
            glowing = ease(t, 3.5, 4.0)
            angle = k * 45
            c.save()
            c.translate(260, 785)
            c.rotate(angle)
            c.drawLine(0, -108, 0, -108 - 26 * glowing * (0.7 + 0.3 * wave(t, 0.9, k * 0.1)), stroke("#f2b134", 9, glowing))
            c.restore()
        arm = 118 + 16 * wave(t, 1.4) + 10 * wave(t, 0.53)
        pose = people.Pose(
            lean=2 + 1.5 * wave(t, 2.8),
            near_arm=(arm, 24 - 12 * wave(t, 1.1)),
            far_arm=(16 + 6 * wave(t, 2.1), 60),
            near_leg=(-5, 2),
            far_leg=(7, -2),
            nod=5 * wave(t, 2.3),
        )
        c.save()
        c.translate(890, 0)
        c.scale(-1, 1)  # looks at the board
        hand = people.figure(c, 0, 990 + 3 * wave(t, 2.8), 800, pose, outfit).near_hand
        c.drawLine(hand[0], hand[1], hand[0] + 46, hand[1] - 30, stroke("#e4572e", 14))
        c.restore()
        land.potted(c, 110, 1400, 360, "#4f9d69", "#e07a5f", t)

    return draw


def charts_and_clock(stage: Stage) -> Draw:
    def room(c: skia.Canvas) -> None:
        sky.backdrop(c, "#eef2ff", "#d6def8", "#b9c6f0", bottom=1700)
        glow(c, 840, 260, 620, "#ffffff", 0.8)
        for x, y, w, h in ((80, 640, 570, 640), (690, 700, 310, 310)):
            rounded(c, x + 6, y + 22, w, h, 46, soft("#3a4a8a", 0.28, 30))
            rounded(c, x, y, w, h, 46, fill("#ffffff"))
        rounded(c, 696, 1062, 310, 218, 46, soft("#3a4a8a", 0.28, 30))
        rounded(c, 690, 1042, 310, 238, 46, fill("#ffffff"))
        c.drawCircle(540, 396, 216, soft("#3a4a8a", 0.3, 34))
        for k in range(5):
            c.drawLine(130, 1200 - k * 110, 600, 1200 - k * 110, stroke("#dfe5f7", 4))

    back = stage.still(room)
    cup = stage.still(lambda c: vessels.tumbler(c, 190, 520, 330, "#4a6ff0"), 80, 150, 220, 380)
    targets = (0.38, 0.52, 0.46, 0.7, 0.84, 1.0)
    colours = ("#4a6ff0", "#4a6ff0", "#7a8ff5", "#4a6ff0", "#7a8ff5", "#ff8a5c")

    def draw(c: skia.Canvas, t: float) -> None:
        back.draw(c)
        interior.clock(c, 540, 380 + 6 * wave(t, 3.6), 210, 8.8 + 0.62 * t, rim="#34427a")
        tops: list[Point] = []
        for index, target in enumerate(targets):
            grown = ease(t, 0.2 + 0.25 * index, 1.5 + 0.25 * index)
            tall = 430 * target * grown * (1 + 0.035 * wave(t, 2.2, index * 0.19)) + 8
            x = 132.0 + index * 80
            rounded(c, x, 1200 - tall, 56, tall, 18, linear((0, 1200 - tall), (0, 1200), light(colours[index], 0.25), colours[index]))
            tops.append((x + 28, 1200 - tall - 46))
        c.drawPath(smooth(tops, closed=False), stroke("#2ec4b6", 10))
        for x, y in tops:
            c.drawCircle(x, y, 15, fill("#ffffff"))
            c.drawCircle(x, y, 10, fill("#2ec4b6"))
        sweep = ease(t, 0.4, 2.4)
        start = -90 + 8 * t
        for colour, begin, part in (("#4a6ff0", 0.0, 0.46), ("#2ec4b6", 0.46, 0.3), ("#ffb627", 0.76, 0.24)):
            c.drawArc(box(755, 765, 180, 180), start + 360 * begin * sweep, 360 * part * sweep - 6, False, stroke(colour, 44))
        for k in range(3):
            wide = 200 * (0.55, 0.8, 0.4)[k] * (0.85 + 0.15 * wave(t, 2.4, k * 0.3)) * ease(t, 0.6 + 0.3 * k, 1.8 + 0.3 * k)
            rounded(c, 770, 1092 + 56 * k, 200, 20, 10, fill("#e4e9fa"))
            rounded(c, 770, 1092 + 56 * k, max(20.0, wide), 20, 10, fill(("#4a6ff0", "#2ec4b6", "#ffb627")[k]))
            c.drawCircle(735, 1102 + 56 * k, 12, fill(("#4a6ff0", "#2ec4b6", "#ffb627")[k]))
        rise = ease(t, 2.6, 3.6)
        c.save()
        c.translate(880, 520 - 40 * rise + 10 * wave(t, 2.0))
        c.drawPath(polygon([(-90, 50), (-30, -10), (10, 20), (80, -60)], closed=False), stroke("#ff8a5c", 20, 0.35 + 0.65 * rise))
        c.drawPath(polygon([(30, -66), (90, -70), (86, -10)], closed=False), stroke("#ff8a5c", 20, 0.35 + 0.65 * rise))
        c.restore()
        cup.draw(c, 0, 8 * wave(t, 2.8))
        oval(c, 190, 548, 110, 16, fill("#34427a", 0.18))

    return draw


SCENES = {
    "desk_with_cup": desk_with_cup,
    "open_book": open_book,
    "whiteboard_lesson": whiteboard_lesson,
    "charts_and_clock": charts_and_clock,
}
