"""Home and living."""

from __future__ import annotations

import random

import skia

from services.assets.starter.kit import interior, land, sky, vessels
from services.assets.starter.kit.motion import cycle, wave
from services.assets.starter.kit.paint import box, dark, fill, glow, light, linear, oval, polygon, rounded, smooth, soft, stroke
from services.assets.starter.stage import HEIGHT, WIDTH, Draw, Stage


def sofa_and_lamp(stage: Stage) -> Draw:
    def room(c: skia.Canvas) -> None:
        interior.wall(c, "#38405f", "#6a5a78", floor_y=1290, floor="#8a5f4c")
        glow(c, 860, 560, 760, "#ffcf87", 0.55)
        interior.picture(c, 130, 260, 300, 380, "#f1e6d6", "#f3c9a5", "#c9705a")
        interior.picture(c, 470, 340, 210, 260, "#f1e6d6", "#bcd9d6", "#4f8a83")
        oval(c, 520, 1420, 560, 120, fill("#d9b48a", 0.55))
        oval(c, 520, 1414, 480, 92, fill("#e8cba4", 0.6))
        interior.shadow(c, 470, 1352, 860, 0.5, 0.08)
        interior.sofa(c, 470, 1340, 840, "#2f8f8a")
        interior.cushion(c, 250, 1060, 170, -12, "#f2a65a")
        interior.cushion(c, 640, 1062, 160, 10, "#f4e3c8")
        interior.shadow(c, 900, 1338, 200, 0.4)
        interior.floor_lamp(c, 900, 1336, 850, "#f6c177")
        rounded(c, 60, 1516, 420, 40, 16, linear((0, 1516), (0, 1556), "#c98f62", "#8a5a3c"))
        for x in (110, 420):
            c.drawLine(x, 1556, x - 10, 1720, stroke("#6b4530", 18))
        vessels.mug(c, 220, 1520, 92, "#f4efe6")
        rounded(c, 300, 1494, 140, 22, 5, fill("#d4574a"))
        rounded(c, 310, 1474, 120, 20, 5, fill("#f4e3c8"))

    back = stage.still(room)
    halo = stage.still(lambda c: glow(c, 900, 600, 520, "#ffdf9e", 0.75), 380, 80, 700, 1040)
    motes = sky.dust(18, seed=9, colour="#ffe6b5", bottom=1250)

    def draw(c: skia.Canvas, t: float) -> None:
        back.draw(c)
        land.potted(c, 90, 1330, 470, "#3f9a68", "#e8e0d2", t)
        halo.draw(c, 0, 0, 0.82 + 0.14 * wave(t, 2.6))
        interior.cat(c, 470, 1150, 230, "#e9a15b", t)
        vessels.steam(c, 220, 1424, 190, t, width=28, alpha=0.6)
        motes(c, t)

    return draw


def cat_and_rain(stage: Stage) -> Draw:
    def outside(c: skia.Canvas) -> None:
        sky.backdrop(c, "#4b6584", "#7f9bb3", "#c3d0d6", bottom=1200)
        sky.bokeh(c, 34, seed=6, colours=("#ffd38a", "#ffb27a", "#ff8f7a", "#fff1cf"), top=640, bottom=1120, size=70)

    def room(c: skia.Canvas) -> None:
        frame = skia.Path()
        frame.addRect(box(-10, -10, WIDTH + 20, HEIGHT + 20))
        frame.addRect(box(110, 170, 860, 980))
        frame.setFillType(skia.PathFillType.kEvenOdd)
        c.drawPath(frame, linear((0, 0), (0, HEIGHT), "#5a4a5c", "#3d3346"))
        interior.window(c, 110, 170, 860, 980, "#efe4d8", panes=(2, 1))
        interior.table(c, 1186, "#8b644d")
        interior.shadow(c, 560, 1222, 330, 0.5)
        interior.shadow(c, 830, 1220, 170, 0.4)
        vessels.mug(c, 830, 1216, 170, "#e4734f")
        rounded(c, 160, 1180, 210, 30, 6, linear((160, 0), (370, 0), "#5b86a8", "#3f6485"))
        rounded(c, 172, 1152, 190, 28, 6, linear((160, 0), (370, 0), "#e9c46a", "#c79b3f"))
        oval(c, 480, 1480, 520, 170, soft("#f0b98a", 0.18, 60))

    view = stage.still(outside)
    front = stage.still(room)
    falling = sky.rain(70, seed=2)
    rng = random.Random(17)
    beads = [(rng.uniform(130, 950), rng.uniform(190, 1120), rng.uniform(5, 12)) for _ in range(70)]
    runs = [(rng.uniform(140, 940), rng.random(), rng.uniform(2.6, 5.2)) for _ in range(9)]

    def pane(c: skia.Canvas) -> None:
        for x, y, size in beads:
            vessels.bead(c, x, y, size)

    glass = stage.still(pane)

    def draw(c: skia.Canvas, t: float) -> None:
        view.draw(c)
        falling(c, t)
        glass.draw(c)
        for x, phase, period in runs:
            share = cycle(t, period, phase)
            y = 190 + 950 * share * share
            c.drawLine(
                x,
                max(180, y - 260 * share),
                x + 3 * wave(t, 0.9, phase),
                y,
                linear((0, y - 260), (0, y), ("#ffffff", 0), ("#ffffff", 0.4), width=9),
            )
            vessels.bead(c, x, y, 13)
        front.draw(c)
        interior.cat(c, 560, 1216, 430, "#5f6478", t, belly="#d8d3de")
        vessels.steam(c, 830, 1040, 250, t, width=44, alpha=0.65)

    return draw


def fireplace_evening(stage: Stage) -> Draw:
    def room(c: skia.Canvas) -> None:
        interior.wall(c, "#3a2b3a", "#5c3f44", floor_y=1330, floor="#6e4634")
        rounded(c, 190, 560, 700, 780, 18, linear((190, 0), (890, 0), "#d9cabb", "#b9a594"))
        for row in range(9):
            for column in range(-1, 5):
                x, y = 200 + column * 172 + (row % 2) * 86, 590 + row * 84
                c.save()
                c.clipRect(box(198, 570, 684, 762))
                rounded(c, x + 4, y + 4, 164, 76, 8, linear((x, y), (x + 164, y + 76), "#b56b52", "#8d4a3c"))
                c.restore()
        arch = skia.Path()
        arch.moveTo(300, 1330)
        arch.lineTo(300, 960)
        arch.cubicTo(300, 780, 780, 780, 780, 960)
        arch.lineTo(780, 1330)
        arch.close()
        c.drawPath(arch, linear((0, 820), (0, 1330), "#1d1216", "#3d1d16"))
        rounded(c, 140, 520, 800, 60, 14, linear((0, 520), (0, 580), "#f0e2d2", "#c4ae99"))
        interior.picture(c, 380, 190, 320, 280, "#caa15a", "#f3c9a5", "#7a5a78")
        for x, height in ((210, 120), (270, 84)):
            rounded(c, x - 22, 520 - height, 44, height, 8, linear((x - 22, 0), (x + 22, 0), "#fff7e8", "#e2cdb2"))
        interior.books(c, 750, 520, ("#4f8a83", "#d4574a", "#e9c46a"), height=130, seed=3)
        oval(c, 540, 1470, 520, 110, fill("#c65a3f", 0.6))
        oval(c, 540, 1464, 440, 84, fill("#e08a5a", 0.5))
        for x, angle in ((440, 8), (560, -6), (640, 10)):
            c.save()
            c.translate(x, 1290)
            c.rotate(angle)
            rounded(c, -130, -24, 260, 50, 24, linear((0, -24), (0, 26), "#8a5a3c", "#4b2c1e"))
            c.drawCircle(130, 0, 24, fill("#d9a878"))
            c.drawCircle(130, 0, 12, stroke("#8a5a3c", 4))
            c.restore()
        interior.shadow(c, 880, 1436, 190, 0.45)
        rounded(c, 790, 1400, 200, 40, 10, linear((0, 1400), (0, 1440), "#a8714a", "#6b4530"))

    def flame(c: skia.Canvas, x: float, size: float, t: float, phase: float) -> None:
        for scale, colour, alpha in ((1.0, "#ff5a2a", 0.8), (0.72, "#ff9a35", 0.9), (0.42, "#ffe39a", 0.95)):
            tall = size * scale * (1 + 0.14 * wave(t, 0.55, phase) + 0.06 * wave(t, 0.23, phase * 2))
            bend = size * 0.16 * wave(t, 0.8, phase)
            path = skia.Path()
            path.moveTo(x, 1276)
            path.cubicTo(x - tall * 0.42, 1270, x - tall * 0.32, 1276 - tall * 0.5, x + bend, 1276 - tall)
            path.cubicTo(x + tall * 0.06, 1276 - tall * 0.6, x + tall * 0.44, 1276 - tall * 0.4, x, 1276)
            c.drawPath(path, fill(colour, alpha))

    back = stage.still(room)
    cup = stage.still(lambda c: vessels.tumbler(c, 890, 1412, 250, "#c8553d", lid=False), 800, 1150, 180, 280)
    warm = stage.still(lambda c: glow(c, 540, 1130, 620, "#ff9a4a", 0.5), -80, 510, 1240, 1240)

    def draw(c: skia.Canvas, t: float) -> None:
        back.draw(c)
        for x, size, phase in ((420, 250, 0.0), (660, 240, 0.43), (500, 340, 0.21), (590, 320, 0.67), (545, 390, 0.85)):
            flame(c, x, size, t, phase)
        for k in range(12):
            share = cycle(t, 1.9, k * 0.31)
            c.drawCircle(
                440 + (k * 53) % 220 + 20 * wave(t, 1.1, k * 0.2), 1150 - 300 * share, 5 * (1 - share) + 1.5, fill("#ffd88a", 1 - share)
            )
        warm.draw(c, 0, 0, 0.78 + 0.12 * wave(t, 0.9) + 0.06 * wave(t, 0.37))
        for x, y, phase in ((210, 392, 0.1), (270, 428, 0.6)):
            oval(c, x + 2 * wave(t, 0.7, phase), y - 14, 8, 20 + 2 * wave(t, 0.5, phase), fill("#ffd27a"))
            glow(c, x, y - 14, 70 + 5 * wave(t, 0.6, phase), "#ffcf7a", 0.5)
        cup.draw(c)
        vessels.steam(c, 890, 1186, 210, t, width=34, alpha=0.6)

    return draw


def plants_in_sunlight(stage: Stage) -> Draw:
    def room(c: skia.Canvas) -> None:
        interior.wall(c, "#f7efe2", "#ead9c2")
        for k in range(4):
            x = 120 + k * 250
            c.drawPath(polygon([(x, 180), (x + 180, 180), (x - 180, 1180), (x - 400, 1180)]), soft("#fff8dc", 0.9, 26))
        interior.shelf(c, 80, 700, 920, "#c08a5c")
        interior.table(c, 1230, "#d9ab7c")
        end = interior.books(c, 600, 700, ("#e07a5f", "#f2cc8f", "#81b29a", "#3d405b", "#e9c46a"), height=210, seed=4)
        rounded(c, end + 14, 566, 76, 134, 30, linear((end, 0), (end + 90, 0), "#ffffff", "#d8cdbf"))
        interior.shadow(c, 330, 1262, 330, 0.35)
        interior.shadow(c, 740, 1256, 260, 0.35)

    back = stage.still(room)
    motes = sky.dust(34, seed=21, colour="#e9b44c", bottom=1200)

    def can(c: skia.Canvas) -> None:
        c.drawPath(smooth([(120, -70), (210, -60), (200, 80), (110, 90)], closed=False), stroke("#3f7f8c", 26))
        c.drawPath(polygon([(-110, -40), (-290, -170), (-312, -138), (-110, 60)]), linear((-290, 0), (-110, 0), "#58a0ad", "#3f7f8c"))
        c.drawPath(polygon([(-330, -206), (-262, -170), (-300, -112), (-356, -158)]), fill("#75bcc8"))
        rounded(c, -120, -100, 250, 230, 34, linear((-120, 0), (130, 0), light("#4f96a3", 0.3), "#4f96a3", dark("#4f96a3", 0.25)))
        oval(c, 5, -98, 112, 22, fill("#2f626d"))

    def draw(c: skia.Canvas, t: float) -> None:
        back.draw(c)
        land.potted(c, 210, 702, 330, "#5f9e6e", "#e07a5f", t)
        land.potted(c, 440, 702, 250, "#86b36a", "#3d405b", t + 1, blades=5)
        land.potted(c, 330, 1266, 520, "#3f8f63", "#f4efe6", t + 0.5, blades=9)
        c.save()
        c.translate(800 + 8 * wave(t, 3.4), 930 + 10 * wave(t, 2.7))
        c.rotate(-14 + 4 * wave(t, 3.1))
        can(c)
        c.restore()
        for k in range(22):
            share = cycle(t, 0.8, k * 0.271)
            x = 462 - 90 * share - (k % 5) * 15
            vessels.drop(c, x, 880 + (k % 5) * 12 + 260 * share * share + 60 * share, 9 + k % 4, "#8fd3e8", 1 - share**4)
        motes(c, t)

    return draw


SCENES = {
    "sofa_and_lamp": sofa_and_lamp,
    "cat_and_rain": cat_and_rain,
    "fireplace_evening": fireplace_evening,
    "plants_in_sunlight": plants_in_sunlight,
}
