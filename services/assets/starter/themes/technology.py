"""Technology."""

from __future__ import annotations

import random
from itertools import pairwise

import skia

from services.assets.starter.kit import devices, goods, interior, land, sky
from services.assets.starter.kit.motion import cycle, ease, wave
from services.assets.starter.kit.paint import Point, box, dark, fill, glow, light, linear, oval, polygon, rounded, smooth, soft, stroke
from services.assets.starter.stage import Draw, Stage


def phone_with_feed(stage: Stage) -> Draw:
    def room(c: skia.Canvas) -> None:
        sky.backdrop(c, "#5b5bd6", "#8a6ae0", "#e89ac7", bottom=1800)
        glow(c, 540, 760, 760, "#ffffff", 0.35)
        for x, y, r, colour in ((120, 300, 190, "#ffd166"), (980, 1180, 240, "#4cc9f0"), (960, 260, 120, "#f72585")):
            c.drawCircle(x, y, r, linear((x - r, y - r), (x + r, y + r), (light(colour, 0.3), 0.9), (colour, 0.5)))
        rounded(c, 326, 330, 470, 950, 80, soft("#1a1240", 0.5, 50))

    def cards(c: skia.Canvas) -> None:
        for k in range(9):
            y = k * 310
            a, b = (("#ff9a76", "#f9627d"), ("#7bdff2", "#4a8fe7"), ("#b8f2a0", "#3fae7a"))[k % 3]
            rounded(c, 24, y, 372, 288, 34, fill("#ffffff"))
            rounded(c, 40, y + 16, 340, 170, 24, linear((40, y), (380, y + 190), a, b))
            if k % 3 == 0:
                c.drawCircle(300, y + 74, 30, fill("#fff2c4"))
                c.save()
                c.clipRect(box(40, y + 16, 340, 170))
                land.mountain(c, 160, y + 190, 260, 120, "#8a3f6c", seed=3, snow="#ffe9e0")
                c.restore()
            elif k % 3 == 1:
                rounded(c, 180, y + 60, 70, 100, 14, linear((180, 0), (250, 0), "#ffffff", "#dceaf6"))
                rounded(c, 176, y + 46, 78, 24, 10, fill("#27405c"))
            else:
                land.leaf(c, 210, y + 160, 110, -24, "#ffffff")
                land.leaf(c, 210, y + 160, 120, 26, "#e8ffd6")
            devices.avatar(c, 72, y + 236, 28, b, "#f0b48c", "#3a2430")
            rounded(c, 116, y + 214, 170, 16, 8, fill("#3a3f5c", 0.8))
            rounded(c, 116, y + 244, 110, 12, 6, fill("#a9aec4"))
            goods.heart(c, 350, y + 236, 20, fill("#ff5a7a"))

    back = stage.still(room)
    handset = stage.still(lambda c: devices.phone(c, 540, 790, 470), 290, 290, 500, 1000)
    feed = stage.still(cards, 0, 0, 420, 2790)

    def draw(c: skia.Canvas, t: float) -> None:
        back.draw(c)
        float_y = 12 * wave(t, 4)
        handset.draw(c, 0, float_y)
        screen = devices.phone_screen(540, 790 + float_y, 470)
        c.save()
        c.clipRRect(skia.RRect.MakeRectXY(screen, 50, 50), True)
        c.drawRect(screen, fill("#f1f2fa"))
        scroll = sum(310 * ease(t, start, start + 0.75) for start in (0.3, 1.5, 2.7, 3.9)) + 8 * t
        feed.draw(c, screen.left() + 4, screen.top() + 96 - scroll)
        c.drawRect(box(screen.left(), screen.top(), screen.width(), 84), fill("#f1f2fa", 0.94))
        rounded(c, screen.centerX() - 70, screen.bottom() - 22, 140, 8, 4, fill("#1d2233", 0.7))
        c.restore()
        devices.island(c, screen)
        for k in range(10):
            share = cycle(t, 2.6, k * 0.37)
            x = 850 + 70 * wave(t, 1.7, k * 0.23) + (k % 3) * 40
            goods.heart(
                c,
                x,
                1120 - 760 * share,
                22 + 9 * (k % 3),
                fill(("#ff5a7a", "#ffd166", "#ffffff")[k % 3], 0.95 * (1 - share) * min(1.0, share * 8)),
            )
        for index, (x, y, colour) in enumerate(((170, 640, "#ffffff"), (150, 980, "#ffe9b0"))):
            by = y + 20 * wave(t, 3.2, index * 0.4)
            rounded(c, x - 96, by - 56, 192, 112, 44, fill(colour, 0.95))
            c.drawPath(polygon([(x + 40, by + 40), (x + 86, by + 92), (x + 78, by + 30)]), fill(colour, 0.95))
            for d in range(3):
                c.drawCircle(x - 46 + 46 * d, by - 8 * max(0.0, wave(t, 1.0, -d * 0.15)), 13, fill("#5b5bd6"))

    return draw


def chip_and_circuit(stage: Stage) -> Draw:
    rng = random.Random(11)
    traces: list[list[Point]] = []
    for side in range(4):
        for k in range(7):
            offset = -234 + k * 78
            reach = 330 + rng.uniform(0, 90)
            far = 760 + rng.uniform(0, 160)
            spread = offset * 1.9
            points: list[Point] = [(offset, 270), (offset, reach), (spread, reach + abs(spread - offset)), (spread, far)]
            turned: list[Point] = [(x, y) if side == 0 else (-y, x) if side == 1 else (-x, -y) if side == 2 else (y, -x) for x, y in points]
            traces.append([(540 + x, 680 + y) for x, y in turned])

    def board(c: skia.Canvas) -> None:
        sky.backdrop(c, "#071a2f", "#0b3048", "#0a2238", bottom=1700)
        glow(c, 540, 680, 760, "#1fb6c9", 0.4)
        for points in traces:
            c.drawPath(polygon(points, closed=False), stroke("#1d6f86", 9))
            c.drawPath(polygon(points, closed=False), stroke("#2c93a8", 3))
            c.drawCircle(*points[-1], 16, fill("#2c93a8"))
            c.drawCircle(*points[-1], 8, fill("#071a2f"))
        for k in range(16):
            x, y = 50 + (k % 2) * 100 + (k % 4 // 2) * 790, 1500 + k // 4 * 90
            rounded(c, x, y, 54, 26, 5, linear((x, 0), (x + 54, 0), "#3a4a5c", "#1d2733"))
            c.drawRect(box(x - 6, y + 2, 10, 22), fill("#c9a86a"))
            c.drawRect(box(x + 50, y + 2, 10, 22), fill("#c9a86a"))
        rounded(c, 290, 430, 500, 500, 40, soft("#000814", 0.7, 40))
        devices.chip(c, 540, 680, 470, "#26313f", "#0f8fa8")

    back = stage.still(board)
    spark = stage.still(lambda c: glow(c, 0, 0, 44, "#9ff6ff", 1.0), -44, -44, 88, 88)

    def along(points: list[Point], share: float) -> Point:
        lengths = [abs(b[0] - a[0]) + abs(b[1] - a[1]) for a, b in pairwise(points)]
        left = share * sum(lengths)
        for ((ax, ay), (bx, by)), length in zip(pairwise(points), lengths, strict=True):
            if left <= length:
                part = left / max(length, 1e-9)
                return (ax + (bx - ax) * part, ay + (by - ay) * part)
            left -= length
        return points[-1]

    def draw(c: skia.Canvas, t: float) -> None:
        back.draw(c)
        for index, points in enumerate(traces):
            share = cycle(t, 1.8 + 0.13 * (index % 5), index * 0.382)
            inward = index % 2 == 0
            for k in range(4):
                part = share - 0.03 * k
                if part > 0:
                    x, y = along(points, 1 - part if inward else part)
                    if k == 0:
                        spark.draw(c, x, y)
                    c.drawCircle(x, y, 8 - 1.6 * k, fill("#d9fdff" if index % 3 else "#ffe9a0", 1 - 0.22 * k))
        pulse = 0.5 + 0.5 * wave(t, 1.8)
        rounded(c, 540 - 155, 680 - 155, 310, 310, 24, linear((385, 525), (695, 835), ("#5ff0ff", 0.15 + 0.35 * pulse), ("#5ff0ff", 0.0)))
        for k in range(3):
            half = 60 + 34 * k
            rounded(c, 540 - half, 680 - half, 2 * half, 2 * half, 16, stroke("#bffaff", 5, 0.25 + 0.6 * max(0.0, wave(t, 1.8, -k * 0.18))))
        sweep = cycle(t, 2.5) * 560 - 45
        c.save()
        c.clipRect(box(305, 445, 470, 470))
        c.drawPath(polygon([(250 + sweep, 445), (330 + sweep, 445), (210 + sweep, 915), (130 + sweep, 915)]), fill("#ffffff", 0.12))
        c.restore()

    return draw


def headphones_and_sound(stage: Stage) -> Draw:
    def room(c: skia.Canvas) -> None:
        sky.backdrop(c, "#ffb199", "#ff7e8a", "#8a4fa8", bottom=1800)
        glow(c, 540, 640, 720, "#fff0d6", 0.65)
        c.drawCircle(540, 640, 400, linear((140, 240), (940, 1040), ("#ffffff", 0.5), ("#ffffff", 0.08)))

    back = stage.still(room)

    def note(c: skia.Canvas, x: float, y: float, size: float, angle: float, alpha: float) -> None:
        c.save()
        c.translate(x, y)
        c.rotate(angle)
        for dx in (0.0, size * 0.7):
            oval(c, dx, 0, size * 0.24, size * 0.18, fill("#ffffff", alpha))
            c.drawLine(dx + size * 0.2, 0, dx + size * 0.2, -size * 0.9, stroke("#ffffff", size * 0.09, alpha))
        c.drawLine(size * 0.2, -size * 0.9, size * 0.9, -size * 0.9, stroke("#ffffff", size * 0.18, alpha))
        c.restore()

    def draw(c: skia.Canvas, t: float) -> None:
        back.draw(c)
        for k in range(4):
            ring = cycle(t, 2.4, k / 4)
            c.drawCircle(540, 640, 300 + 420 * ring, stroke("#ffffff", 12 * (1 - ring) + 2, 0.5 * (1 - ring)))
        for k in range(27):
            x = 540 + (k - 13) * 40
            envelope = 1 - (abs(k - 13) / 15) ** 2
            level = abs(wave(t, 0.9, k * 0.083)) * 0.55 + abs(wave(t, 0.53, k * 0.19)) * 0.45
            half = 14 + 170 * envelope * level
            rounded(c, x - 11, 1250 - half, 22, 2 * half, 11, linear((0, 1080), (0, 1420), "#fff3c4", "#ffd166", "#ff8fa3"))
        c.save()
        c.translate(540, 620 + 14 * wave(t, 1.8))
        c.rotate(5 * wave(t, 1.8, 0.25))
        devices.headphones(c, 0, 0, 760, "#2d3250", "#ffb627")
        c.restore()
        for k in range(7):
            share = cycle(t, 3.4, k * 0.41)
            side = -1 if k % 2 else 1
            note(
                c,
                540 + side * (330 + 130 * share + 30 * wave(t, 1.6, k * 0.2)),
                760 - 620 * share,
                56 + 12 * (k % 3),
                14 * wave(t, 1.9, k * 0.3),
                (1 - share) * min(1.0, share * 7),
            )

    return draw


def charging_phone(stage: Stage) -> Draw:
    def room(c: skia.Canvas) -> None:
        sky.backdrop(c, "#0f2a2e", "#14524f", "#1f8a6f", bottom=1800)
        glow(c, 540, 700, 760, "#5ff0a8", 0.4)
        interior.table(c, 1270, "#2b5a55")
        oval(c, 540, 1300, 380, 64, soft("#04110f", 0.6, 26))
        oval(c, 540, 1290, 330, 52, linear((0, 1238), (0, 1342), "#eef4f2", "#b5c7c2"))
        oval(c, 540, 1280, 290, 40, linear((0, 1240), (0, 1320), "#ffffff", "#d9e6e2"))
        cable = smooth([(860, 1300), (980, 1340), (1010, 1480), (1100, 1540)], closed=False)
        c.drawPath(cable, stroke("#dfe9e6", 18))

    back = stage.still(room)
    handset = stage.still(lambda c: devices.phone(c, 540, 720, 480), 280, 210, 520, 1020)

    def draw(c: skia.Canvas, t: float) -> None:
        back.draw(c)
        pulse = 0.5 + 0.5 * wave(t, 1.6)
        oval(c, 540, 1284, 300, 42, stroke("#5ff0a8", 7, 0.35 + 0.6 * pulse))
        for k in range(3):
            ring = cycle(t, 2.4, k / 3)
            oval(c, 540, 1284, 300 + 170 * ring, 42 + 28 * ring, stroke("#8affc4", 6, 0.6 * (1 - ring)))
        lift = 10 * wave(t, 3.2)
        handset.draw(c, 0, lift)
        screen = devices.phone_screen(540, 720 + lift, 480)
        c.save()
        c.clipRRect(skia.RRect.MakeRectXY(screen, 52, 52), True)
        c.drawRect(screen, linear((0, 250), (0, 1200), "#0d2430", "#0f3f3f"))
        level = 0.12 + 0.84 * ease(t, 0.1, 4.9)
        top = screen.bottom() - screen.height() * level
        for phase, colour, alpha in ((0.0, "#1fae7a", 0.55), (0.45, "#3fe08f", 0.85)):
            points = [(x, top + 16 * wave(t, 1.7, x / 420 + phase)) for x in range(int(screen.left()) - 20, int(screen.right()) + 41, 20)]
            path = polygon([*points, (screen.right() + 40, screen.bottom()), (screen.left() - 20, screen.bottom())])
            c.drawPath(path, linear((0, top), (0, screen.bottom()), (light(colour, 0.25), alpha), (dark(colour, 0.25), alpha)))
        for k in range(14):
            share = cycle(t, 1.9, k * 0.283)
            c.drawCircle(
                screen.left() + 40 + (k * 97) % 360,
                screen.bottom() - (screen.bottom() - top) * share,
                6 + k % 4,
                fill("#eafff4", 0.6 * (1 - share)),
            )
        c.restore()
        devices.island(c, screen)
        c.drawCircle(540, 690 + lift, 118, stroke("#ffffff", 12, 0.25))
        arc = skia.Path()
        arc.addArc(box(422, 572 + lift, 236, 236), -90, 360 * level)
        c.drawPath(arc, stroke("#ffffff", 14))
        devices.bolt(c, 540, 690 + lift, 150 * (1 + 0.04 * pulse), fill("#ffffff", 0.75 + 0.25 * pulse))
        for k in range(10):
            share = cycle(t, 1.7, k * 0.31)
            side = -1 if k % 2 else 1
            devices.bolt(
                c,
                540 + side * (330 + (k * 41) % 130),
                1180 - 700 * share,
                40 + 8 * (k % 3),
                fill("#b8ffd9", 0.9 * (1 - share) * min(1.0, share * 6)),
            )

    return draw


SCENES = {
    "phone_with_feed": phone_with_feed,
    "chip_and_circuit": chip_and_circuit,
    "headphones_and_sound": headphones_and_sound,
    "charging_phone": charging_phone,
}
