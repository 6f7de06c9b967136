"""City and commuting."""

from __future__ import annotations

import skia

from services.assets.starter.kit import city, land, people, sky, vessels
from services.assets.starter.kit.motion import cycle, wave
from services.assets.starter.kit.paint import box, dark, fill, light, linear, oval, polygon, rounded, soft, stroke
from services.assets.starter.stage import HEIGHT, WIDTH, Draw, Stage


def skyline_at_dusk(stage: Stage) -> Draw:
    def far(c: skia.Canvas) -> None:
        sky.backdrop(c, "#2b2a5c", "#7a4a8c", "#f0866a", "#ffd39a", bottom=1250)
        sky.stars(c, 60, seed=3, bottom=500)
        sky.sun(c, 560, 1010, 120, "#ffb15c", "#ffb87a")

    back = stage.still(far)
    distant = stage.still(lambda c: city.skyline(c, 1180, 520, "#8d5c8c", seed=5, right=1400), 0, 560, 1400, 800)
    middle = stage.still(lambda c: city.skyline(c, 1250, 640, "#57407c", seed=11, right=1600, lit="#ffd98a", share=0.3), 0, 480, 1600, 900)
    near = stage.still(lambda c: city.skyline(c, 1420, 520, "#2c2652", seed=23, right=1900, lit="#ffe2a0", share=0.36), 0, 800, 1900, 1120)
    puff = sky.cloud_still(stage, 420, "#f7b08f", "#c9708a")
    small = sky.cloud_still(stage, 260, "#ffc9a0", "#d98a94")
    twinkle = sky.twinkles(9, seed=8, bottom=420)

    def draw(c: skia.Canvas, t: float) -> None:
        back.draw(c)
        twinkle(c, t)
        puff.draw(c, 250 + 30 * t, 520)
        small.draw(c, 850 + 30 * t, 360)
        small.draw(c, 60 + 30 * t, 760)
        distant.draw(c, -30 * t)
        middle.draw(c, -60 * t)
        near.draw(c, -120 * t)
        for index, (x, y, size) in enumerate(((200, 420, 26), (270, 450, 20), (330, 410, 22), (150, 470, 18))):
            sky.bird(c, x + 70 * t, y - 10 * t + 6 * wave(t, 2.2, index * 0.3), size, t + index * 0.2, "#2b2a4c")
        blink = max(0.0, wave(t, 1.2))
        nose = 980 - 90 * t
        c.drawLine(nose, 250 + 8 * t, nose + 60, 244 + 8 * t, stroke("#ffffff", 5, 0.8))
        c.drawCircle(nose, 250 + 8 * t, 5 + 6 * blink, fill("#ff6a5a", 0.5 + 0.5 * blink))

    return draw


def metro_train(stage: Stage) -> Draw:
    def far(c: skia.Canvas) -> None:
        sky.backdrop(c, "#8fd0ee", "#cdeaf4", "#fdf1d6", bottom=1200)
        sky.sun(c, 830, 340, 80, "#ffd98a", "#fff0c0")
        city.skyline(c, 1060, 560, "#a9c6d8", seed=31, lit="#e8f4fa", share=0.5)

    def bridge(c: skia.Canvas) -> None:
        c.drawRect(box(-20, 1090, 2200, 54), linear((0, 1090), (0, 1144), "#e9edf0", "#a9b6c0"))
        c.drawRect(box(-20, 1144, 2200, 60), linear((0, 1144), (0, 1204), "#93a3b0", "#6f808e"))
        for k in range(6):
            x = 60 + k * 400
            c.drawPath(
                polygon([(x - 90, 1204), (x + 90, 1204), (x + 46, 1290), (x + 46, HEIGHT), (x - 46, HEIGHT), (x - 46, 1290)]),
                linear((x - 60, 0), (x + 60, 0), "#c4ced6", "#9cabb7", "#76879a"),
            )

    back = stage.still(far)
    houses = stage.still(
        lambda c: city.skyline(c, 1330, 420, "#6f9fb8", seed=14, right=1500, lit="#fff2cf", share=0.35), 0, 860, 1500, 1060
    )
    viaduct = stage.still(bridge, 0, 1080, 2100, 840)
    metro = stage.still(lambda c: city.train(c, 1960, 0, 3, "#e4572e"), 0, -230, 1980, 260)
    puff = sky.cloud_still(stage, 460, "#ffffff", "#dcebf2")

    def trees(c: skia.Canvas) -> None:
        for k in range(9):
            land.tree(c, 60 + k * 270, 1800 + 40 * (k % 2), 420 + 60 * (k % 3), "#4f9d69")

    front = stage.still(trees, -100, 1200, 2500, 720)

    def draw(c: skia.Canvas, t: float) -> None:
        back.draw(c)
        puff.draw(c, 200 - 30 * t, 380)
        puff.draw(c, 900 - 30 * t, 620)
        houses.draw(c, -60 * t)
        viaduct.draw(c, -120 * t)
        metro.draw(c, -1500 + 540 * t, 1078 + 1.5 * wave(t, 0.4))
        front.draw(c, -240 * t)

    return draw


def night_traffic(stage: Stage) -> Draw:
    def far(c: skia.Canvas) -> None:
        sky.backdrop(c, "#0e1430", "#233063", "#5a4a86", bottom=1150)
        sky.stars(c, 70, seed=9, bottom=500)
        sky.moon(c, 250, 330, 66)
        city.skyline(c, 1080, 620, "#2a3468", seed=41, lit="#ffd98a", share=0.3)

    def street(c: skia.Canvas) -> None:
        c.drawRect(box(0, 1130, WIDTH, HEIGHT - 1130), linear((0, 1130), (0, HEIGHT), "#3b3f63", "#1b1f3a"))
        c.drawRect(box(0, 1120, WIDTH, 30), linear((0, 1120), (0, 1150), "#7b7fa6", "#4c5079"))
        for k in range(4):
            oval(c, 120 + 300 * k, 1240 + 30 * (k % 2), 200, 34, soft("#ffcf87", 0.25, 26))

    def lamps(c: skia.Canvas) -> None:
        for k in range(5):
            city.street_lamp(c, 120 + k * 460, 1140, 620, "#151933", "#ffd58a", side=1)

    back = stage.still(far)
    road = stage.still(street, 0, 1100, WIDTH, 820)
    row = stage.still(lamps, -40, 300, 2300, 860)
    blink = city.blinking_windows(26, seed=6, top=620, bottom=1040, colour="#ffe6a8")
    dots = stage.still(
        lambda c: sky.bokeh(c, 22, seed=30, colours=("#ffb35c", "#ff7a6a", "#ffe0a0", "#8fb6ff"), top=1420, bottom=1880, size=95),
        0,
        1300,
        WIDTH,
        620,
    )

    def draw(c: skia.Canvas, t: float) -> None:
        back.draw(c)
        blink(c, t)
        road.draw(c)
        row.draw(c, -120 * t)
        for k in range(9):
            x = 1180 - cycle(t, 2.4, k / 9) * 1300
            rounded(c, x, 1338, 90, 10, 5, fill("#f4f0d8", 0.75))
        city.car(c, -300 + 460 * t, 1236, 330, "#e4572e", 700 * t, lights=True)
        city.car(c, 500 + 110 * t, 1300 + 1.5 * wave(t, 0.35), 400, "#2ec4b6", 500 * t, lights=True)
        city.car(c, -1700 + 560 * t, 1286, 380, "#f4d35e", 800 * t, lights=True)
        dots.draw(c, -30 * t, 0, 0.75 + 0.2 * wave(t, 3))

    return draw


def commuter_with_cup(stage: Stage) -> Draw:
    outfit = people.Outfit(skin="#f0b48c", hair="#3a2430", top="#f4f1ea", bottom="#31456a", shoes="#e4572e")

    def far(c: skia.Canvas) -> None:
        sky.backdrop(c, "#9fd8e8", "#d9f0ee", "#fff0d8", bottom=1200)
        sky.sun(c, 260, 420, 70, "#ffd98a", "#fff0c0")
        city.skyline(c, 1100, 600, "#a8cfdc", seed=51, lit="#eef8fa", share=0.45)

    def shops(c: skia.Canvas) -> None:
        for k in range(6):
            x = k * 400
            colour = ("#e9c46a", "#8ab6a9", "#e79c7f", "#b9a7cf", "#9cc3e0", "#efb6a0")[k]
            rounded(c, x, 560 + 60 * (k % 2), 392, 760, 10, linear((0, 560), (0, 1300), light(colour, 0.35), colour))
            for row in range(2):
                for column in range(3):
                    rounded(
                        c,
                        x + 44 + column * 112,
                        640 + 60 * (k % 2) + row * 140,
                        78,
                        96,
                        10,
                        linear((0, 640), (0, 900), "#f4fbff", "#b9d6e4"),
                    )
            rounded(c, x + 30, 1010, 332, 290, 10, fill(dark(colour, 0.55), 0.85))
            rounded(c, x + 46, 1040, 190, 220, 8, linear((0, 1040), (0, 1260), "#fff0c4", "#f6cf8e"))
            rounded(c, x + 254, 1040, 90, 260, 8, fill(dark(colour, 0.35)))
            for stripe in range(8):
                c.drawPath(
                    polygon(
                        [
                            (x + 16 + stripe * 45, 960),
                            (x + 61 + stripe * 45, 960),
                            (x + 61 + stripe * 45, 1036),
                            (x + 16 + stripe * 45, 1036),
                        ]
                    ),
                    fill("#ffffff" if stripe % 2 else dark(colour, 0.2)),
                )

    def pavement(c: skia.Canvas) -> None:
        c.drawRect(box(0, 1300, 3000, 620), linear((0, 1300), (0, HEIGHT), "#e6dcd0", "#b5a697"))
        for k in range(26):
            c.drawLine(k * 130, 1300, k * 130 - 180, HEIGHT, stroke("#c2b4a4", 5, 0.7))
        c.drawRect(box(0, 1300, 3000, 16), fill("#ffffff", 0.6))
        c.drawRect(box(0, 1440, 3000, 5), fill("#c2b4a4", 0.8))

    back = stage.still(far)
    houses = stage.still(shops, 0, 540, 2400, 780)
    ground = stage.still(pavement, 0, 1290, 2800, 630)

    def trees(c: skia.Canvas) -> None:
        for k in range(5):
            land.tree(c, 160 + 640 * k, 1310, 560, "#5fae7a")

    green = stage.still(trees, 0, 740, 3000, 580)

    def draw(c: skia.Canvas, t: float) -> None:
        back.draw(c)
        houses.draw(c, -150 * t)
        green.draw(c, -240 * t)
        ground.draw(c, -240 * t)
        bob = 9 * wave(t, 0.575)
        pose = people.walking(t)
        x, y, height = 560.0, 1030 + bob, 830.0
        oval(c, x, 1440, 190, 24, fill("#4a3a30", 0.28))
        measured = people.figure(c, x, y, height, pose, outfit)
        pocket = people.backpack(c, measured, height, "#2f7f86")
        c.save()
        c.translate(pocket[0] - 14, pocket[1] + 30)
        c.rotate(3 + 2 * wave(t, 0.575, 0.2))
        vessels.tumbler(c, 0, 60, 215, "#f07b4f")
        c.restore()
        rounded(c, pocket[0] - 72, pocket[1] + 8, 112, 118, 24, linear((pocket[0] - 72, 0), (pocket[0] + 40, 0), "#215f66", "#2a737a"))
        strap = [
            (measured.neck[0] - 14, measured.neck[1] + 34),
            (measured.neck[0] + 26, measured.neck[1] + 110),
            (measured.neck[0] - 30, measured.neck[1] + 190),
        ]
        c.drawPath(polygon(strap, closed=False), stroke("#215f66", 20))
        for k in range(5):
            share = cycle(t, 2.2, k * 0.2)
            land.leaf(c, 1100 - 1250 * share, 500 + 140 * k + 120 * share + 30 * wave(t, 1.4, k * 0.3), 34, 360 * share + 70 * k, "#e9a23b")

    return draw


SCENES = {
    "skyline_at_dusk": skyline_at_dusk,
    "metro_train": metro_train,
    "night_traffic": night_traffic,
    "commuter_with_cup": commuter_with_cup,
}
