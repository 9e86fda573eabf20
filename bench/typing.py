"""Fill in a large table in Chromium: 60 texts and 200 indicators, served by the program itself.

A key is measured in three ways. By the clock in the page: from the first listener of its event to the last listener of
the input, which then requests the layout; and to the next task, which may have to wait. By Chromium's counters over all
keys: the processor time of the page's thread for one key, including frames and their painting.
"""

from dataclasses import replace
from statistics import median

from playwright.sync_api import Page, expect

from bench.chromium import TIMEOUT_MS, Counters, measure_keys, measure_opening, window
from bench.measuring import format_ms, p95, show, show_load, show_times
from bench.site import HOST, filled, large_document, serving, set_up
from filings.document.content import DutyRow, FilingDocument

ROWS, KEYS, STEPS, OPENINGS, LONG = 200, 200, 20, 5, 20
# Repeated, so that the length of the cell stays the same; in the end its text has changed.
TYPED = ("1", "2", "3", "Backspace", "Backspace", "Backspace")
LONG_DUTY = "负责全县有关工作，制订规定并组织实施；会同有关部门指导和检查。" * 60
TARGET = "td.target textarea.cell >> nth=100"
CELLS = {
    "an indicator's target": TARGET,
    "an amount": "input[data-amount] >> nth=5",
    f"a duty of {len(LONG_DUTY)} characters": f"tr.duties textarea.cell >> nth={LONG}",
}
CLASSES = ("数量指标", "质量指标", "时效指标")
BLOCK = "\n".join(f"产出指标\t{CLASSES[index // 4]}\t粘贴{index}\t≥{index}个" for index in range(12))
COUNTED = {
    "all": "TaskDuration",
    "scripts": "ScriptDuration",
    "style": "RecalcStyleDuration",
    "layout": "LayoutDuration",
}


def document() -> FilingDocument:
    large = large_document(ROWS)
    duties = [DutyRow(duty.key, LONG_DUTY if row == LONG else duty.text) for row, duty in enumerate(large.duties)]
    return replace(large, duties=tuple(duties))


def create_filing() -> tuple[str, str]:
    """Create a filing; return the path of its fill-in page and the session of a user who may open it."""
    from django.test import Client

    from filings.tests.county import found_county

    county = found_county()
    filing = filled(county.cycle, county.department, document(), by=county.filler)
    client = Client(SERVER_NAME=HOST)
    client.force_login(county.filler)
    return f"/filings/{filing.pk}/fill/", client.cookies["sessionid"].value


def show_opening(page: Page, address: str) -> None:
    answered, ready = zip(*(measure_opening(page, address) for _ in range(OPENINGS)), strict=True)
    show_times("opening the page, until the server has answered", answered)
    show_times("  until it can be filled in", ready)


def show_typing(page: Page, label: str, cell: str) -> None:
    counters = Counters(page)
    page.locator(cell).evaluate("cell => { cell.focus(); cell.selectionStart = cell.value.length; }")
    before = counters.read()
    took = measure_keys(page, "keydown", "input", [TYPED[index % len(TYPED)] for index in range(KEYS)])
    after = counters.read()
    show_times(f"a key in {label}, with layout", took["layout"])
    show("  95 % of them within", format_ms(p95(took["layout"])), "< 16 ms")
    for name, end in (("listeners", "last listener"), ("task", "next task")):
        show(f"  up to the {end}, median; 95 %", f"{median(took[name]):.1f}; {p95(took[name]):.1f} ms")
    parts = " / ".join(f"{(after[name] - before[name]) / KEYS:.1f}" for name in COUNTED.values())
    show(f"  counted for one: {' / '.join(COUNTED)}", f"{parts} ms")
    page.wait_for_timeout(1500)
    expect(page.locator("#save-status")).to_contain_text("已保存", timeout=TIMEOUT_MS)


def show_steps(page: Page) -> None:
    """Measure adding a row and pasting a block, and undoing both, each with layout."""
    focus = page.locator(TARGET).focus
    pairs = measure_keys(page, "keydown", "keydown", ["Control+Enter", "Control+Z"] * STEPS, focus)["layout"]
    page.evaluate("text => navigator.clipboard.writeText(text)", BLOCK)
    pasted, undone = [], []
    for _ in range(STEPS // 2):
        pasted += measure_keys(page, "paste", "paste", ["Control+V"], focus)["layout"]
        undone += measure_keys(page, "keydown", "keydown", ["Control+Z"], focus)["layout"]
    show_times("a row added", pairs[::2])
    show_times("  taken back", pairs[1::2])
    show_times("12 × 4 cells pasted", pasted)
    show_times("  taken back", undone)


def main() -> None:
    show_load()
    with set_up():
        path, session = create_filing()
        with serving() as (port, _), window(f"http://{HOST}:{port}", session) as page:
            show_opening(page, f"http://{HOST}:{port}{path}")
            for label, cell in CELLS.items():
                show_typing(page, label, cell)
            show_steps(page)
    show_load()


if __name__ == "__main__":
    main()
