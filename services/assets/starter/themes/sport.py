"""Sport and health."""

from __future__ import annotations

import skia

from services.assets.starter.kit import goods, interior, land, people, sky, vessels
from services.assets.starter.kit.motion import breath, cycle, ease, wave
from services.assets.starter.kit.paint import box, dark, fill, glow, light, linear, oval, polygon, radial, rounded, smooth, stroke
from services.assets.starter.stage import HEIGHT, WIDTH, Draw, Stage


def runner_in_park(stage: Stage) -> Draw:
    outfit = people.Outfit(
        skin="#e8a47c", hair="#2b1d24", top="#ffcf3f", bottom="#27345a", shoes="#ff5a5f", sleeve=False, shorts=True, long_hair=True
    )

    def far(c: skia.Canvas) -> None:
        sky.backdrop(c, "#7cc8e8", "#c9ecf0", "#fff3d6", bottom=1150)
        sky.sun(c, 250, 380, 84, "#ffdc8a", "#fff2c4")
        land.ridge(c, 1010, 80, "#b5dcb4", "#a4d0a4", seed=6)
        land.ridge(c, 1090, 60, "#8cc795", "#79b884", seed=10)

    def trees(c: skia.Canvas) -> None:
        for k in range(8):
            land.tree(c, 90 + k * 290, 1230 + 14 * (k % 2), 400 + 60 * (k * 3 % 4), ("#5fae73", "#79bd6a", "#4c9d78")[k % 3])
        land.ridge(c, 1225, 12, "#6dbb6a", "#3f8f58", seed=3, right=2400)

    def track(c: skia.Canvas) -> None:
        c.drawRect(box(0, 1300, 3600, 210), linear((0, 1300), (0, 1510), "#e98a62", "#c9603f"))
        for y in (1300, 1366, 1436, 1506):
            c.drawRect(box(0, y, 3600, 7), fill("#fff3e6", 0.85))
        c.drawRect(box(0, 1513, 3600, 420), linear((0, 1513), (0, HEIGHT), "#5fae62", "#2c6a47"))
        for k in range(20):
            c.drawPath(
                polygon([(k * 190, 1513), (k * 190 + 95, 1513), (k * 190 + 20, HEIGHT), (k * 190 - 110, HEIGHT)]), fill("#6fbf6c", 0.35)
            )

    back = stage.still(far)
    park = stage.still(trees, 0, 600, 2300, 720)
    ground = stage.still(track, 0, 1290, 3400, 630)
    puff = sky.cloud_still(stage, 380, "#ffffff", "#e2f2f6")

    def draw(c: skia.Canvas, t: float) -> None:
        back.draw(c)
        puff.draw(c, 300 - 30 * t, 560)
        puff.draw(c, 940 - 30 * t, 420)
        park.draw(c, -210 * t)
        ground.draw(c, -450 * t)
        hop = abs(wave(t, 0.72))
        oval(c, 540, 1402, 150 - 40 * hop, 20, fill("#5a2a20", 0.35))
        people.figure(c, 520, 1010 - 46 * hop, 790, people.running(t), outfit)
        for k in range(6):
            share = cycle(t, 0.6, k / 6)
            y = 820 + 84 * k
            c.drawLine(330 - 300 * share, y, 230 - 300 * share, y, stroke("#ffffff", 8, 0.65 * (1 - share)))
        for k in range(4):
            share = cycle(t, 0.72, k / 4)
            c.drawCircle(430 - 170 * share, 1394 - 40 * share, 16 * (1 - share) + 4, fill("#f6d9c4", 0.6 * (1 - share)))

    return draw


def yoga_at_sunrise(stage: Stage) -> Draw:
    skin, top, tights = "#e9ab84", "#f7f3ee", "#5b4b8a"

    def far(c: skia.Canvas) -> None:
        sky.backdrop(c, "#f4a9a0", "#fbd0b0", "#fff0d0", bottom=1150)
        sky.sun(c, 540, 700, 250, "#ffc46a", "#ffe0a0")
        land.ridge(c, 1080, 90, "#e8a9a4", "#d99a9f", seed=4)
        c.drawRect(box(0, 1120, WIDTH, 160), linear((0, 1120), (0, 1280), "#f6c9b0", "#c98fa4"))
        for k in range(12):
            rounded(c, 540 - 180 + (k * 53) % 90, 1132 + k * 11, 300 - (k * 31) % 150, 5, 3, fill("#fff3d6", 0.7))
        land.ridge(c, 1290, 20, "#7a9a6c", "#3f6a52", seed=9)

    def mat(c: skia.Canvas) -> None:
        c.drawPath(polygon([(170, 1310), (910, 1310), (1010, 1400), (70, 1400)]), linear((0, 1310), (0, 1400), "#6fc4b8", "#3f958c"))
        c.drawPath(polygon([(190, 1318), (890, 1318), (900, 1328), (180, 1328)]), fill("#ffffff", 0.35))
        oval(c, 540, 1356, 330, 26, fill("#1f3a3a", 0.3))
        vessels.tumbler(c, 920, 1352, 190, "#f07b4f")

    back = stage.still(far)
    rug = stage.still(mat, 40, 1100, 1000, 320)
    thin = sky.cloud_still(stage, 300, "#fff4e4", "#fbd3bd")

    def person(c: skia.Canvas, t: float) -> None:
        rise = breath(t, 5.0)
        lift = -12 * rise
        for side in (-1, 1):  # crossed legs
            path = smooth(
                [(540, 1270), (540 + side * 150, 1240), (540 + side * 265, 1312), (540 + side * 120, 1346), (540 - side * 60, 1350)],
                closed=False,
            )
            c.drawPath(path, stroke(dark(tights, 0.18) if side < 0 else tights, 86))
            c.drawPath(polygon([(540 - side * 60, 1352), (540 - side * 120, 1350)], closed=False), stroke(skin, 50))
        torso = smooth(
            [
                (462, 1280),
                (470, 1120 + lift / 2),
                (440, 968 + lift),
                (470, 930 + lift),
                (540, 918 + lift),
                (610, 930 + lift),
                (640, 968 + lift),
                (610, 1120 + lift / 2),
                (618, 1280),
                (540, 1310),
            ]
        )
        c.drawPath(torso, linear((440, 0), (640, 0), light(top, 0.2), top, dark(top, 0.16)))
        hands = 560 + lift * 1.5 - 26 * rise
        for side in (-1, 1):  # arms meet above the head
            elbow = (540 + side * (178 - 14 * rise), 760 + lift - 16 * rise)
            c.drawPath(
                smooth([(540 + side * 82, 962 + lift), elbow, (540 + side * 12, hands)], closed=False),
                stroke(skin if side > 0 else dark(skin, 0.08), 46),
            )
        oval(c, 540, hands - 8, 24, 48, fill(skin))
        c.drawLine(540, 920 + lift, 540, 880 + lift, stroke(dark(skin, 0.15), 56))
        c.drawCircle(540, 720 + lift, 40, fill("#3a2430"))
        oval(c, 540, 806 + lift, 80, 88, fill("#3a2430"))
        oval(c, 540, 822 + lift, 66, 76, fill(skin))
        c.drawPath(
            smooth(
                [
                    (474, 812 + lift),
                    (490, 760 + lift),
                    (540, 744 + lift),
                    (590, 760 + lift),
                    (606, 812 + lift),
                    (570, 778 + lift),
                    (540, 772 + lift),
                    (510, 778 + lift),
                ]
            ),
            fill("#3a2430"),
        )
        for side in (-1, 1):
            c.drawArc(box(540 + side * 30 - 15, 812 + lift, 30, 18), 10, 160, False, stroke("#4a2c2c", 5))
        c.drawArc(box(522, 846 + lift, 36, 22), 20, 140, False, stroke("#b5574a", 5))

    def draw(c: skia.Canvas, t: float) -> None:
        back.draw(c)
        for k in range(3):
            ring = cycle(t, 5.0, k / 3)
            c.drawCircle(540, 700, 260 + 330 * ring, stroke("#fff6dc", 10, 0.5 * (1 - ring)))
        thin.draw(c, 160 + 30 * t, 420)
        thin.draw(c, 960 - 30 * t, 560)
        rug.draw(c)
        person(c, t)
        for k in range(9):
            share = cycle(t, 6.0, k * 0.291)
            land.leaf(c, 60 + (k * 137) % 1000 + 60 * wave(t, 3.0, k * 0.2), 200 + 1150 * share, 30, 300 * share + 50 * k, "#f48fb1", 0.5)
        land.grass(c, HEIGHT, 200, "#2c523f", t, seed=12, count=52)

    return draw


def lemon_water(stage: Stage) -> Draw:
    def room(c: skia.Canvas) -> None:
        sky.backdrop(c, "#d6f3ee", "#b5e6dc", "#8fd3c8", bottom=1250)
        glow(c, 820, 320, 720, "#ffffff", 0.8)
        sky.bokeh(c, 14, seed=18, colours=("#ffffff", "#fff3b0", "#c9f4e4"), top=100, bottom=1100, size=110)
        interior.table(c, 1210, "#f3e4c8")
        interior.shadow(c, 540, 1312, 460, 0.3)
        for x, y, r in ((190, 1290, 96), (310, 1330, 76)):
            interior.shadow(c, x, y + r * 0.8, r * 2, 0.3)
            oval(c, x, y, r * 1.1, r * 0.95, radial((x - r * 0.3, y - r * 0.4), r * 1.7, "#fff0a0", "#f7cf3a", "#d99a1c"))
            oval(c, x + r * 1.06, y, r * 0.16, r * 0.2, fill("#e3ae26"))
        land.leaf(c, 300, 1260, 130, 60, "#5fae62")
        land.leaf(c, 270, 1250, 110, 15, "#79bd6a")

    back = stage.still(room)
    bubbles = vessels.Bubbles(26, seed=5, left=400, right=680, top=760, bottom=1270)

    def draw(c: skia.Canvas, t: float) -> None:
        back.draw(c)
        glass = polygon([(350, 480), (730, 480), (690, 1310), (390, 1310)])
        c.drawPath(glass, fill("#ffffff", 0.3))
        c.save()
        c.clipPath(glass, True)
        splash = max(0.0, 1 - abs(t - 1.25) * 1.6) + max(0.0, 1 - abs(t - 2.75) * 1.6)
        points = [(x, 700 + (8 + 26 * splash) * wave(t, 0.8, x / 330)) for x in range(330, 751, 20)]
        c.drawPath(
            polygon([*points, (750, 1330), (330, 1330)]),
            linear((0, 700), (0, 1310), ("#bfeaf2", 0.75), ("#7fd0e2", 0.85), ("#58b4d0", 0.9)),
        )
        c.drawPath(smooth(points, closed=False), stroke("#ffffff", 10, 0.85))
        bubbles.draw(c, t)
        for index, (x, y, size) in enumerate(((450, 790, 104), (600, 830, 112), (510, 930, 96))):
            vessels.ice_cube(c, x, y + 14 * wave(t, 2.4, index * 0.3), size, 18 * wave(t, 4.1, index * 0.27) + 20 * index)
        land.leaf(c, 640, 1040 + 14 * wave(t, 3.0), 120, 40 + 14 * wave(t, 3.7), "#4fae6a", 0.4)
        land.leaf(c, 470, 1180 + 10 * wave(t, 2.6), 110, -50 + 16 * wave(t, 3.3), "#66bf74", 0.4)
        c.restore()
        for start, place, turn in ((0.35, 470, 1.0), (1.85, 610, -1.0)):
            fall = ease(t, start, start + 1.0)
            sink = ease(t, start + 1.0, start + 2.6)
            depth = 120 + 570 * fall * fall + 330 * sink + 12 * wave(t, 2.2, start) * sink
            if t > start:
                c.save()
                c.clipPath(polygon([(0, 0), (WIDTH, 0), (WIDTH, 470), (730, 480), (690, 1300), (390, 1300), (350, 480), (0, 470)]), True)
                c.translate(place, depth)
                c.rotate(turn * (200 * fall + 60 * sink + 6 * wave(t, 2.0)))
                vessels.citrus(c, 0, 0, 110, 0)
                c.restore()
            after = (t - start - 0.82) / 0.7
            if 0 < after < 1:
                for k in range(9):
                    vessels.drop(
                        c,
                        place + (k - 4) * 56 * after,
                        690 - (320 - 36 * abs(k - 4)) * 4 * after * (1 - after) * 0.8,
                        17,
                        "#c9eef6",
                        1 - after**3,
                    )
        c.drawPath(glass, stroke("#ffffff", 10, 0.85))
        c.drawPath(polygon([(392, 520), (418, 520), (436, 1260), (414, 1260)]), fill("#ffffff", 0.4))
        c.drawPath(polygon([(432, 520), (440, 520), (452, 1200), (446, 1200)]), fill("#ffffff", 0.35))
        oval(c, 540, 480, 190, 18, stroke("#ffffff", 8, 0.9))
        straw = polygon([(640, 330), (664, 336), (600, 900), (580, 896)])
        c.drawPath(straw, linear((620, 330), (650, 336), "#ff8f6b", "#e4572e"))
        glow(c, 820 + 16 * wave(t, 4), 320, 240, "#fffbe0", 0.4 + 0.1 * wave(t, 2.3))

    return draw


def heart_pulse(stage: Stage) -> Draw:
    def room(c: skia.Canvas) -> None:
        sky.backdrop(c, "#3a1c4f", "#7a2a5c", "#c2445f", bottom=1700)
        glow(c, 540, 680, 760, "#ff8a8a", 0.5)
        sky.bokeh(c, 18, seed=22, colours=("#ffb3c1", "#ff8fa3", "#ffd6a5"), top=80, bottom=1800, size=85)
        for k in range(8):
            c.drawLine(0, 1060 + k * 56, WIDTH, 1060 + k * 56, stroke("#ffffff", 2, 0.1))
        for k in range(20):
            c.drawLine(k * 56, 1060, k * 56, 1452, stroke("#ffffff", 2, 0.1))

    def shape(c: skia.Canvas) -> None:
        goods.heart(c, 0, 0, 290, radial((-110, -130), 560, "#ff9aa2", "#ff4d5e", "#b3153f"))
        c.drawPath(smooth([(-190, -60), (-200, -150), (-130, -200), (-120, -180), (-165, -140), (-165, -60)]), fill("#ffffff", 0.55))

    def beat(t: float) -> float:
        share = cycle(t, 1.0)
        return max(0.0, 1 - abs(share - 0.12) * 9) + 0.6 * max(0.0, 1 - abs(share - 0.34) * 8)

    def trace(x: float) -> float:
        share = (x / 420) % 1.0
        for centre, half, height in ((0.3, 0.05, 26), (0.42, 0.025, -30), (0.48, 0.03, 190), (0.54, 0.03, -70), (0.72, 0.08, 44)):
            if abs(share - centre) < half:
                return height * (1 - abs(share - centre) / half)
        return 0.0

    back = stage.still(room)

    def draw(c: skia.Canvas, t: float) -> None:
        back.draw(c)
        for k in range(3):
            ring = cycle(t, 1.5, k / 3)
            goods.heart(c, 540, 640, 290 + 260 * ring, stroke("#ffd0d6", 9, 0.5 * (1 - ring)))
        c.save()
        c.translate(540, 640 + 5 * wave(t, 2))
        size = 1 + 0.085 * beat(t)
        c.scale(size, size)
        shape(c)
        c.restore()
        head = 900.0
        points = [(x, 1250 - trace(x + 420 * t) * 0.95) for x in range(-10, int(head) + 1, 6)]
        line = polygon(points, closed=False)
        c.drawPath(line, linear((0, 0), (head, 0), ("#ffd6a5", 0), ("#ffe9c9", 0.35), width=26))
        c.drawPath(line, linear((0, 0), (head, 0), ("#ffffff", 0), "#fff4e0", width=9))
        x, y = points[-1]
        glow(c, x, y, 70, "#ffe9b0", 0.9)
        c.drawCircle(x, y, 13, fill("#ffffff"))
        for k in range(8):
            share = cycle(t, 4.2, k * 0.281)
            goods.heart(
                c,
                120 + (k * 271) % 860 + 30 * wave(t, 2.2, k * 0.3),
                1000 - 900 * share,
                16 + 6 * (k % 3),
                fill("#ffc2cc", 0.7 * (1 - share) * min(1.0, share * 6)),
            )

    return draw


SCENES = {
    "runner_in_park": runner_in_park,
    "yoga_at_sunrise": yoga_at_sunrise,
    "lemon_water": lemon_water,
    "heart_pulse": heart_pulse,
}
