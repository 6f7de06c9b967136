from collections.abc import Callable
from fractions import Fraction

from libs.common.media.blob import BlobRef
from libs.common.media.brief import Brief, Language, Product, Scenario
from libs.common.media.footage import Footage
from libs.common.media.render import Segment
from libs.common.media.sound import Soundtrack, TimingSource, Utterance
from libs.common.media.storyboard import Scene, SceneRole, Storyboard
from libs.common.media.timeline import Canvas
from services.encoding.degraded import fall_backs

BRIEF = Brief(product=Product(name="Kettle", selling_points=("fast",)))
SCENE = Scene(index=0, role=SceneRole.hook, language=Language.en, narration="Hello", visual_query="kettle", target_s=Fraction(3))


def storyboard(reason: str = "") -> Storyboard:
    return Storyboard(
        title="Kettle",
        language=Language.en,
        scenario=Scenario.ecommerce,
        scenes=(SCENE,),
        facts=(),
        generator="template/1",
        degraded=bool(reason),
        degraded_reason=reason,
    )


def segment(scene: int, *notes: str) -> Segment:
    canvas = Canvas(width_px=108, height_px=192, rate=Fraction(30))
    video = BlobRef(key=f"segments/{scene}.mp4", size_bytes=1, media_type="video/mp4")
    return Segment(scene=scene, video=video, canvas=canvas, length=90, executor="opencv", encoder="fast", notes=notes)


def test_nothing_is_said_where_all_went_as_asked(make_utterance: Callable[..., Utterance], soundtrack: Soundtrack):
    assert fall_backs(BRIEF, storyboard(), (make_utterance(0, 90),), (Footage(scene=0, shots=()),), (), soundtrack) == ()


def test_each_fall_back_is_one_line_in_words(make_utterance: Callable[..., Utterance], soundtrack: Soundtrack):
    footages = (Footage(scene=0, shots=(), fallback="product_image"), Footage(scene=1, shots=(), fallback="text_card"))
    utterances = (make_utterance(0, 90), make_utterance(1, 90, source=TimingSource.proportional))

    segments = (segment(0), segment(1, "the kernel cannot be compiled", "no font here can draw: ꙮ"))

    lines = fall_backs(BRIEF, storyboard("the model did not answer"), utterances, footages, segments, soundtrack)

    assert lines == (
        "Script: the model did not answer",
        "Scene 1: no clip of the library fitted, a product image stands in",
        "Scene 2: neither a clip nor an image fitted, a text card stands in",
        "Scene 2: the word times are estimated from the length of the words",
        "Scene 2: the kernel cannot be compiled",
        "Scene 2: no font here can draw: ꙮ",
    )
