"""espeak-ng in its own process."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import espeakng_loader
import numpy as np
import pytest

from libs.common.media.errors import Defect, Unavailable
from services.voice.catalogue import VOICES
from services.voice.tts import espeak_child
from services.voice.tts.espeak import EspeakSynthesizer
from services.voice.tts.espeak_child import EspeakChild

ROOT = Path(__file__).parents[3]
ZH, EN = VOICES["zh-male"], VOICES["en-us-female"]
HELLO = ("你好", "，", "世界", "。")

PHONEMES = """
import ctypes, json, sys
from services.voice.tts.espeak_process import Espeak
engine = Espeak(*sys.argv[1:3])
engine._lib.espeak_TextToPhonemes.restype = ctypes.c_char_p
engine._lib.espeak_TextToPhonemes.argtypes = (ctypes.POINTER(ctypes.c_void_p), ctypes.c_int, ctypes.c_int)
engine._lib.espeak_SetVoiceByName(b"cmn")
found = {}
for char in sys.argv[3]:
    text = ctypes.create_string_buffer(char.encode())
    place = ctypes.c_void_p(ctypes.addressof(text))
    found[char] = engine._lib.espeak_TextToPhonemes(ctypes.byref(place), 1, 2).decode()
print(json.dumps(found))
"""
DIGEST = """
import hashlib, json, sys
from services.voice.catalogue import VOICES
from services.voice.tts.espeak import EspeakSynthesizer
tts = EspeakSynthesizer()
print(json.dumps([hashlib.sha256(tts.speak(units, VOICES[voice]).pcm).hexdigest() for voice, units in json.loads(sys.argv[1])]))
tts.close()
"""


@pytest.fixture
def tts():
    engine = EspeakSynthesizer(timeout_s=10)
    yield engine
    engine.close()


def run(program, *arguments):
    done = subprocess.run([sys.executable, "-c", program, *arguments], cwd=ROOT, capture_output=True, check=True, timeout=60)
    return json.loads(done.stdout)


def test_a_hanzi_is_not_spoken_in_english():
    hanzi = "这款保温杯只要一百九十九元重庆银行音乐长大真的好喝吗幺两零"

    phonemes = run(PHONEMES, espeakng_loader.get_library_path(), espeakng_loader.get_data_path(), hanzi)

    assert len(phonemes) == len(set(hanzi))
    assert all(said and "(en)" not in said for said in phonemes.values())


def test_the_library_is_the_one_that_the_identity_names(tts):
    child = EspeakChild()
    head, _ = child.ask({"text": "a", "model": "gmw/en", "rate": 175, "pitch": 50, "range": 50, "gap": 0, "volume": 50}, timeout_s=10)
    child.close()

    assert tts.identity == f"espeak-ng/{head['version']}"


def test_bytes_do_not_depend_on_the_process_or_on_what_was_said_before():
    calls = [["zh-male", ["你好", "世界"]], ["en-us-male", ["Good", " ", "morning"]], ["zh-female", ["保温杯"]]]

    forwards = run(DIGEST, json.dumps(calls))
    time.sleep(1.1)  # the library seeds its noise with the second of the day
    backwards = run(DIGEST, json.dumps(calls[::-1]))

    assert forwards == backwards[::-1]


def test_it_makes_a_sound(tts):
    assert np.abs(np.frombuffer(tts.speak(HELLO, ZH).pcm, "<i2")).max() > 3_000


def test_no_sample_touches_full_scale(tts):
    pcm = np.frombuffer(tts.speak(("啊", "！", "哇", "！", "大家", "好", "！"), ZH).pcm, "<i2")

    assert np.abs(pcm.astype(int)).max() < 32_000


def test_a_killed_process_is_replaced(tts):
    before = tts.speak(HELLO, ZH)
    (child,) = tts._idle
    os.kill(child.pid, signal.SIGKILL)

    assert tts.speak(HELLO, ZH) == before
    assert tts._idle[0].pid != child.pid


def test_a_process_killed_in_the_middle_of_its_work_is_replaced(tts):
    short = tts.speak(HELLO, ZH)
    (child,) = tts._idle
    os.kill(child.pid, signal.SIGSTOP)  # it has the request and does not answer
    threading.Timer(0.3, os.kill, (child.pid, signal.SIGKILL)).start()

    assert tts.speak(HELLO, ZH) == short


def test_an_engine_that_hangs_is_killed_and_said_to_be_down(monkeypatch, tmp_path):
    program = tmp_path / "hangs.py"
    program.write_text("import sys, time\nsys.stdin.buffer.read(4)\ntime.sleep(600)\n")
    monkeypatch.setattr(espeak_child, "PROGRAM", program)
    tts = EspeakSynthesizer(timeout_s=0.2)

    with pytest.raises(Unavailable) as caught:
        tts.speak(HELLO, ZH)

    assert caught.value.code == "voice.engine_down"
    assert tts._idle == []


def test_an_engine_that_cannot_start_is_down(monkeypatch, tmp_path):
    monkeypatch.setattr(espeak_child, "PROGRAM", tmp_path / "missing.py")

    with pytest.raises(Unavailable) as caught:
        EspeakSynthesizer().speak(HELLO, ZH)

    assert caught.value.code == "voice.engine_down"


def test_a_crash_of_the_library_costs_one_request_and_not_the_process():
    child = EspeakChild()
    head, pcm = child.ask({"text": "a", "model": "cmn"}, timeout_s=10)  # the fork raises on the missing rate

    assert head["crashed"]
    assert pcm == b""
    assert child.alive
    child.close()


def test_a_voice_that_the_library_lacks_is_our_mistake(tts):
    from dataclasses import replace

    with pytest.raises(Defect) as caught:
        tts.speak(HELLO, replace(ZH, model="klingon-9"))

    assert caught.value.code == "voice.engine_refused"


def test_threads_share_a_pool(tts):
    found = {}

    def speak(number):
        found[number] = hashlib.sha256(tts.speak(HELLO, ZH).pcm).hexdigest()

    threads = [threading.Thread(target=speak, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 4
    assert len(set(found.values())) == 1
    assert len(tts._idle) == 1


def test_latin_words_in_chinese_are_spoken(tts):
    with_usb, without = tts.speak(("用", " USB", " 充电"), ZH), tts.speak(("用", "充电"), ZH)

    assert len(with_usb.pcm) > len(without.pcm)
    assert with_usb.spans[1].end > with_usb.spans[1].start


def test_two_voices_of_a_language_differ(tts):
    assert tts.speak(HELLO, ZH).pcm != tts.speak(HELLO, VOICES["zh-female"]).pcm
    assert EN.language != ZH.language
