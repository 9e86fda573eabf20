"""Steps of the manager in the week's journey: set up and start the cycle, remind and extend, download the archive."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

from playwright.sync_api import expect

from filings.choices import Action
from filings.formats.pdf import seal
from filings.lifecycle import issuing
from filings.models import Cycle, EnrolmentEvent, Extension, IssuedCopy
from filings.tests.browser import large_bureau
from filings.tests.browser.bureau_users import Manager
from filings.tests.browser.large_bureau import CODES, COUNT, LATE, NAMES, SEALED, SECTIONS
from filings.tests.cycles.test_seals import zipped
from filings.tests.worker import work


def manager_sets_up_the_cycle(manager: Manager) -> None:
    manager.create_cycle()
    manager.page.get_by_role("link", name="表样").click()
    for step in ("批次", "审核办法"):
        manager.go_on_to(step)
    expect(manager.page.get_by_text("满分 100")).to_be_visible()
    expect(manager.page.get_by_text("未经核实，请按本地规定修改").first).to_be_visible()


def manager_imports_the_lists(manager: Manager) -> dict[str, str]:
    """Import departments, users, seals and control figures; return the first passwords."""
    manager.go_on_to("公开办法")
    manager.go_on_to("单位")
    manager.preview("单位.xlsx", large_bureau.departments_list(), counts=f"新增 {COUNT}")
    manager.press(f"导入这 {COUNT} 个单位")
    manager.expect_message(f"新增 {COUNT} 个单位，改动 0 个，名单上现有 {COUNT} 个单位。")
    manager.go_on_to("人员和角色")
    people = 2 * COUNT + len(SECTIONS) + 1
    manager.preview("人员.xlsx", large_bureau.people_list(), counts=f"新增 {people}")
    manager.page.get_by_label("我知道首次密码表只显示一次").check()
    manager.press(f"导入这 {people} 条")
    passwords = large_bureau.passwords_of(manager.downloaded("另存为 Excel"))
    manager.page.get_by_role("link", name="已留存，返回").click()
    manager.go_on_to("印章")
    seals = zipped({f"{code}.png": seal.draw(NAMES[code]) for code in SEALED})
    manager.preview("印章.zip", seals, counts="新增 3")
    manager.press("保存这 3 个单位的印章")
    manager.go_on_to("控制数")
    figures = large_bureau.control_figures_list(Cycle.objects.get().year)
    manager.preview("控制数.xlsx", figures, counts=f"新增 {COUNT}")
    manager.press(f"导入这 {COUNT} 个单位的控制数")
    return passwords


def manager_starts_the_cycle(manager: Manager) -> None:
    manager.go_on_to("启动")
    manager.page.get_by_label("以上内容已核对").check()
    manager.press("启动")
    manager.expect_message("已启动，名单上的单位从")


def manager_reminds_twelve_and_extends_one(manager: Manager, cycle: Cycle) -> None:
    board = f"{manager.site}/cycles/{cycle.pk}/board/"
    manager.page.goto(board)
    manager.show_on_board("未开始")
    manager.page.get_by_label("选中本页").check()
    manager.page.get_by_label(f"选中{NAMES[LATE[-1]]}").uncheck()
    manager.press("催办（12）")
    manager.press("发给这 12 个单位")
    manager.expect_heading("已催办 12 个单位")
    manager.page.goto(board)
    manager.show_on_board("未开始")
    manager.page.get_by_label(f"选中{NAMES[LATE[-1]]}").check()
    until = cycle.deadline + timedelta(days=7)
    manager.extend(until, "经办人住院，由新人接手。")
    manager.expect_message(f"已把 1 个单位的期限延至 {until}")
    assert EnrolmentEvent.objects.filter(action=Action.REMIND).count() == 12
    assert Extension.objects.get().department.code == LATE[-1]


def manager_downloads_the_archive(manager: Manager, cycle: Cycle) -> None:
    manager.page.goto(f"{manager.site}/cycles/{cycle.pk}/exports/")
    manager.press("开始导出")
    work()
    manager.page.reload()
    archive = ZipFile(BytesIO(manager.downloaded("下载")))
    report = archive.read("错误清单.txt").decode("utf-8-sig")
    assert archive.testzip() is None
    assert len(archive.namelist()) == COUNT
    assert f"{CODES[0]} {NAMES[CODES[0]]}：尚未批复，或者批复已撤回" in report
    name = f"{CODES[1]}-{NAMES[CODES[1]]}{cycle.year}年度部门整体支出绩效目标表.pdf"
    assert archive.read(name) == issuing.read(IssuedCopy.objects.get(filing__department__code=CODES[1]))
