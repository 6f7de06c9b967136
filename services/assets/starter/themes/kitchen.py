"""Morning kitchen and drinks."""

from __future__ import annotations

import skia

from services.assets.starter.kit import interior, land, sky, vessels
from services.assets.starter.kit.motion import cycle, ease, settle, wave
from services.assets.starter.kit.paint import box, dark, fill, glow, light, linear, oval, polygon, rounded, smooth, soft, stroke
from services.assets.starter.stage import HEIGHT, WIDTH, Draw, Stage


def steaming_cup_at_window(stage: Stage) -> Draw:
    def outside(c: skia.Canvas) -> None:
        sky.backdrop(c, "#ffd9a0", "#ffe9c9", "#fff4e2", bottom=1200)
        sky.sun(c, 690, 560, 90, "#ffd36a", "#ffe3a0")
        land.ridge(c, 860, 70, "#e9b98f", "#f3cfa8", seed=3)
        land.ridge(c, 960, 60, "#c99a78", "#d8ae8a", seed=8)
        for x, size in ((150, 150), (260, 190), (820, 170), (960, 210)):
            land.tree(c, x, 1090, size, "#a9a06a", "#8a6a4a")

    def room(c: skia.Canvas) -> None:
        frame = skia.Path()
        frame.addRect(box(-10, -10, WIDTH + 20, HEIGHT + 20))
        frame.addRect(box(150, 190, 780, 900))
        frame.setFillType(skia.PathFillType.kEvenOdd)
        c.drawPath(frame, linear((0, 0), (0, HEIGHT), "#f6e3cf", "#e9c9a8"))
        interior.window(c, 150, 190, 780, 900, "#fff6ea", panes=(2, 2))
        interior.table(c, 1170, "#b97d4f")
        light_patch = polygon([(420, 1180), (820, 1180), (1000, 1700), (380, 1700)])
        c.drawPath(light_patch, soft("#ffe6b0", 0.4, 40))
        interior.shadow(c, 500, 1232, 330, 0.45)
        interior.shadow(c, 790, 1222, 220, 0.35)
        vessels.tumbler(c, 500, 1230, 560, vessels.TEAL, lid=False)
        c.drawRoundRect(box(640, 1204, 300, 26), 13, 13, linear((0, 1204), (0, 1230), "#fffaf2", "#d9c3ad"))
        for x, y in ((720, 1194), (800, 1188), (866, 1196)):
            oval(c, x, y, 52, 34, linear((0, y - 34), (0, y + 34), "#e8a860", "#b06a34"))
            c.drawArc(box(x - 30, y - 22, 60, 40), 200, 120, False, stroke("#f6cf94", 6, 0.8))

    view = stage.still(outside, width=WIDTH + 60)
    front = stage.still(room)
    fog = sky.cloud_still(stage, 340, "#fffaf0", "#ffeeda")
    motes = sky.dust(26, seed=5, colour="#fff3cf", bottom=1200)
    rays = stage.still(
        lambda c: sky.beams(c, 690, 560, angles=(1.1, 1.45, 1.8, 2.15), spread=0.08, length=1100, colour="#fff2c4", alpha=0.3)
    )

    def draw(c: skia.Canvas, t: float) -> None:
        view.draw(c, -30 + 14 * wave(t, 20))
        fog.draw(c, 200 + 30 * t, 420)
        fog.draw(c, 720 - 22 * t, 700)
        front.draw(c)
        rays.draw(c, 10 * wave(t, 8), 0, 0.75 + 0.2 * wave(t, 5))
        interior.curtain(c, 20, 130, 190, 980, "#f4c9a0", t, side=1)
        interior.curtain(c, 1060, 130, 190, 980, "#f4c9a0", t + 1.2, side=-1)
        vessels.steam(c, 500, 716, 470, t, width=80, alpha=0.85)
        motes(c, t)

    return draw


def coffee_pour(stage: Stage) -> Draw:
    def room(c: skia.Canvas) -> None:
        interior.wall(c, "#dfe9e0", "#c3d6c8")
        for row in range(9):  # tiles
            for column in range(-1, 6):
                x, y = column * 216 + (row % 2) * 108, 120 + row * 118
                rounded(c, x + 5, y + 5, 206, 108, 10, linear((x, y), (x + 206, y + 108), "#eef4ee", "#d3e2d7"))
        interior.shelf(c, -20, 380, 560, "#a87449")
        for x, colour in ((70, "#e0a458"), (200, "#7d9d7a"), (330, "#c86b4a")):
            rounded(c, x, 244, 96, 136, 18, linear((x, 0), (x + 96, 0), light(colour, 0.3), colour, dark(colour, 0.2)))
            rounded(c, x + 6, 226, 84, 26, 8, fill("#8a5a36"))
            rounded(c, x + 18, 292, 60, 46, 6, fill("#fff8ea", 0.85))
        interior.table(c, 1150, "#d8b48a")
        interior.shadow(c, 470, 1246, 420, 0.4)
        glow(c, 150, 300, 900, "#fff3d6", 0.5)

    def pot(c: skia.Canvas) -> None:
        steel = "#55606a"
        spout = skia.Path()
        spout.moveTo(-140, 40)
        spout.cubicTo(-230, 20, -220, -110, -330, -120)
        c.drawPath(spout, stroke(dark(steel, 0.2), 34))
        c.drawPath(spout, stroke(light(steel, 0.3), 10))
        grip = smooth([(140, -90), (270, -100), (290, 40), (150, 90)], closed=False)
        c.drawPath(grip, stroke("#7a4a2c", 36))
        c.drawPath(polygon([(-130, -130), (130, -130), (190, 150), (-190, 150)]), vessels.metal(-190, 190, steel))
        rounded(c, -140, -160, 280, 40, 16, vessels.metal(-140, 140, light(steel, 0.1)))
        c.drawCircle(0, -176, 26, fill("#7a4a2c"))

    back = stage.still(room)

    def draw(c: skia.Canvas, t: float) -> None:
        tilt = ease(t, 0.1, 0.9) * (1 - ease(t, 4.2, 4.95))
        level = ease(t, 0.8, 4.4)
        back.draw(c, 0, 0)
        if 0.55 < t < 4.6:
            width = 17 * ease(t, 0.55, 0.9) * (1 - ease(t, 4.2, 4.6))
            stream = smooth([(487, 500), (474 + 2 * wave(t, 0.3), 640), (470 + 3 * wave(t, 0.4), 800), (470, 1140)], closed=False)
            c.drawPath(stream, linear((0, 520), (0, 1150), "#7b4a2b", "#4a2817", width=max(2.0, width)))
        glass = skia.Path()
        glass.addRoundRect(box(300, 840, 340, 400), 60, 60)
        grip = skia.Path()
        grip.addRoundRect(box(590, 920, 160, 210), 80, 80)
        c.drawPath(grip, stroke("#ffffff", 34, 0.55))
        c.drawPath(grip, stroke("#b7cfcf", 8, 0.6))
        c.drawPath(glass, fill("#ffffff", 0.35))
        c.save()
        c.clipPath(glass, True)
        top = 1230 - 300 * level
        points = [(x, top + 7 * wave(t, 0.7, x / 260) * (0.4 + tilt)) for x in range(280, 681, 20)]
        liquid = polygon([*points, (680, 1300), (280, 1300)])
        c.drawPath(liquid, linear((300, 0), (640, 0), "#6d3f23", "#8a5330", "#4a2817", at=(0, 0.3, 1)))
        c.drawPath(smooth(points, closed=False), stroke("#d9a566", 14))
        for k in range(6):
            x = 360 + k * 44
            y = top + 40 + 60 * cycle(t, 1.1, k * 0.37)
            c.drawCircle(x + 8 * wave(t, 0.6, k * 0.2), y, 5 + k % 3, fill("#c78d57", 0.6))
        c.drawRect(box(330, 880, 26, 320), fill("#ffffff", 0.35))
        c.drawRect(box(368, 880, 8, 320), fill("#ffffff", 0.25))
        c.restore()
        c.drawPath(glass, stroke("#ffffff", 8, 0.8))
        c.save()
        c.translate(790 + 30 * (1 - tilt), 400 - 40 * (1 - tilt) + 5 * wave(t, 1.7))
        c.rotate(-30 * tilt - 2)
        pot(c)
        c.restore()
        vessels.steam(c, 470, 850, 380, t, width=70, alpha=0.25 + 0.45 * level)

    return draw


def ice_and_heat(stage: Stage) -> Draw:
    split = WIDTH / 2

    def room(c: skia.Canvas) -> None:
        c.drawRect(box(0, 0, split, HEIGHT), linear((0, 0), (split, HEIGHT), "#bfe8fb", "#6fb9ea", "#2f6fb8"))
        c.drawRect(box(split, 0, split, HEIGHT), linear((WIDTH, 0), (split, HEIGHT), "#ffd38a", "#ff9a5a", "#d9482f"))
        glow(c, split, 760, 620, "#ffffff", 0.55)
        for x, y, size in ((90, 1180, 240), (250, 1250, 190), (420, 1290, 150), (40, 1330, 260)):
            c.drawPath(
                polygon(
                    [
                        (x - size * 0.6, y + size),
                        (x - size * 0.3, y - size * 0.5),
                        (x, y - size),
                        (x + size * 0.35, y - size * 0.3),
                        (x + size * 0.6, y + size),
                    ]
                ),
                linear((x - size, y), (x + size, y), "#e9f8ff", "#9fd4f2", "#68abd9"),
            )
            c.drawPath(
                polygon([(x, y - size), (x + size * 0.35, y - size * 0.3), (x + size * 0.6, y + size), (x - size * 0.05, y + size)]),
                fill("#4b93c9", 0.45),
            )
        c.drawRect(box(0, 1330, WIDTH, 600), linear((0, 0), (WIDTH, 0), "#2c6cb2", "#5b5a9a", "#c4452f", at=(0, 0.5, 1)))
        oval(c, split, 1330, 430, 86, linear((0, 1244), (0, 1416), "#ffffff", "#dfe6ee"))
        oval(c, split, 1344, 430, 86, soft("#1a1430", 0.18, 20))
        oval(c, split, 1322, 430, 84, linear((110, 0), (970, 0), "#d9f1ff", "#ffffff", "#ffe4cc"))
        interior.shadow(c, split, 1328, 330, 0.4)
        vessels.tumbler(c, split, 1330, 760, "#f4f6f8")
        cold = skia.Path()
        cold.addRect(box(split - 200, 500, 200, 900))
        c.save()
        c.clipPath(cold)
        oval(c, split - 60, 900, 180, 500, soft("#6fb9ea", 0.18, 60))
        c.restore()

    back = stage.still(room)
    flakes = sky.snow(34, seed=4, left=0, right=split - 150)

    def flame(c: skia.Canvas, x: float, y: float, size: float, t: float, phase: float) -> None:
        for scale, colour, alpha in ((1.0, "#ff6a3a", 0.75), (0.7, "#ffa53d", 0.85), (0.42, "#ffe08a", 0.95)):
            tall = size * scale * (1 + 0.12 * wave(t, 0.6, phase + scale))
            bend = size * 0.12 * wave(t, 0.9, phase)
            path = skia.Path()
            path.moveTo(x, y)
            path.cubicTo(x - tall * 0.5, y - tall * 0.1, x - tall * 0.3, y - tall * 0.6, x + bend, y - tall)
            path.cubicTo(x + tall * 0.1, y - tall * 0.62, x + tall * 0.5, y - tall * 0.3, x, y)
            c.drawPath(path, fill(colour, alpha))

    def draw(c: skia.Canvas, t: float) -> None:
        back.draw(c)
        flakes(c, t)
        for index, (x, y, angle) in enumerate(((150, 520, -14), (270, 800, 20), (110, 980, 8))):
            c.save()
            c.translate(x + 10 * wave(t, 4.2, index * 0.3), y + 28 * wave(t, 3.4, index * 0.37))
            c.rotate(angle + 12 * wave(t, 5.1, index * 0.2))
            vessels.ice_cube(c, 0, 0, (150, 120, 100)[index], 0)
            c.restore()
        for index, (x, y, size) in enumerate(((1000, 1300, 300), (880, 1370, 230), (1060, 1400, 260))):
            flame(c, x, y, size, t, index * 0.31)
        for k in range(14):
            share = cycle(t, 2.4, k * 0.271)
            c.drawCircle(
                800 + (k * 61) % 260 + 24 * wave(t, 1.6, k * 0.17),
                1250 - 950 * share,
                7 * (1 - share) + 2,
                fill("#ffe9a8", 0.85 * (1 - share)),
            )
        vessels.steam(c, 860, 1000, 620, t, width=80, colour="#fff4e0", alpha=0.5)
        shine = ((t * 0.36) % 1.5) * 700 - 200
        c.save()
        c.clipRect(box(split - 150, 730, 300, 560))
        band = polygon([(split - 300 + shine, 730), (split - 230 + shine, 730), (split - 330 + shine, 1290), (split - 400 + shine, 1290)])
        c.drawPath(band, fill("#ffffff", 0.4))
        c.restore()

    return draw


def leak_test_drops(stage: Stage) -> Draw:
    def room(c: skia.Canvas) -> None:
        sky.backdrop(c, "#0f4c63", "#1a7a8c", "#7fd0d2")
        glow(c, 540, 620, 760, "#c9f6f2", 0.6)
        sky.bokeh(c, 16, seed=12, colours=("#bff4f0", "#ffffff", "#7fe0e0"), top=60, bottom=1100, size=80)
        c.drawRect(box(0, 1250, WIDTH, HEIGHT - 1250), linear((0, 1250), (0, HEIGHT), "#9fe0e0", "#2d8a9a", "#0f4c63"))
        oval(c, 540, 1270, 520, 90, fill("#ffffff", 0.18))

    def cup(c: skia.Canvas) -> None:
        vessels.tumbler(c, 0, 400, 800, "#f07b4f")
        for x, y, size in (
            (-90, -60, 15),
            (-60, 120, 20),
            (40, -20, 13),
            (90, 60, 18),
            (10, 200, 16),
            (-40, 280, 11),
            (70, 240, 12),
            (-100, 40, 10),
            (110, -120, 12),
        ):
            vessels.bead(c, x, y, size)

    back = stage.still(room)

    def draw(c: skia.Canvas, t: float) -> None:
        back.draw(c)
        turn = 180 * settle(t, 0.2, 1.5) - 180 * ease(t, 3.9, 4.95)
        shake = 26 * wave(t, 0.36) * ease(t, 1.6, 1.9) * (1 - ease(t, 3.2, 3.7))
        for k in range(3):
            ring = cycle(t, 2.4, k / 3)
            oval(c, 540, 1290, 90 + 380 * ring, 18 + 70 * ring, stroke("#ffffff", 6, 0.6 * (1 - ring)))
        c.save()
        c.translate(540, 700 + shake + 10 * wave(t, 3))
        c.rotate(turn + 0.5 * shake)
        cup(c)
        c.restore()
        for k in range(26):  # drops fly past outside: nothing comes out of the cup
            share = cycle(t, 1.5, k * 0.381)
            side = -1 if k % 2 else 1
            x = 540 + side * (230 + (k * 73) % 290 + 60 * share)
            y = 120 + (k * 97) % 300 + 1000 * share * share
            vessels.drop(c, x, y, 16 + (k * 7) % 16, alpha=0.9 * (1 - share**6))
        for k in range(10):
            share = cycle(t, 0.9, k * 0.31)
            x = 110 + k * 96
            c.drawCircle(
                x + 40 * share * (1 if k % 2 else -1),
                1290 - 120 * share * (1 - share) * 4 * 0.6,
                7 * (1 - share) + 2,
                fill("#e4fbff", 0.8 * (1 - share)),
            )
        oval(c, 540, 1300, 300 + 8 * wave(t, 2), 46, fill("#ffffff", 0.1))

    return draw


SCENES = {
    "steaming_cup_at_window": steaming_cup_at_window,
    "coffee_pour": coffee_pour,
    "ice_and_heat": ice_and_heat,
    "leak_test_drops": leak_test_drops,
}
