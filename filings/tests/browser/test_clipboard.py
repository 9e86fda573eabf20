"""Clipboard content is read as a block of cells, as displayed, without running or fetching any of it."""

from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from filings.tests.browser.js_modules import answers

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

EXCEL = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns="http://www.w3.org/TR/REC-html40">
<head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8">
<meta name=ProgId content=Excel.Sheet>
<link id=Main-File rel=Main-File href="file:///C:/Users/ADMINI~1/AppData/Local/Temp/msohtmlclip1/01/clip.htm">
<style>
<!--table
	{mso-displayed-decimal-separator:"\\.";}
.xl65
	{text-align:center; mso-number-format:"\\@"; white-space:normal;}
-->
</style>
</head>
<body link="#0563C1" vlink="#954F72">
<table border=0 cellpadding=0 cellspacing=0 width=390 style='border-collapse:
 collapse;width:293pt'>
<!--StartFragment-->
 <col width=72 span=2 style='width:54pt'>
 <col width=150 style='mso-width-source:userset;mso-width-alt:4800;width:113pt'>
 <tr height=19 style='height:14.25pt'>
  <td rowspan=3 height=57 class=xl65 width=72 style='height:42.75pt;width:54pt'>产出<br>
    指标</td>
  <td rowspan=2 class=xl65 style='border-left:none'>数量指标</td>
  <td class=xl65 style='border-left:none;mso-ignore:padding'>财政供养人员<![if !supportAnnotations]><a
  class=msocomanch href="#_msocom_1">[1]</a><![endif]></td>
  <td class=xl65 align=right><span style='mso-spacerun:yes'>&nbsp;</span>28人<span
  style='mso-spacerun:yes'>&nbsp;</span></td>
 </tr>
 <tr height=19 style='height:14.25pt'>
  <td height=19 class=xl65>举办培训&nbsp;&nbsp;班
    次</td>
  <td class=xl65>&ge;12<font class="font5">期</font></td>
 </tr>
 <tr height=19>
  <td class=xl65>质量指标</td>
  <td colspan=2 class=xl65>合格&amp;优良</td>
 </tr>
 <![if supportMisalignedColumns]>
 <tr height=0 style='display:none'>
  <td width=72 style='width:54pt'></td><td width=72 style='width:54pt'></td>
  <td width=150 style='width:113pt'></td><td width=96 style='width:72pt'></td>
 </tr>
 <![endif]>
<!--EndFragment-->
</table>
</body>
</html>"""
EXCEL_PLAIN = '"产出\n指标"\t数量指标\t财政供养人员\t28人\r\n\t\t举办培训班次\t≥12期\r\n\t质量指标\t合格&优良\t\r\n'
WPS = """<html xmlns:et="urn:schemas-microsoft-com:office:excel"><body><!--StartFragment-->
<table width="216.04" border="0" style="border-collapse:collapse;"><colgroup><col width="72"/></colgroup><tbody>
<tr height="18"><td class="et2" x:num="550.13" height="18">550.13</td><td class="et2" x:str>一般公共预算：</td></tr>
<tr height="18"><td class="et2"></td><td class="et2" x:str="'">基本<br/>支出</td></tr>
</tbody></table><!--EndFragment--></body></html>"""
WORD = """<table class=MsoTableGrid><tr><td><p class=MsoNormal><b><span lang=ZH>时效 </span> <span> 指标</span></b></p>
</td><td><p class=MsoNormal>第一段</p><p class=MsoNormal>第二段<o:p>&nbsp;</o:p></p></td></tr></table>"""
WEB = """<style>td{color:red}</style><h1>公开</h1><table><caption>表</caption>
<thead><tr><th scope=col>一级指标<th>指标值</thead><tfoot><tr><td>合计<td>2</tfoot>
<tbody><tr><td> 满意度
 指标 <span style="display: none">排序键</span><script>window.ran = 1</script><td><ul><li>甲</li><li>乙</li></ul>
<tr><td><template>无</template><div>丙<br></div><div>丁</div></td><td><pre>一
  二</pre></table>"""
NESTED = "<table><tr><td>菜单<td><table><tr><td>甲<td>乙<tr><td>丙<td>丁</table></table>"
AROUND = "<table><tr><td>甲<td>乙<td>丙<tr><td>丁<table><tr><td>戊<td>己<tr><td>庚</table><td>辛<td>壬</table>"
OVERLAPPING = "<table><tr><td>甲<td rowspan=2>乙<td>丙<tr><td colspan=3>丁<td>戊<tr><td>己<td>庚</table>"
CLAMPED = """<table><tbody><tr><td rowspan=9>甲<td colspan=0>乙<td rowspan=0>丙<tr><td>丁</tbody>
<tbody><tr><td>戊<td rowspan=-1 colspan=x>己<td>庚</tbody></table>"""

CASES: dict[str, tuple[str, str, list[list[str | None]] | None]] = {
    # name: (HTML, plain text, cells)
    "Excel": (
        EXCEL,
        EXCEL_PLAIN,
        [
            ["产出\n指标", "数量指标", "财政供养人员", "28人"],
            [None, None, "举办培训  班 次", "≥12期"],
            [None, "质量指标", "合格&优良", None],
        ],
    ),
    "Excel, plain": (
        "",
        EXCEL_PLAIN,
        [
            ["产出\n指标", "数量指标", "财政供养人员", "28人"],
            ["", "", "举办培训班次", "≥12期"],
            ["", "质量指标", "合格&优良", ""],
        ],
    ),
    "WPS": (WPS, "", [["550.13", "一般公共预算："], ["", "基本\n支出"]]),
    "Word": (WORD, "", [["时效 指标", "第一段\n第二段"]]),
    "page": (WEB, "", [["一级指标", "指标值"], ["满意度 指标", "甲\n乙"], ["丙\n丁", "一\n二"], ["合计", "2"]]),
    "nested": (NESTED, "", [["甲", "乙"], ["丙", "丁"]]),
    "around": (AROUND, "", [["甲", "乙", "丙"], ["丁\n戊 己\n庚", "辛", "壬"]]),
    "overlapping": (OVERLAPPING, "", [["甲", "乙", "丙", ""], ["丁", None, None, "戊"], ["己", "庚", "", ""]]),
    "clamped": (CLAMPED, "", [["甲", "乙", "丙"], [None, "丁", None], ["戊", "己", "庚"]]),
    "comments": ("<!-- <style> --><!--><table><tr><td>甲<!-- <td> -->乙<td>丙</table>", "", [["甲乙", "丙"]]),
    "hidden row": (
        "<table><tr><td>甲<td>乙<tr style='display:none'><td>丙<td>丁<tr><td hidden>戊<td>己</table>",
        "",
        [["甲", "乙"], ["丙", "丁"], ["戊", "己"]],
    ),
    "merged alone": ("<table><tr><td colspan=2 rowspan=2>甲<tr></table>", "甲\t\n\t", None),
    "one cell": ("<table><tr><td>甲<br>乙</table>", '"甲\n乙"\r\n', None),
    "nothing in it": ("<table><tr><td>&nbsp;<td><tr><td><td></table>", "\t\r\n\t\r\n", None),
    "empty ends": ("<table><tr><td><td>甲<td> <tr><td>乙<td><td><tr><td>&nbsp;</table>", "", [["", "甲"], ["乙", ""]]),
    "no table": ("<p>甲</p><p>乙</p>", "甲\n乙", [["甲"], ["乙"]]),
    "no block": ("<p>甲乙</p>", "甲乙", None),
    "nothing": ("", "", None),
    "one line": ("", "负责全县干部工作。\r\n", None),
    "one line with quotes": ("", '"引号"不成对', None),
    "one column": ("", "一、甲\r\n\r\n二、乙\r\n", [["一、甲"], [""], ["二、乙"]]),
    "quoted": (
        "",
        '"甲\n""乙"""\t"丙\t丁"\r\n"戊"\t己"庚"\r\n',
        [['甲\n"乙"', "丙\t丁"], ["戊", '己"庚"']],
    ),
    "quoted at the end": ("", '甲\t"乙\n丙"', [["甲", "乙\n丙"]]),
    "only quotes": ("", '"甲"乙\t"\n"丙\t丁', [['"甲"乙', '"'], ['"丙', "丁"]]),
    "ragged": ("", "甲\n乙\t丙\t\n\t\t丁\n\n", [["甲", "", ""], ["乙", "丙", ""], ["", "", "丁"]]),
    "unwanted": ("", "甲\x00乙\x07\x7f\x85\ud800丙😀\t\udc00丁\xa0戊", [["甲乙丙😀", "丁 戊"]]),
    "unwanted, HTML": ("<table><tr><td>甲\x01\ud800乙<td>丙&#x7;&#xD800;</table>", "", [["甲乙", "丙\ufffd"]]),
}


@pytest.fixture
def window(page: Page, live_server: LiveServer) -> Page:
    page.goto(f"{live_server.url}/accounts/login/")
    return page


def blocks(window: Page, *copied: tuple[str, str]) -> list[Any]:
    return answers(window, "paste/clipboard.js", "of.blockOf(...it)", copied)


def test_clipboard_content_becomes_a_block(window: Page) -> None:
    results = blocks(window, *((html, plain) for html, plain, _ in CASES.values()))
    assert {name: block and block["cells"] for name, block in zip(CASES, results, strict=True)} == {
        name: cells for name, (_, _, cells) in CASES.items()
    }
    for block in filter(None, results):
        assert (block["rows"], block["columns"]) == (len(block["cells"]), len(block["cells"][0]))
        assert block["isCut"] is False


HOSTILE = """<html><head><base href="//elsewhere.example/">
<meta http-equiv=refresh content="0;url=/refreshed">
<link rel=stylesheet href="/linked.css"><style>@import "/imported.css"; td { background: url(/background.png) }</style>
</head><body onload="window.ran = 'body'"><script>window.ran = "script"</script><script src="/loaded.js"></script>
<table background="/table.png"><tr onclick="window.ran = 'click'"><td style="background:url(/cell.png)">甲
<img src="/picture.png" onerror="window.ran = 'image'" srcset="/set.png 1x"><svg onload="window.ran = 'svg'"></svg>
<iframe src="/frame"></iframe><video src="/video.mp4" poster="/poster.png" autoplay></video><td>乙
<object data="/object"></object><embed src="/embedded"><input autofocus onfocus="window.ran = 'focus'"></table>
<style>td { top: 0 }</style>"""


def test_clipboard_content_neither_runs_nor_fetches(window: Page) -> None:
    complaints: list[str] = []
    requested: list[str] = []
    title = window.title()

    def note(message: ConsoleMessage) -> None:
        complaints.append(message.text)

    blocks(window)
    window.on("request", lambda request: requested.append(request.url))
    window.on("console", note)
    (block, excel) = blocks(window, (HOSTILE, ""), (EXCEL, ""))
    assert (block["cells"], excel["columns"]) == ([["甲", "乙"]], 4)
    window.wait_for_timeout(500)
    assert (requested, complaints, window.evaluate("window.ran"), window.title()) == ([], [], None, title)


def test_limits(window: Page) -> None:
    tall = "<table>" + "<tr><td>甲<td>乙" * 5001 + "</table>"
    wide = "<table><tr>" + "<td>甲" * 61 + "<tr><td>乙</table>"
    spread = "<table><tr><td rowspan=99999 colspan=99999>甲<td>乙" + "<tr>" * 6000 + "<tr><td>丙</table>"
    cases = [
        (tall, "", 5001, 2, True),
        (wide, "", 2, 61, True),
        (spread, "", 6002, 1001, True),
        ("", "甲\t乙\n" * 2000, 2000, 2, False),
        ("", "甲\t乙\n" * 5001 + "\t\n" * 9, 5001, 2, True),
        ("", "\t" * 60 + "甲\n乙", 2, 61, True),
        ("<table>" + "<tr><td>甲" * 5 + " " * 2_000_000 + "</table>", "甲\t乙", 1, 2, False),
    ]
    results = blocks(window, *((html, plain) for html, plain, *_ in cases))
    assert [(block["rows"], block["columns"], block["isCut"]) for block in results] == [case[2:] for case in cases]
    for block in results:
        assert len(block["cells"]) == min(block["rows"], 5000)
        assert {len(row) for row in block["cells"]} == {min(block["columns"], 60)}


def test_no_paste_hangs_the_page(window: Page) -> None:
    """Inputs that would exhaust the stack or take too long if work grew faster than the text."""
    start = "<table><tr><td>甲<td>"
    cases = [
        # (HTML, plain text, rows of the block, 0 for none)
        ("", "负" * 40_000, 0),
        ("", '"' + "负" * 40_000, 0),
        ("", '"甲\t' * 40_000, 1),
        ("", '"""甲\t' * 40_000, 1),
        ("", "\xa0" * 100_000 + "甲\t乙", 1),
        ("<table>" + "<tr><td rowspan=9999 colspan=99>甲" * 20_000 + "</table>", "", 20_000),
        ("<table><tr>" + "<td rowspan=9999>甲" * 10_000 + "</table>", "", 1),
        ("<table>" + "<tr><td>甲<td rowspan=9999 colspan=60>乙" * 10_000 + "</table>", "", 10_000),
        ("<table><tr><td>" * 6_000, "甲\t乙\n丙", 2),
        (start + "<div>" * 20_000, "", 0),
        (start + "".join(f"<b class=b{number}>" for number in range(1000)) + "<p>乙" * 20_000, "", 0),
        (start + "<p>乙</p>" * 20_000, "", 1),
        (start + "&nbsp;" * 60_000 + "乙", "", 1),
        (start + "<!--" * 80_000, "", 0),
    ]
    counts = answers(window, "paste/clipboard.js", "of.blockOf(...it)?.rows ?? 0", [case[:2] for case in cases])
    assert counts == [rows for _, _, rows in cases]
