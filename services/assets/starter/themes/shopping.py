"""Shopping and delivery."""

from __future__ import annotations

import skia

from services.assets.starter.kit import city, goods, interior, land, people, sky, vessels
from services.assets.starter.kit.motion import cycle, ease, lerp, settle, wave
from services.assets.starter.kit.paint import box, dark, fill, glow, light, linear, oval, polygon, rounded, smooth, soft, stroke
from services.assets.starter.stage import HEIGHT, WIDTH, Draw, Stage


def parcel_by_scooter(stage: Stage) -> Draw:
    outfit = people.Outfit(skin="#eeb088", hair="#e4572e", top="#ffb627", bottom="#31456a", shoes="#2b2f3f")

    def far(c: skia.Canvas) -> None:
        sky.backdrop(c, "#ffd3a8", "#ffe9cf", "#fff6e6", bottom=1150)
        sky.sun(c, 780, 420, 100, "#ffd07a", "#ffe9b5")
        city.skyline(c, 1090, 480, "#f0bfa0", seed=71, lit="#fff4e0", share=0.5)

    def houses(c: skia.Canvas) -> None:
        for k in range(8):
            x, colour = k * 330, ("#e98a6c", "#f2c078", "#8fb8a8", "#d98fa0", "#9fb7d9")[k % 5]
            tall = 420 + 70 * (k * 3 % 4)
            c.drawRect(box(x, 1260 - tall, 300, tall), linear((0, 1260 - tall), (0, 1260), light(colour, 0.3), colour))
            c.drawPath(polygon([(x - 20, 1260 - tall), (x + 150, 1130 - tall), (x + 320, 1260 - tall)]), fill(dark(colour, 0.3)))
            for row in range(2):
                for column in range(2):
                    rounded(
                        c,
                        x + 44 + column * 124,
                        1300 - tall + row * 130,
                        84,
                        92,
                        10,
                        linear((0, 1300 - tall), (0, 1500 - tall), "#fff7e6", "#ffe0a8"),
                    )
            rounded(c, x + 108, 1100, 84, 160, 12, fill(dark(colour, 0.45)))

    def road(c: skia.Canvas) -> None:
        c.drawRect(box(0, 1250, 4200, 40), fill("#f4e6d4"))
        c.drawRect(box(0, 1290, 4200, 640), linear((0, 1290), (0, HEIGHT), "#8a7f8f", "#544c63"))
        for k in range(18):
            rounded(c, k * 240, 1500, 130, 16, 8, fill("#ffffff", 0.75))

    back = stage.still(far)
    row = stage.still(houses, 0, 600, 2500, 670)
    ground = stage.still(road, 0, 1240, 3800, 680)

    def trees(c: skia.Canvas) -> None:
        for k in range(7):
            land.tree(c, 120 + 520 * k, 1276, 360, "#6fae6a")

    green = stage.still(trees, 0, 880, 3600, 410)

    def scooter(c: skia.Canvas, x: float, y: float, t: float) -> None:
        spin = 900 * t
        for dx in (-210, 220):
            city.wheel(c, x + dx, y - 74, 74, spin)
        c.drawLine(x + 220, y - 74, x + 150, y - 400, stroke("#5b6474", 22))
        c.drawLine(x + 150, y - 400, x + 96, y - 424, stroke("#2b2f3f", 24))
        body = smooth(
            [
                (x - 300, y - 190),
                (x - 270, y - 260),
                (x - 120, y - 268),
                (x - 30, y - 190),
                (x + 60, y - 128),
                (x + 130, y - 150),
                (x + 160, y - 330),
                (x + 200, y - 320),
                (x + 196, y - 150),
                (x + 120, y - 84),
                (x - 20, y - 84),
                (x - 120, y - 110),
                (x - 250, y - 120),
            ]
        )
        c.drawPath(body, linear((0, y - 330), (0, y - 80), light("#2ec4b6", 0.3), "#2ec4b6", dark("#2ec4b6", 0.3)))
        rounded(c, x - 280, y - 296, 220, 46, 22, fill("#3a2f35"))
        c.drawCircle(x + 190, y - 330, 32, fill("#e9f7f5"))
        glow(c, x + 230, y - 330, 110, "#fff3c4", 0.7)
        c.drawCircle(x + 198, y - 330, 22, fill("#fff3c4"))

    def draw(c: skia.Canvas, t: float) -> None:
        back.draw(c)
        row.draw(c, -240 * t)
        green.draw(c, -390 * t)
        ground.draw(c, -540 * t)
        bump = 4 * wave(t, 0.31) + 3 * wave(t, 0.77)
        x, y = 540.0, 1440 + bump
        oval(c, x, 1446, 330, 24, fill("#2b2438", 0.4))
        scooter(c, x, y, t)
        goods.parcel(c, x - 240, y - 292, 240)
        goods.parcel(c, x - 232, y - 478, 170, "#e0b27a", tape="#e4572e")
        pose = people.Pose(lean=6, near_arm=(52, 30), far_arm=(58, 26), near_leg=(74, -74), far_leg=(70, -70), nod=-4)
        measured = people.figure(c, x - 96, y - 330, 660, pose, outfit)
        hx, hy = measured.head
        helmet = skia.Path()
        helmet.addArc(box(hx - 62, hy - 66, 124, 124), 172, 190)
        helmet.close()
        c.drawPath(helmet, linear((hx - 62, 0), (hx + 62, 0), "#ff8f6b", "#e4572e"))
        rounded(c, hx - 60, hy - 10, 128, 18, 9, fill("#b53a1f"))
        for k in range(6):
            share = cycle(t, 0.55, k / 6)
            ly = 880 + 90 * k
            c.drawLine(170 - 260 * share, ly, 40 - 260 * share, ly, stroke("#ffffff", 9, 0.8 * (1 - share)))
        for k in range(4):
            share = cycle(t, 0.9, k / 4)
            c.drawCircle(250 - 240 * share, 1400 - 60 * share, 14 + 26 * share, fill("#ffffff", 0.5 * (1 - share)))

    return draw


def cart_along_shelves(stage: Stage) -> Draw:
    palette = ("#e4572e", "#f2b134", "#3fae7a", "#3a86a8", "#b56fc9", "#f48fb1", "#76b8e0", "#e9c46a")

    def aisle(c: skia.Canvas) -> None:
        c.drawRect(box(0, 0, 2400, HEIGHT), linear((0, 0), (0, 1300), "#f7fbff", "#dfeaf5"))
        for k in range(7):
            rounded(c, 80 + k * 340, 110, 240, 30, 15, fill("#ffffff"))
            glow(c, 200 + k * 340, 125, 200, "#fffbe0", 0.8)
        for level in range(4):
            y = 480 + level * 236
            interior.shelf(c, -20, y, 2440, "#a9b8cc")
            x, k = 10.0, level * 3
            while x < 2340:
                colour = palette[k % 8]
                kind = (k * 5 + level) % 4
                if kind == 0:
                    rounded(c, x, y - 170, 100, 170, 14, linear((x, 0), (x + 100, 0), light(colour, 0.3), colour, dark(colour, 0.2)))
                    rounded(c, x + 16, y - 120, 68, 60, 10, fill("#ffffff", 0.8))
                elif kind == 1:
                    vessels.tumbler(c, x + 50, y, 190, colour)
                elif kind == 2:
                    rounded(c, x + 12, y - 120, 80, 120, 22, linear((x, 0), (x + 100, 0), light(colour, 0.4), colour))
                    rounded(c, x + 30, y - 150, 44, 36, 8, fill(dark(colour, 0.3)))
                    rounded(c, x + 22, y - 86, 60, 40, 8, fill("#ffffff", 0.75))
                else:
                    rounded(c, x, y - 90, 106, 90, 8, linear((x, 0), (x + 106, 0), light(colour, 0.3), colour))
                    rounded(
                        c, x + 6, y - 172, 94, 80, 8, linear((x, 0), (x + 106, 0), light(palette[(k + 3) % 8], 0.3), palette[(k + 3) % 8])
                    )
                x += 124
                k += 1
        c.drawRect(box(0, 1280, 2400, 640), linear((0, 1280), (0, HEIGHT), "#eef2f7", "#b9c6d6"))
        for k in range(16):
            c.drawPath(
                polygon([(k * 160, 1280), (k * 160 + 80, 1280), (k * 160 + 10, HEIGHT), (k * 160 - 110, HEIGHT)]), fill("#ffffff", 0.4)
            )

    back = stage.still(aisle, 0, 0, 2400, HEIGHT)

    def draw(c: skia.Canvas, t: float) -> None:
        back.draw(c, -240 * t)
        x, y = 540 + 16 * wave(t, 3), 1420 + 2 * wave(t, 0.4)
        oval(c, x, 1420, 330, 26, fill("#3a4a66", 0.3))
        drops = ((0.4, "parcel"), (1.6, "cup"), (2.8, "gift"))
        for index, (start, kind) in enumerate(drops):
            fall = settle(t, start, start + 0.8)
            if t < start:
                continue
            dx = (-130, 60, 210)[index]
            ty = lerp(300, (1190, 1180, 1196)[index], fall)
            if kind == "parcel":
                goods.parcel(c, x + dx, ty + 40, 200)
            elif kind == "cup":
                vessels.tumbler(c, x + dx, ty + 60, 340, "#1f7a78")
            else:
                rounded(c, x + dx - 75, ty - 90, 150, 130, 10, linear((x + dx - 75, 0), (x + dx + 75, 0), "#ff8fa3", "#e4477a"))
                c.drawRect(box(x + dx - 14, ty - 90, 28, 130), fill("#fff0c4"))
                goods.bow(c, x + dx, ty - 92, 84, "#ffd166")
        goods.cart(c, x, y, 700, "#5b6b86", 9 * t)
        for k in range(7):
            share = cycle(t, 1.6, k * 0.29)
            sx, sy = x - 260 + (k * 97) % 560, 1040 - 330 * share
            arm = 20 * (1 - share)
            c.drawPath(
                smooth(
                    [
                        (sx, sy - arm),
                        (sx + 4, sy - 4),
                        (sx + arm, sy),
                        (sx + 4, sy + 4),
                        (sx, sy + arm),
                        (sx - 4, sy + 4),
                        (sx - arm, sy),
                        (sx - 4, sy - 4),
                    ]
                ),
                fill("#ffd166", 1 - share),
            )

    return draw


def gift_box_with_cup(stage: Stage) -> Draw:
    def room(c: skia.Canvas) -> None:
        sky.backdrop(c, "#b3202f", "#d8433f", "#f2855c", bottom=1800)
        glow(c, 540, 660, 800, "#ffe0a0", 0.65)
        sky.bokeh(c, 20, seed=27, colours=("#ffe9b0", "#ffd166", "#ffb3a0"), top=60, bottom=1800, size=90)
        c.drawRect(box(0, 1290, WIDTH, 640), linear((0, 1290), (0, HEIGHT), "#e0623f", "#8a1f2c"))
        oval(c, 540, 1340, 420, 70, soft("#4a0a14", 0.55, 30))

    def front(c: skia.Canvas) -> None:
        c.drawRect(box(230, 990, 620, 350), linear((230, 0), (850, 0), "#fff4e0", "#ffe3bd", "#e9bd8c"))
        c.drawRect(box(490, 990, 100, 350), linear((490, 0), (590, 0), "#e4477a", "#c22a5c"))
        c.drawRect(box(230, 990, 620, 30), fill("#c98f5c", 0.35))
        rounded(c, 218, 966, 644, 44, 10, linear((218, 0), (862, 0), "#fff9ec", "#f2cda0"))
        c.drawRect(box(490, 966, 100, 44), fill("#c22a5c"))

    def top(c: skia.Canvas) -> None:
        rounded(c, -336, -50, 672, 110, 14, linear((-336, 0), (336, 0), "#ffffff", "#ffe9c9", "#eebf8e"))
        c.drawRect(box(-56, -50, 112, 110), linear((-56, 0), (56, 0), "#f0588a", "#c22a5c"))
        goods.bow(c, 0, -66, 190, "#e4477a")

    back = stage.still(room)
    carton = stage.still(front, 200, 950, 680, 400)
    rays = stage.still(
        lambda c: sky.beams(
            c, 540, 1000, angles=tuple(-0.5 - 0.3 * k for k in range(8)), spread=0.07, length=1000, colour="#fff3c4", alpha=0.6
        ),
        0,
        0,
        WIDTH,
        1010,
    )
    halo = stage.still(lambda c: glow(c, 540, 680, 370, "#fff6d6", 0.26), 160, 300, 760, 690)
    paper = goods.confetti(54, seed=7)

    def draw(c: skia.Canvas, t: float) -> None:
        back.draw(c)
        opened = ease(t, 0.5, 1.5)
        risen = settle(t, 0.9, 2.3)
        if opened > 0:
            rays.draw(c, 6 * wave(t, 6), 0, opened * (0.75 + 0.2 * wave(t, 2.1)))
        c.save()
        c.clipRect(box(0, 0, WIDTH, 990))
        vessels.tumbler(c, 540, 1720 - 770 * max(0.0, risen) + 10 * wave(t, 2.4), 640, "#1f7a78")
        if risen > 0:
            halo.draw(c, 0, 0, min(1.0, risen) * (0.85 + 0.15 * wave(t, 1.7)))
        c.restore()
        carton.draw(c)
        c.save()
        c.translate(540 + 330 * opened, 940 - 3 * abs(wave(t, 0.25)) * (1 - opened) - 250 * opened * (1.6 - opened) + 330 * opened**3)
        c.rotate(38 * opened + 1.5 * wave(t, 0.25) * (1 - opened) + 2 * wave(t, 2.0) * opened)
        top(c)
        c.restore()
        if opened > 0.3:
            c.save()
            paper(c, t)
            c.restore()
        else:
            for k in range(10):
                share = cycle(t, 1.2, k * 0.29)
                c.drawCircle(220 + (k * 127) % 640, 900 - 260 * share, 8 * (1 - share) + 2, fill("#ffe9b0", 1 - share))

    return draw


def bags_and_confetti(stage: Stage) -> Draw:
    def room(c: skia.Canvas) -> None:
        sky.backdrop(c, "#ffd1e0", "#ffb3c7", "#ff8fa8", bottom=1800)
        glow(c, 540, 640, 760, "#ffffff", 0.6)
        for k in range(12):
            c.drawPath(
                polygon(
                    [
                        (540, 640),
                        (540 + 1500 * (-1 if k % 2 else 1), 640 - 1300 + k * 210),
                        (540 + 1500 * (-1 if k % 2 else 1), 640 - 1200 + k * 210),
                    ]
                ),
                fill("#ffffff", 0.1),
            )
        c.drawRect(box(0, 150, WIDTH, 26), linear((0, 150), (0, 176), "#ffffff", "#e9c4d0"))
        c.drawRect(box(0, 176, WIDTH, 12), fill("#c26a86", 0.25))

    back = stage.still(room)
    paper = goods.confetti(46, seed=19)
    cup = stage.still(lambda c: vessels.tumbler(c, 585, 970, 300, "#f07b4f"), 500, 630, 170, 360)

    def draw(c: skia.Canvas, t: float) -> None:
        back.draw(c)
        for index, (x, drop, size, colour) in enumerate(
            ((250, 470, 210, "#ffb627"), (850, 420, 230, "#3a86ff"), (560, 250, 170, "#2ec4b6"))
        ):
            swing = 9 * wave(t, 2.6, index * 0.29)
            c.drawLine(x, 176, x, drop - size * 0.1, stroke("#ffffff", 5, 0.8))
            goods.price_tag(c, x, drop - size * 0.1, size, colour, swing)
        for index, (x, y, width, colour) in enumerate(((300, 690, 330, "#7a5cf0"), (790, 700, 340, "#ff6a5c"), (545, 760, 370, "#2fa8a0"))):
            swing = 6 * wave(t, 2.2, index * 0.33)
            bounce = 14 * abs(wave(t, 1.5, index * 0.21))
            oval(c, x, y + width * 1.62, width * (0.5 - 0.001 * bounce), 22, fill("#a03a5c", 0.28))
            if index == 2:
                cup.draw(c, 0, -bounce)
                for k, leafy in enumerate(("#fff4d6", "#ffd9e4", "#fff4d6")):
                    c.drawPath(
                        polygon(
                            [(x - 150 + 90 * k, y + 190 - bounce), (x - 110 + 90 * k, y + 60 - bounce), (x - 50 + 90 * k, y + 190 - bounce)]
                        ),
                        fill(leafy, 0.95),
                    )
            goods.bag(c, x, y - bounce, width, colour, swing * 0.5)
        paper(c, t)
        for k in range(8):
            share = cycle(t, 1.8, k * 0.27)
            sx, sy = 120 + (k * 233) % 860, 560 + (k * 177) % 520
            arm = 26 * 4 * share * (1 - share)
            c.drawPath(
                smooth(
                    [
                        (sx, sy - arm),
                        (sx + 4, sy - 4),
                        (sx + arm, sy),
                        (sx + 4, sy + 4),
                        (sx, sy + arm),
                        (sx - 4, sy + 4),
                        (sx - arm, sy),
                        (sx - 4, sy - 4),
                    ]
                ),
                fill("#ffffff", 0.95),
            )

    return draw


SCENES = {
    "parcel_by_scooter": parcel_by_scooter,
    "cart_along_shelves": cart_along_shelves,
    "gift_box_with_cup": gift_box_with_cup,
    "bags_and_confetti": bags_and_confetti,
}
