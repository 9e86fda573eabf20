"""Subset Noto Serif SC Bold to the characters of titles: python filings/formats/fonts/cut_title.py BOLD.ttf

Run it again when an edition's title has a character that the subset lacks; until then that character prints in the
regular weight. Needs fonttools, a dependency of WeasyPrint.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FAMILY = "Noto Serif SC Title"
CHARACTERS = (
    "0123456789（）()·-—、《》〇一二三四五六七八九十百"
    "部门单位整体支出年度项目财政专项资金预算绩效目标自评监控运行申报表批复公开情况附件调整汇总省市县区乡镇街道"
    "本级所属事业机关委员会办公室局厅政府人民中共的与和及上下半季月日第版草稿送审定"
)


def write_subset(source: Path, target: Path) -> None:
    """Write the subset under its own family name, so that it is never used in place of the whole font."""
    font = TTFont(source)
    options = subset.Options(name_IDs=["*"], layout_features=["*"], notdef_outline=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=CHARACTERS)
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID in (1, 4, 16):
            record.string = FAMILY
        elif record.nameID == 6:
            record.string = "NotoSerifSCTitle-Bold"
    font.save(target)


if __name__ == "__main__":
    write_subset(Path(sys.argv[1]), Path(__file__).with_name("NotoSerifSCTitle-Bold.ttf"))
