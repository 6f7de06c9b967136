"""Nature and outdoors."""

from __future__ import annotations

import random

import skia

from services.assets.starter.kit import land, people, sky, vessels
from services.assets.starter.kit.motion import cycle, wave
from services.assets.starter.kit.paint import box, dark, fill, glow, light, linear, oval, polygon, rounded, smooth, stroke
from services.assets.starter.stage import HEIGHT, WIDTH, Draw, Stage


def mountain_hike_with_cup(stage: Stage) -> Draw:
    outfit = people.Outfit(skin="#eeb088", hair="#4a2c22", top="#e4572e", bottom="#3d4a5c", shoes="#6b452e")

    def far(c: skia.Canvas) -> None:
        sky.backdrop(c, "#6fb3e0", "#b7dcee", "#fff0dc", bottom=1150)
        sky.sun(c, 800, 360, 84, "#ffe09a", "#fff2cf")
        land.mountain(c, 800, 1080, 900, 560, "#8fb4cc", seed=4, snow="#ffffff")
        land.mountain(c, 180, 1090, 1000, 660, "#7aa2bf", seed=9, snow="#f6fbff")
        land.ridge(c, 1080, 40, "#6f9fae", "#557f8f", seed=21)

    def nearer(c: skia.Canvas) -> None:
        land.mountain(c, 900, 1200, 1000, 480, "#557f8f", seed=15, snow="#e9f4f8")
        land.ridge(c, 1130, 60, "#4f8a78", "#3f7466", seed=12, right=1500)
        for k in range(16):
            land.pine(c, 40 + k * 96, 1190 + 20 * (k % 3), 130 + 30 * (k % 4), "#3b7a66")

    def trail(c: skia.Canvas) -> None:
        hill = smooth([(-80, 1330), (240, 1290), (560, 1300), (900, 1270), (1400, 1300), (1900, 1280)], closed=False)
        hill.lineTo(1900, HEIGHT)
        hill.lineTo(-80, HEIGHT)
        hill.close()
        c.drawPath(hill, linear((0, 1260), (0, HEIGHT), "#8fbf6a", "#4f8a4c", "#2f5f3c"))
        path = smooth([(-80, 1372), (300, 1330), (600, 1338), (960, 1306), (1500, 1340), (1900, 1320)], closed=False)
        c.drawPath(path, stroke("#e3cfa2", 46))
        rng = random.Random(4)
        for _ in range(60):
            x, y = rng.uniform(0, 1800), rng.uniform(1400, 1860)
            c.drawCircle(x, y, rng.uniform(6, 13), fill(rng.choice(("#ffd166", "#ffffff", "#ef8fa0")), 0.9))
        for x, y, size in ((120, 1420, 60), (760, 1500, 90), (1300, 1440, 70)):
            c.drawPath(
                smooth([(x - size, y), (x - size * 0.5, y - size * 0.8), (x + size * 0.5, y - size * 0.7), (x + size, y)]),
                linear((x - size, 0), (x + size, 0), "#c9cdd0", "#7f8a90"),
            )

    back = stage.still(far)
    middle = stage.still(nearer, 0, 680, 1500, 760)
    front = stage.still(trail, -60, 1250, 1900, 670)
    puff = sky.cloud_still(stage, 420, "#ffffff", "#dcebf4")

    def draw(c: skia.Canvas, t: float) -> None:
        back.draw(c)
        puff.draw(c, 260 + 30 * t, 560)
        puff.draw(c, -120 + 30 * t, 330)
        middle.draw(c, -30 * t)
        front.draw(c, -90 * t)
        pose = people.walking(t, 1.3, 6)
        raised = people.Pose(pose.lean, (38 + 5 * wave(t, 1.3), 96), pose.far_arm, pose.near_leg, pose.far_leg, -6)
        x, y, height = 480.0, 950 + 8 * wave(t, 0.65), 740.0
        oval(c, x, 1326, 150, 20, fill("#2c3a20", 0.3))
        measured = people.figure(c, x, y, height, raised, outfit)
        people.backpack(c, measured, height, "#f2b134")
        hand = measured.near_hand
        vessels.tumbler(c, hand[0] + 10, hand[1] + 46, 150, "#1f7a78", lid=False)
        c.drawCircle(hand[0] - 8, hand[1] + 2, 20, fill(outfit.skin))
        vessels.steam(c, hand[0] + 10, hand[1] - 90, 170, t, width=26, alpha=0.8)
        for index, (bx, by) in enumerate(((640, 470), (720, 430), (790, 490))):
            sky.bird(c, bx + 40 * t, by - 12 * t, 24, t + 0.3 * index, "#3b5166")
        land.grass(c, HEIGHT, 210, "#3f7d46", t, seed=6, count=60)

    return draw


def sea_at_sunset(stage: Stage) -> Draw:
    def far(c: skia.Canvas) -> None:
        sky.backdrop(c, "#3b3a7a", "#a0558f", "#ff8f6b", "#ffd58f", bottom=980)
        sky.sun(c, 560, 800, 150, "#ff9f5a", "#ffc98a")

    back = stage.still(far)
    puff = sky.cloud_still(stage, 480, "#ffb59a", "#c9709a")
    thin = sky.cloud_still(stage, 300, "#ffd0a8", "#e08a94")
    sea = (("#e88a78", 930), ("#b8648a", 1000), ("#85508f", 1090), ("#57458c", 1210), ("#3a3a7a", 1360), ("#272a5c", 1560))

    def boat(c: skia.Canvas, x: float, y: float, angle: float) -> None:
        c.save()
        c.translate(x, y)
        c.rotate(angle)
        c.drawLine(0, 0, 0, -250, stroke("#5a3a34", 9))
        c.drawPath(polygon([(10, -244), (10, -40), (130, -46)]), linear((0, -244), (130, -40), "#fff7ea", "#f2c9a8"))
        c.drawPath(polygon([(-10, -210), (-10, -44), (-86, -48)]), linear((-86, -210), (0, -40), "#ffd9b8", "#e8a98c"))
        c.drawPath(smooth([(-120, -26), (0, -20), (140, -30), (90, 36), (-80, 36)]), linear((0, -30), (0, 40), "#7a3f3a", "#3f2334"))
        c.restore()

    def draw(c: skia.Canvas, t: float) -> None:
        back.draw(c)
        puff.draw(c, 180 + 30 * t, 520)
        thin.draw(c, 760 - 30 * t, 350)
        thin.draw(c, 980 - 30 * t, 640)
        for index, (x, y, size) in enumerate(((260, 380, 34), (340, 430, 26), (700, 300, 30))):
            sky.bird(c, x + 50 * t, y + 10 * wave(t, 2.6, index * 0.3), size, t + index * 0.27, "#3a2f5a")
        for index, (colour, y) in enumerate(sea):
            if index == 3:
                boat(c, 250 + 46 * t, 1150 + 10 * wave(t, 3.2), 4 * wave(t, 3.6))
            height = 9 + 6 * index
            c.drawPath(
                land.swell(
                    y,
                    height,
                    t,
                    length=360 + 90 * index,
                    period_s=3.0 + 0.4 * index,
                    phase=index * 0.23,
                    bottom=sea[index + 1][1] + 80 if index < 5 else HEIGHT,
                ),
                fill(colour),
            )
            if index < 5:
                for k in range(5):  # the sun's road on the water
                    half = (150 - 18 * index) * (0.35 + 0.65 * abs(wave(t, 2.2, k * 0.21 + index * 0.13)))
                    ry = y + 18 + k * (sea[index + 1][1] - y - 20) / 5
                    rounded(
                        c, 560 - half + 26 * wave(t, 2.8, k * 0.3 + index), ry, 2 * half, 8 + index, 6, fill("#ffdca0", 0.55 - 0.07 * index)
                    )

    return draw


def forest_light(stage: Stage) -> Draw:
    def far(c: skia.Canvas) -> None:
        sky.backdrop(c, "#e9f5c9", "#bfe0a8", "#7db88a", bottom=1500)
        glow(c, 720, 380, 700, "#fffbe0", 0.95)

    def trunks(c: skia.Canvas, colour: str, count: int, width: float, seed: int, ground: float) -> None:
        rng = random.Random(seed)
        span = 1900 / count
        for k in range(count):
            x = k * span + rng.uniform(0.1, 0.8) * span
            wide = width * rng.uniform(0.7, 1.2)
            c.drawPath(
                polygon(
                    [
                        (x - wide * 0.36, -20),
                        (x + wide * 0.36, -20),
                        (x + wide * 0.5, ground - 60),
                        (x + wide * 0.95, ground),
                        (x - wide * 0.95, ground),
                        (x - wide * 0.5, ground - 60),
                    ]
                ),
                linear((x - wide / 2, 0), (x + wide / 2, 0), light(colour, 0.2), colour, dark(colour, 0.25)),
            )
            for _ in range(3):
                by = rng.uniform(200, 760)
                side = rng.choice((-1, 1))
                c.drawLine(x, by, x + side * wide * 1.7, by - wide * 1.2, stroke(colour, wide * 0.2))
        for k in range(count * 4):
            x, y = rng.uniform(0, 1900), rng.uniform(-60, 240)
            c.drawCircle(x, y, width * rng.uniform(0.9, 1.8), fill(dark(colour, 0.05) if k % 2 else light(colour, 0.06)))

    def floor(c: skia.Canvas) -> None:
        c.drawRect(box(0, 1330, 2000, 600), linear((0, 1330), (0, HEIGHT), "#4f8f5a", "#234f3a"))
        rng = random.Random(8)
        for _ in range(30):
            x, y = rng.uniform(0, 1900), rng.uniform(1310, 1420)
            for angle in (-60, -30, 0, 30, 60):
                land.leaf(c, x, y, rng.uniform(50, 100), angle, "#3f8a55", 0.22)
        for x, y in ((420, 1400), (900, 1440), (1400, 1410)):
            rounded(c, x - 16, y - 70, 32, 76, 14, fill("#f6ead2"))
            c.drawArc(box(x - 64, y - 130, 128, 120), 180, 180, True, linear((0, y - 130), (0, y - 70), "#f0745a", "#c8432f"))
            for dx, dy in ((-26, -92), (8, -108), (30, -86)):
                c.drawCircle(x + dx, y + dy, 8, fill("#fff4e6"))

    back = stage.still(far)
    one = stage.still(lambda c: trunks(c, "#a4cf9c", 11, 60, 3, 1290), 0, 0, 1500, 1300)
    two = stage.still(lambda c: trunks(c, "#5fa37c", 7, 96, 7, 1350), 0, 0, 1700, 1360)
    ground = stage.still(floor, 0, 1200, 2000, 720)
    near = stage.still(lambda c: trunks(c, "#2b5f4c", 3, 170, 12, 1560), 0, 0, 2000, 1580)
    rays = stage.still(
        lambda c: sky.beams(c, 760, -60, angles=(1.35, 1.6, 1.85, 2.1, 2.35), spread=0.06, length=1500, colour="#fffbd6", alpha=0.5)
    )
    motes = sky.dust(46, seed=14, colour="#fffbd0", bottom=1500)

    def draw(c: skia.Canvas, t: float) -> None:
        back.draw(c)
        one.draw(c, -30 * t)
        two.draw(c, -60 * t)
        rays.draw(c, 14 * wave(t, 9), 0, 0.8 + 0.18 * wave(t, 3.4))
        ground.draw(c, -90 * t)
        near.draw(c, -150 * t)
        motes(c, t)
        for index, colour in enumerate(("#ffb347", "#7ec8f0", "#f48fb1")):  # butterflies
            x = 260 + 240 * index + 90 * wave(t, 4.4, index * 0.3) + 40 * t
            y = 900 - 120 * index + 70 * wave(t, 2.3, index * 0.4)
            flap = abs(wave(t, 0.5, index * 0.2))
            for side in (-1, 1):
                oval(c, x + side * 20 * (0.3 + 0.7 * flap), y - 10, 22 * (0.3 + 0.7 * flap), 26, fill(colour, 0.95))
                oval(c, x + side * 15 * (0.3 + 0.7 * flap), y + 18, 15 * (0.3 + 0.7 * flap), 17, fill(dark(colour, 0.15), 0.95))
            c.drawLine(x, y - 20, x, y + 24, stroke("#3a2f2a", 6))
        land.grass(c, HEIGHT, 260, "#173f30", t, seed=3, count=50)

    return draw


def camp_at_night(stage: Stage) -> Draw:
    def far(c: skia.Canvas) -> None:
        sky.backdrop(c, "#0b1433", "#1c2f66", "#3f5a94", bottom=1250)
        sky.stars(c, 190, seed=2, bottom=1000)
        sky.moon(c, 820, 340, 74)
        land.mountain(c, 250, 1190, 1000, 480, "#30477a", seed=3, snow="#8fa6d0")
        land.mountain(c, 880, 1190, 900, 380, "#283d6c", seed=8, snow="#7f97c4")
        for k in range(14):
            land.pine(c, 20 + k * 82, 1240 + 14 * (k % 3), 190 + 50 * (k * 7 % 4), "#16294d")

    def ground(c: skia.Canvas) -> None:
        land.ridge(c, 1260, 26, "#24425a", "#12233a", seed=5)
        glow(c, 700, 1340, 560, "#ff9a4a", 0.35)
        tent = polygon([(60, 1330), (330, 900), (620, 1330)])
        c.drawPath(tent, linear((60, 0), (620, 0), "#ffb35c", "#f28a3c", "#c85a2c"))
        c.drawPath(polygon([(330, 900), (620, 1330), (700, 1300)]), fill("#a34526"))
        opening = polygon([(330, 990), (255, 1330), (425, 1330)])
        c.drawPath(opening, linear((0, 990), (0, 1330), "#fff0b8", "#ffcf6a"))
        c.drawPath(polygon([(330, 990), (425, 1330), (380, 1330)]), fill("#e8743a"))
        c.drawLine(330, 900, 330, 880, stroke("#ffe0a8", 8))
        for x, angle in ((660, 12), (720, -14), (690, 0)):
            c.save()
            c.translate(x, 1372)
            c.rotate(angle)
            rounded(c, -90, -18, 180, 36, 18, linear((0, -18), (0, 18), "#8a5a3c", "#3f2418"))
            c.restore()
        for k in range(9):
            oval(c, 570 + k * 31, 1396 + 8 * abs(4 - k) * -0.6 + 10, 22, 15, fill("#6f7c90"))
        rounded(c, 830, 1350, 190, 60, 26, linear((0, 1350), (0, 1410), "#7a4f38", "#3f261c"))
        oval(c, 1020, 1380, 20, 30, fill("#c99a70"))

    back = stage.still(far)
    front = stage.still(ground, 0, 860, WIDTH, 1060)
    cup = stage.still(lambda c: vessels.tumbler(c, 910, 1362, 210, "#2f9c95", lid=False), 820, 1140, 180, 240)
    twinkle = sky.twinkles(14, seed=15, bottom=720)
    warm = stage.still(lambda c: glow(c, 690, 1290, 420, "#ffae5a", 0.6), 270, 870, 820, 840)

    def flame(c: skia.Canvas, x: float, size: float, t: float, phase: float) -> None:
        for scale, colour in ((1.0, "#ff5a2a"), (0.7, "#ffa03a"), (0.4, "#ffe9a0")):
            tall = size * scale * (1 + 0.15 * wave(t, 0.5, phase) + 0.07 * wave(t, 0.21, phase))
            path = skia.Path()
            path.moveTo(x, 1366)
            path.cubicTo(x - tall * 0.45, 1360, x - tall * 0.34, 1366 - tall * 0.5, x + size * 0.15 * wave(t, 0.8, phase), 1366 - tall)
            path.cubicTo(x + tall * 0.08, 1366 - tall * 0.6, x + tall * 0.46, 1366 - tall * 0.4, x, 1366)
            c.drawPath(path, fill(colour, 0.9))

    def draw(c: skia.Canvas, t: float) -> None:
        back.draw(c)
        twinkle(c, t)
        share = cycle(t, 2.5, 0.4)
        if share < 0.3:  # a shooting star
            x, y = 300 + 1500 * share, 180 + 600 * share
            c.drawLine(x, y, x - 150, y - 60, linear((x, y), (x - 150, y - 60), "#ffffff", ("#ffffff", 0), width=5))
        front.draw(c)
        for x, size, phase in ((650, 150, 0.1), (735, 140, 0.5), (690, 230, 0.8)):
            flame(c, x, size, t, phase)
        warm.draw(c, 0, 0, 0.8 + 0.15 * wave(t, 0.8) + 0.05 * wave(t, 0.3))
        for k in range(16):
            rise = cycle(t, 2.8, k * 0.273)
            c.drawCircle(
                690 + (k * 37) % 120 - 60 + 46 * wave(t, 1.9, k * 0.2) * rise,
                1240 - 560 * rise,
                5 * (1 - rise) + 1.5,
                fill("#ffc46a", 1 - rise),
            )
        cup.draw(c)
        vessels.steam(c, 910, 1172, 220, t, width=32, alpha=0.55)
        land.grass(c, HEIGHT, 190, "#0b1a2c", t, seed=9, count=46)

    return draw


SCENES = {
    "mountain_hike_with_cup": mountain_hike_with_cup,
    "sea_at_sunset": sea_at_sunset,
    "forest_light": forest_light,
    "camp_at_night": camp_at_night,
}
