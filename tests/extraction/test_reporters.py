"""Reporters whom the papers of East Asia name by their trade, and names in short boxes."""

from __future__ import annotations

from typing import Any

import pytest
from test_any_page import PLAIN, page, read
from test_fellow_authors import PAPER, signed

CHINESE = [
    f"港口{n}號燈塔在星期一晚上再次熄滅，碼頭上沒有人說得出是什麼時候熄的，也沒有人知道該由誰去把它重新點亮，"
    "燈塔管理處說要等到春天才有油可以用，漁民們只好自己帶著煤油燈出海去。"
    for n in "一二三四五"
]


def chinese(first: str = "", last: str = "", head: str = "") -> Any:
    lines = [first + CHINESE[0], *CHINESE[1:-1], CHINESE[-1] + last]
    body = "".join(f"<p>{line}</p>" for line in lines)
    html = f"<html lang='zh'><head><title>燈塔又熄了</title></head><body><article><h1>燈塔又熄了</h1>{head}<div class='story'>{body}</div></article></body></html>"
    return read(html)


@pytest.mark.parametrize("line", ["高级记者", "金融記者", "文化记者", "常駐記者"])
def test_a_reporters_rank_or_field_is_no_name(line: str) -> None:
    assert chinese(head=f"<p>{line}</p>").authors == ()


def test_a_subheading_on_reporters_names_none() -> None:
    found = chinese(first=f"{CHINESE[0]}</p><h2>保護記者安全</h2><p>")
    assert found.authors == ()
    assert "保護記者安全" in found.text


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("（中央社記者林曉雯台南5日電）", "林曉雯"),
        ("（中央社記者林曉雯、張立德洛杉磯4日專電）", "林曉雯 張立德"),
        ("（中央社記者王揚洛杉磯4日專電）", "王揚"),
        ("〔記者林曉雯／台南報導〕", "林曉雯"),
        ("新华社杭州3月5日电（记者周若琳、陈启航）", "周若琳 陈启航"),
        ("本报讯（记者 周若琳 通讯员 李大山）", "周若琳"),
        ("人民网北京3月5日电 （周若琳）", "周若琳"),
        ("【ワシントン＝山田太郎】", "山田太郎"),
        ("(서울=항구통신) 홍길동 기자 = ", "홍길동"),
        ("[항구일보 홍길동 기자] ", "홍길동"),
        ("（中央社台北5日電）", ""),
        ("〔即時新聞／綜合報導〕", ""),
        ("〔記者高雄報導〕", ""),
        ("（记者会在码头举行）", ""),
        ("【北京＝共同】", ""),
        ("【大阪＝経済部】", ""),
    ],
)
def test_a_dateline_names_the_reporter_and_stays(line: str, expected: str) -> None:
    found = chinese(first=line)
    assert [author.name for author in found.authors] == expected.split()
    assert found.text.startswith(line.strip())


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("（新华社记者周若琳）", "周若琳"),
        ("（ニューヨーク＝佐藤花子）", "佐藤花子"),
        ("（聞き手・山田太郎）", "山田太郎"),
        ("（记者周若琳摄）", ""),
        ("（写真＝山田太郎）", ""),
        ("（提供＝東京都）", ""),
    ],
)
def test_the_bracket_at_the_end_names_the_reporter(line: str, expected: str) -> None:
    assert [author.name for author in chinese(last=line).authors] == expected.split()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("記者林曉雯／台南報導", "林曉雯"),
        ("聯合報／ 記者林曉雯／台南即時報導", "林曉雯"),
        ("生活中心／林曉雯報導", "林曉雯"),
        ("港口新闻记者 周若琳 文/图", "周若琳"),
        ("정치부 홍길동·김영희 기자 gildong@paper.example", "홍길동 김영희"),
    ],
)
def test_a_line_that_names_the_reporter_is_a_byline(line: str, expected: str) -> None:
    plain = chinese().text
    over = chinese(head=f"<p>{line}</p>")
    assert (over.text, over.byline) == (plain, line)
    assert [author.name for author in over.authors] == expected.split()
    below = chinese(last=f"</p><p>{line}")
    assert (below.text, [author.name for author in below.authors]) == (plain, expected.split())


@pytest.mark.parametrize(
    "line", ["生活中心／綜合報導", "記者綜合報導", "취재 기자", "記者林曉雯攝"]
)
def test_a_desk_is_nobody(line: str) -> None:
    assert chinese(head=f"<p>{line}</p>").authors == ()


def test_a_short_name_in_an_authors_box() -> None:
    box = "<div class='author'>{}</div>"
    assert [one.name for one in chinese(head=box.format("周若琳")).authors] == ["周若琳"]
    assert chinese(head=box.format("综合")).authors == ()
    assert chinese(head=box.format("高雄")).authors == ()


def test_a_place_and_a_colon_before_a_name() -> None:
    line = "<ul><li class='author'>{}</li></ul>"
    assert signed(line.format("عين الورد: ليلى الحمداني"), PAPER) == ["ليلى الحمداني"]
    assert signed(line.format("تصوير: ليلى الحمداني"), PAPER) == ["The Paper"]
    assert read(page().replace("</h1>", f"</h1>{line.format('عمّان: هالة منصور')}")).text == PLAIN
