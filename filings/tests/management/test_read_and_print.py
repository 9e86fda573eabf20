"""read_table and print_table, which need no database."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from filings.document import canonical_json
from filings.tests.founding import SAMPLE, founding_document, sample_text


def answer(path: Path) -> dict[str, object]:
    out = StringIO()
    call_command("read_table", str(path), stdout=out)
    data = json.loads(out.getvalue())
    assert isinstance(data, dict)
    return data


def test_the_founding_table_is_read_completely() -> None:
    data = answer(SAMPLE)
    assert data["edition"] == "hunan-county-2022"
    assert data["not_understood"] == []
    findings = data["findings"]
    assert isinstance(findings, list)
    assert [finding["code"] for finding in findings] == ["K2", "M5", "M1", "K1", "M5", "M7"]
    document = data["document"]
    assert isinstance(document, dict)
    indicators = document.pop("indicators")
    duties, goal = document.pop("duties"), document.pop("goal")
    assert document == {
        "title": "2022年部门整体支出绩效目标表",
        "year": 2022,
        "filing_unit": None,
        "department": "中共衡东县委组织部",
        "total": "550.13",
        "amounts": {
            "INC.GENERAL": "550.13",
            "INC.FUND": None,
            "INC.NONTAX": None,
            "INC.OTHER": None,
            "EXP.BASIC": "317.13",
            "EXP.PROJECT": "233",
        },
    }
    assert [duty[:4] for duty in duties][9:] == ["（十）牵", "（十一）", "（十二）", "（十三）"]
    assert goal.startswith("通过预算执行，保障单位履职、运转。")
    assert [
        (row["node"], row["first_level"], row["second_level"], row["name"], row["target"]) for row in indicators
    ] == [
        ("OUT.QTY", "产出指标", "数量指标", "财政供养人员", "28人"),
        ("OUT.QTY", "产出指标", "数量指标", "部门单位履职、运转", "予以保障"),
        ("OUT.QUAL", "产出指标", "质量指标", "在职人员控制率", "≤100%"),
        ("OUT.QUAL", "产出指标", "质量指标", "公用经费控制率", "≤100%"),
        ("OUT.COST", "产出指标", "成本指标", "保障财政供养人员", "≤278.99万元"),
        ("OUT.COST", "产出指标", "成本指标", "保证单位正常运转", "≤38.14万元"),
        ("OUT.TIME", "产出指标", "时效指标", "预算完成率", "100%"),
        ("OUT.TIME", "产出指标", "时效指标", "完成单位职责及上级交办的各项任务时限", "年度内及时完成"),
        ("BEN.ECON", "效益指标", "经济效率指标", "全县非公有制经济组织和社会组织党组织建设", "持续推进"),
        ("BEN.SOC", "效益指标", "社会效益指标", "组织工作宣传覆盖率", "≥90%"),
        ("BEN.SUST", "效益指标", "可持续影响指标", "党员教育设备使用年限", "≥10年"),
        ("SAT.SERV", "效益指标", "社会公众或服务对象满意度", "社会公众满意度", "≥98%"),
    ]
    assert indicators[0]["understood"] == {
        "kind": "number", "comparator": None, "number": "28", "low": None, "high": None, "unit": "人",
    }  # fmt: skip


def test_findings_name_their_places_by_position(tmp_path: Path) -> None:
    path = tmp_path / "table.txt"
    path.write_text(sample_text().replace("233万元", "230万元").replace("38.14万元", "**万元"), encoding="utf-8")
    findings = answer(path)["findings"]
    assert isinstance(findings, list)
    assert [(item["code"], item["severity"], item["place"]) for item in findings if item["severity"] == "error"] == [
        ("B2", "error", "amounts[TOTAL]"),
        ("T6", "error", "indicators[5].target"),
    ]


def test_leftovers_are_listed_with_their_row(tmp_path: Path) -> None:
    path = tmp_path / "table.txt"
    path.write_text(sample_text().replace("\t其他资金\n", "\t其他资金\n\t上年结转：12万元\n"), encoding="utf-8")
    assert answer(path)["not_understood"] == [{"row": 7, "text": "上年结转：12万元"}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_usual_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "table.txt"
    path.write_text(sample_text(), encoding=encoding)
    assert answer(path) == answer(SAMPLE)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "文件是空的"),
        ("今天天气很好。\n".encode(), "不是部门整体支出绩效目标表"),
        ("\t姓名\n\t年龄\n\n\t张三\n\t30\n".encode(), "不是部门整体支出绩效目标表"),
        (b"\x7fELF\x00\x01\x02", "文件是程序"),
        (b"a" * 3_000_000, "超过文本表的上限 2000000 字节"),
    ],
)
def test_a_file_without_a_table_is_refused_with_one_line(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "other.txt"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=reason) as caught:
        answer(path)
    assert caught.value.returncode == 2
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_refused_with_one_line(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as caught:
        answer(tmp_path / "missing.txt")
    assert caught.value.returncode == 2


@pytest.mark.parametrize(
    ("kind", "begins"),
    [("pdf", b"%PDF-1.7"), ("xlsx", b"PK"), ("html", b"<!DOCTYPE html>"), ("txt", b"2022"), ("json", b"{")],
)
def test_every_format_is_written(tmp_path: Path, kind: str, begins: bytes) -> None:
    out = tmp_path / f"table.{kind}"
    call_command("print_table", str(SAMPLE), "--to", kind, "--out", str(out))
    assert out.read_bytes().startswith(begins)


def test_the_text_equals_the_sample_except_for_white_space(tmp_path: Path) -> None:
    out = tmp_path / "table.txt"
    call_command("print_table", str(SAMPLE), "--to", "txt", "--out", str(out))
    assert out.read_text(encoding="utf-8").split() != []
    assert "".join(out.read_text(encoding="utf-8").split()) == "".join(sample_text().split())


def test_the_json_is_the_document(tmp_path: Path) -> None:
    out = tmp_path / "table.json"
    call_command("print_table", str(SAMPLE), "--to", "json", "--out", str(out))
    assert canonical_json.loads(out.read_text(encoding="utf-8")) == founding_document()


def test_unprintable_characters_are_refused_with_one_line(tmp_path: Path) -> None:
    path = tmp_path / "table.txt"
    path.write_text(sample_text().replace("28人", "28人😀"), encoding="utf-8")
    with pytest.raises(CommandError, match="无法打印：「😀」") as caught:
        call_command("print_table", str(path), "--to", "pdf", "--out", str(tmp_path / "table.pdf"))
    assert caught.value.returncode == 2
    assert not (tmp_path / "table.pdf").exists()


def folder_of_tables(tmp_path: Path) -> Path:
    folder = tmp_path / "tables"
    (folder / "further").mkdir(parents=True)
    (folder / "a.txt").write_text(sample_text(), encoding="utf-8")
    for kind in ("xlsx", "docx", "html", "json", "pdf"):
        call_command("print_table", str(SAMPLE), "--to", kind, "--out", str(folder / "further" / f"b.{kind}"))
    return folder


def test_a_folder_gives_a_line_per_file_and_a_summary(tmp_path: Path) -> None:
    folder = folder_of_tables(tmp_path)
    out = StringIO()
    call_command("read_table", str(folder), stdout=out)
    line = "hunan-county-2022 2022 中共衡东县委组织部 12 indicators, 0 to check, 0 left out"
    names = ["a.txt", *(f"further/b.{kind}" for kind in ("docx", "html", "json", "pdf", "xlsx"))]
    assert out.getvalue().splitlines() == [
        *(f"{folder / name}: {line}" for name in names),
        "6 files, 6 read, 0 not read",
    ]


def test_one_unreadable_file_fails_the_folder_after_the_others_are_read(tmp_path: Path) -> None:
    folder = folder_of_tables(tmp_path)
    (folder / "z.txt").write_text("今天天气很好。", encoding="utf-8")
    out = StringIO()
    with pytest.raises(CommandError, match=r"^7 files, 6 read, 1 not read$") as caught:
        call_command("read_table", str(folder), stdout=out)
    assert caught.value.returncode == 2
    assert len(out.getvalue().splitlines()) == 7


def test_a_folder_is_printed_into_another(tmp_path: Path) -> None:
    folder = folder_of_tables(tmp_path)
    call_command(
        "print_table", str(folder / "further"), "--to", "txt", "--out", str(tmp_path / "out"), stdout=StringIO()
    )
    (written,) = (tmp_path / "out").iterdir()
    assert written.name == "b.txt"


def test_every_format_gives_the_same_flat_json(tmp_path: Path) -> None:
    folder = folder_of_tables(tmp_path)
    first, *others = [answer(path) for path in sorted(folder.rglob("*.*"))]
    assert others == [first] * 5
