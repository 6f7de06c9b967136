"""People as flat figures with jointed limbs: one pose, one outfit, one drawing for all who walk, run, stand and point."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import skia

from services.assets.starter.kit.motion import wave
from services.assets.starter.kit.paint import Colour, Point, dark, fill, light, linear, oval, polygon, smooth, stroke


@dataclass(frozen=True, slots=True)
class Outfit:
    skin: Colour = "#f0b48c"
    hair: Colour = "#2d2230"
    top: Colour = "#e8734a"
    bottom: Colour = "#2f3e5c"
    shoes: Colour = "#f4f4f0"
    sleeve: bool = True
    """Long sleeves: the arm has the colour of the top."""
    long_hair: bool = False
    shorts: bool = False


@dataclass(frozen=True, slots=True)
class Pose:
    """Angles in degrees from straight down, forward (to the right) positive; the second of a pair is the bend of the lower part."""

    lean: float = 0
    near_arm: Point = (0, 0)
    far_arm: Point = (0, 0)
    near_leg: Point = (0, 0)
    far_leg: Point = (0, 0)
    nod: float = 0


@dataclass(frozen=True, slots=True)
class Joints:
    """Where the drawn figure's parts ended up, for things that are held or worn."""

    hip: Point
    neck: Point
    head: Point
    near_hand: Point
    far_hand: Point
    feet: tuple[Point, Point] = field(default=((0, 0), (0, 0)))


def reach(start: Point, angle: float, length: float) -> Point:
    return (start[0] + length * math.sin(math.radians(angle)), start[1] + length * math.cos(math.radians(angle)))


def figure(canvas: skia.Canvas, x: float, y: float, height: float, pose: Pose, outfit: Outfit) -> Joints:
    """Draw a person whose hip is at (x, y); `height` is that of the person standing. Looks to the right."""
    thigh, shin, upper, lower, trunk = (height * part for part in (0.245, 0.245, 0.165, 0.155, 0.29))
    hip = (x, y)
    neck = reach(hip, 180 - pose.lean, trunk)
    shoulder = reach(hip, 180 - pose.lean, trunk * 0.9)
    head = reach(neck, 180 - pose.lean - pose.nod, height * 0.085)

    def arm(bend: Point, shade: float) -> Point:
        elbow = reach(shoulder, bend[0], upper)
        hand = reach(elbow, bend[0] + bend[1], lower)
        cloth, skin = dark(outfit.top, shade), dark(outfit.skin, shade * 0.8)
        canvas.drawPath(polygon([elbow, hand], closed=False), stroke(cloth if outfit.sleeve else skin, height * 0.05))
        canvas.drawPath(polygon([shoulder, elbow], closed=False), stroke(cloth, height * 0.06))
        canvas.drawCircle(*hand, height * 0.029, fill(skin))
        return hand

    def leg(bend: Point, shade: float) -> Point:
        knee = reach(hip, bend[0], thigh)
        angle = bend[0] + bend[1]
        ankle = reach(knee, angle, shin)
        cloth, skin = dark(outfit.bottom, shade), dark(outfit.skin, shade * 0.8)
        canvas.drawPath(polygon([knee, ankle], closed=False), stroke(skin if outfit.shorts else cloth, height * 0.055))
        canvas.drawPath(polygon([hip, knee], closed=False), stroke(cloth, height * 0.085))
        toe = reach(ankle, angle + 78, height * 0.075)
        canvas.drawPath(
            polygon([reach(ankle, angle + 250, height * 0.012), toe], closed=False), stroke(dark(outfit.shoes, shade), height * 0.045)
        )
        return ankle

    far_hand = arm(pose.far_arm, 0.28)
    far_foot = leg(pose.far_leg, 0.28)
    near_foot = leg(pose.near_leg, 0.0)
    chest = height * 0.075
    across = (math.cos(math.radians(pose.lean)), math.sin(math.radians(pose.lean)))
    top = reach(hip, 180 - pose.lean, trunk * 0.97)

    def beside(point: Point, distance: float) -> Point:
        return (point[0] + across[0] * distance, point[1] + across[1] * distance)

    waist = reach(hip, 180 - pose.lean, trunk * 0.38)
    below = reach(hip, 180 - pose.lean, -height * 0.02)
    canvas.drawPath(polygon([neck, head], closed=False), stroke(dark(outfit.skin, 0.15), height * 0.05))
    if outfit.long_hair:
        tail = reach(head, -70 + 6 * pose.lean / 10, height * 0.12)
        canvas.drawPath(
            smooth([beside(head, -height * 0.05), tail, reach(tail, -20, height * 0.07)], closed=False), stroke(outfit.hair, height * 0.05)
        )
    torso = smooth(
        [
            beside(top, -chest * 0.8),
            beside(top, chest * 0.7),
            beside(waist, chest * 0.92),
            beside(below, chest * 0.72),
            beside(below, -chest * 0.72),
            beside(waist, -chest * 0.85),
        ]
    )
    canvas.drawPath(torso, linear(beside(waist, -chest), beside(waist, chest), dark(outfit.top, 0.16), outfit.top, light(outfit.top, 0.12)))
    canvas.drawCircle(*head, height * 0.064, fill(outfit.skin))
    oval(canvas, head[0] + height * 0.058, head[1] + height * 0.012, height * 0.014, height * 0.014, fill(outfit.skin))
    crown = skia.Path()
    crown.moveTo(head[0] + height * 0.058, head[1] - height * 0.03)
    crown.cubicTo(
        head[0] + height * 0.05,
        head[1] - height * 0.1,
        head[0] - height * 0.085,
        head[1] - height * 0.1,
        head[0] - height * 0.074,
        head[1] + height * 0.02,
    )
    crown.cubicTo(
        head[0] - height * 0.06,
        head[1] + height * 0.05,
        head[0] - height * 0.03,
        head[1] + height * 0.045,
        head[0] - height * 0.02,
        head[1] + height * 0.01,
    )
    crown.cubicTo(
        head[0] - height * 0.01,
        head[1] - height * 0.02,
        head[0] + height * 0.02,
        head[1] - height * 0.035,
        head[0] + height * 0.058,
        head[1] - height * 0.03,
    )
    canvas.drawPath(crown, fill(outfit.hair))
    near_hand = arm(pose.near_arm, 0.0)
    return Joints(hip, neck, head, near_hand, far_hand, (near_foot, far_foot))


def running(t: float, period_s: float = 0.72) -> Pose:
    """A running cycle; both feet leave the ground between the steps."""

    def leg(phase: float) -> Point:
        swing = wave(t, period_s, phase)
        return (10 + 38 * swing, -(28 + 52 * max(0.0, wave(t, period_s, phase - 0.23)) + 8 * swing))

    swing = wave(t, period_s)
    return Pose(
        lean=10, near_arm=(-44 * swing, 82 + 14 * swing), far_arm=(44 * swing, 82 - 14 * swing), near_leg=leg(0), far_leg=leg(0.5), nod=-4
    )


def walking(t: float, period_s: float = 1.15, lean: float = 3) -> Pose:
    def leg(phase: float) -> Point:
        return (25 * wave(t, period_s, phase), -(8 + 30 * max(0.0, wave(t, period_s, phase + 0.27))))

    swing = wave(t, period_s)
    return Pose(
        lean=lean, near_arm=(-24 * swing, 16 + 8 * swing), far_arm=(24 * swing, 16 - 8 * swing), near_leg=leg(0), far_leg=leg(0.5), nod=-2
    )


def backpack(canvas: skia.Canvas, joints: Joints, height: float, colour: Colour) -> Point:
    """On the back of a drawn figure (call it before the figure for one behind); returns the side pocket's mouth."""
    (nx, ny), (hx, hy) = joints.neck, joints.hip
    canvas.save()
    canvas.translate((nx + hx) / 2, (ny + hy) / 2)
    canvas.rotate(math.degrees(math.atan2(nx - hx, hy - ny)))
    wide, tall = height * 0.155, height * 0.285
    left = -height * 0.06 - wide
    canvas.drawRoundRect(
        skia.Rect.MakeXYWH(left, -tall * 0.55, wide, tall),
        wide * 0.36,
        wide * 0.36,
        linear((left, 0), (left + wide, 0), dark(colour, 0.2), colour, light(colour, 0.12)),
    )
    canvas.drawRoundRect(
        skia.Rect.MakeXYWH(left - wide * 0.12, -tall * 0.02, wide * 0.7, tall * 0.44), wide * 0.2, wide * 0.2, fill(dark(colour, 0.25))
    )
    canvas.drawRoundRect(skia.Rect.MakeXYWH(left + wide * 0.12, -tall * 0.42, wide * 0.6, tall * 0.05), 6, 6, fill(light(colour, 0.3)))
    canvas.restore()
    return ((nx + hx) / 2 - height * 0.06 - wide * 0.6, (ny + hy) / 2 - tall * 0.02)
