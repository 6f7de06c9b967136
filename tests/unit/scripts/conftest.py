"""Briefs of all scenarios in both languages, and a script to break."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from libs.common.media.brief import Brief, Language, Price, Product, Scenario, Tone
from libs.common.media.review import BriefReview, Decision
from services.scripts.checks.draft import Draft
from services.scripts.facts import grounds_of
from services.scripts.plan import make_plan
from services.scripts.template.compose import compose

CUP_ZH = Product(
    name="云朵随行保温杯",
    category="保温杯",
    selling_points=("24小时长效保温", "316不锈钢内胆", "一键弹盖，单手就能开", "净重只有220克"),
    claims=("杯盖通过5000次开合测试",),
    price=Price(amount=Decimal(199), was=Decimal(299)),
    must_say=("七天无理由退换",),
)
CUP_EN = Product(
    name="Nimbus Travel Tumbler",
    category="insulated tumbler",
    selling_points=(
        "Keeps drinks hot for 24 hours",
        "Double-wall stainless steel",
        "One-touch lid opens with one hand",
        "Weighs just 220 grams",
    ),
    claims=("Lid tested through 5,000 open-close cycles",),
    price=Price(amount=Decimal(39), was=Decimal(49), currency="USD"),
    must_say=("Free returns for 30 days",),
)
BUS_ZH = Product(
    name="城东新增三条公交线路",
    category="城市交通",
    selling_points=("三条线路连接地铁站和六个社区", "首末班车为早6点到晚10点", "首批投入40辆新能源公交车", "票价2元，支持扫码乘车"),
    claims=("预计每天服务2万名乘客",),
)
STREET_EN = Product(
    name="Riverside opens its first car-free street",
    category="city transport",
    selling_points=(
        "Mill Street closes to cars on weekends from 9 am to 8 pm",
        "The city will add 120 bike parking spaces",
        "Local shops can put tables outside without a permit fee",
    ),
    claims=("A survey of 800 residents found 64% in favor",),
)
COFFEE_ZH = Product(
    name="在家怎么手冲一杯好咖啡",
    category="咖啡",
    selling_points=("咖啡粉和水的比例是1比15", "水温保持在90到93度", "先倒少量水闷蒸30秒", "剩下的水分三次注入，全程约2分30秒"),
    claims=("粉磨得太细，味道容易发苦",),
)
INTEREST_EN = Product(
    name="How compound interest works",
    category="personal finance",
    selling_points=(
        "Interest is paid on your savings and on the interest already earned",
        "At 7% a year, money doubles in about ten years",
        "Starting early matters more than starting big",
    ),
    claims=("$100 a month for 30 years at 7% grows to about $122,000",),
)
SUBJECTS: tuple[dict[str, Any], ...] = (
    {"product": CUP_ZH, "audience": "上班族", "tone": Tone.energetic},
    {"product": CUP_EN, "audience": "commuters", "language": Language.en, "tone": Tone.playful},
    {"product": BUS_ZH, "audience": "城东居民", "scenario": Scenario.news, "tone": Tone.professional},
    {"product": STREET_EN, "language": Language.en, "scenario": Scenario.news, "tone": Tone.calm},
    {"product": COFFEE_ZH, "audience": "咖啡新手", "scenario": Scenario.education},
    {"product": INTEREST_EN, "audience": "students", "language": Language.en, "scenario": Scenario.education, "tone": Tone.calm},
)


def _draft_of(brief: Brief) -> Draft:
    grounds = grounds_of(brief)
    plan = make_plan(grounds)
    return Draft(grounds, plan, compose(grounds, plan))


@pytest.fixture(scope="session")
def draft_of() -> Callable[[Brief], Draft]:
    """Writes a brief with the template."""
    return _draft_of


@pytest.fixture(scope="session")
def cup_zh() -> Product:
    return CUP_ZH


@pytest.fixture(scope="session")
def cup_en() -> Product:
    return CUP_EN


@pytest.fixture(scope="session")
def allowed() -> BriefReview:
    return BriefReview(decision=Decision.allow, findings=(), policy_version="test")


@pytest.fixture(params=SUBJECTS, ids=lambda subject: f"{subject.get('language', 'zh')}-{subject.get('scenario', 'ecommerce')}")
def subject(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = request.param
    return found


@pytest.fixture
def draft(subject: dict[str, Any]) -> Draft:
    """A script of 30 s that passes every check."""
    return _draft_of(Brief(length_s=30, **subject))


@pytest.fixture
def cup() -> Callable[..., Brief]:
    return lambda **fields: Brief(**{"product": CUP_ZH, "length_s": 30, **fields})
