"""Page, paragraph styles, settings and borders of the Word document, with the dimensions of paper.css.

In points unless noted; Word itself counts in twentieths of a point, font sizes in halves and borders in eighths.
python-docx has no interface for most of these settings, so they are written as XML.
"""

from dataclasses import dataclass

from filings.table.grid import Style
from filings.table.marks import DRAFT

SONG = "宋体"
TWIPS_PER_MM = 1440 / 25.4
PAGE_WIDTH_MM, PAGE_HEIGHT_MM = 210, 297
TOP_MM, SIDE_MM, BOTTOM_MM, FOOT_MM = 18, 19, 28, 13
TABLE_WIDTH = round((PAGE_WIDTH_MM - 2 * SIDE_MM) * TWIPS_PER_MM)
_BODY = 10.5
_CHARACTER = round(_BODY * 20)


@dataclass(frozen=True)
class WordStyle:
    """A paragraph style: its id, its name in Word, alignment (`jc`), font size, line height and space around it.

    `is_in_halves` sets a tab stop in the middle of the line.
    """

    key: str
    name: str
    align: str
    size: float = _BODY
    line: float = 15
    above: float = 0
    below: float = 0
    is_bold: bool = False
    is_indented: bool = False
    is_in_halves: bool = False


TITLE = WordStyle("FormTitle", "表题", "center", size=22, line=29, below=34, is_bold=True)
LINE = WordStyle("FormLine", "表外行", "left", size=12, line=17, above=3, below=6)
SIGNATURES = WordStyle("FormSignatures", "落款", "left", size=12, line=17, above=3, below=6, is_in_halves=True)
CENTRED = WordStyle("FormCentred", "表内居中", "center")
LEFT = WordStyle("FormLeft", "表内左齐", "left")
OPINION = WordStyle("FormOpinion", "表内意见", "right", above=40)
PROSE = WordStyle("FormProse", "表内正文", "both", is_indented=True)
FOOT = WordStyle("FormFoot", "页码", "right", size=9, line=12)
# Word requires a paragraph after a table; this one is too low to begin another page.
END = WordStyle("FormEnd", "表尾", "left", size=1, line=1)
_ALL = (TITLE, LINE, SIGNATURES, CENTRED, LEFT, OPINION, PROSE, FOOT, END)
_BY_CELL_STYLE = {
    Style.TITLE: TITLE,
    Style.HEADER: LINE,
    Style.AMOUNT: LEFT,
    Style.SPLIT: LEFT,
    Style.PROSE: PROSE,
    Style.OPINION: OPINION,
}


def of(style: Style) -> WordStyle:
    """Return the paragraph style of a cell: money and prose left, seal and date right, all else centred."""
    return _BY_CELL_STYLE.get(style, CENTRED)


def styles() -> str:
    """Return the content of styles.xml: one font for all scripts, Chinese line breaking, no proofreading."""
    fonts = " ".join(f'w:{script}="{SONG}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    return f"""
<w:docDefaults>
  <w:rPrDefault><w:rPr>
    <w:rFonts w:hint="eastAsia" {fonts}/><w:noProof/>{_font_size(_BODY)}
    <w:lang w:val="zh-CN" w:eastAsia="zh-CN" w:bidi="ar-SA"/>
  </w:rPr></w:rPrDefault>
  <w:pPrDefault/>
</w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal">
  <w:name w:val="Normal"/><w:qFormat/>
  <w:pPr><w:kinsoku/><w:overflowPunct/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/></w:pPr>
</w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>
{"".join(map(_style, _ALL))}"""


def _style(item: WordStyle) -> str:
    spaces = {"before": item.above, "after": item.below, "line": item.line}
    spacing = " ".join(f'w:{side}="{points * 20:.0f}"' for side, points in spaces.items())
    rule = "exact" if item is END else "atLeast"
    indent = f'<w:ind w:firstLineChars="200" w:firstLine="{2 * _CHARACTER}"/>' if item.is_indented else ""
    middle = f'<w:tabs><w:tab w:val="left" w:pos="{TABLE_WIDTH // 2}"/></w:tabs>' if item.is_in_halves else ""
    return f"""
<w:style w:type="paragraph" w:customStyle="1" w:styleId="{item.key}">
  <w:name w:val="{item.name}"/><w:basedOn w:val="Normal"/><w:qFormat/>
  <w:pPr>{middle}<w:spacing {spacing} w:lineRule="{rule}"/>{indent}<w:jc w:val="{item.align}"/></w:pPr>
  <w:rPr>{"<w:b/><w:bCs/>" if item.is_bold else ""}{_font_size(item.size)}</w:rPr>
</w:style>"""


def _font_size(points: float) -> str:
    return f'<w:sz w:val="{points * 2:.0f}"/><w:szCs w:val="{points * 2:.0f}"/>'


SETTINGS = """
<w:zoom w:percent="100"/><w:hideSpellingErrors/><w:hideGrammaticalErrors/><w:defaultTabStop w:val="420"/>
<w:characterSpacingControl w:val="compressPunctuation"/>
<w:compat>
  <w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>
  <w:doNotExpandShiftReturn/><w:useFELayout/>
  <w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
</w:compat>
<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>"""

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_BORDERS = "".join(f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="000000"/>' for side in _SIDES)
_PADDING = "".join(
    f'<w:{side} w:w="{width}" w:type="dxa"/>'
    for side, width in (("top", 52), ("left", 80), ("bottom", 52), ("right", 80))
)
# The fixed layout keeps the column widths of the edition whatever the cells contain.
TABLE = (
    f'<w:tblPr><w:tblW w:w="{TABLE_WIDTH}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
    f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{_PADDING}</w:tblCellMar></w:tblPr>'
)


def _field(code: str) -> str:
    return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def footer(text: str = "") -> str:
    """Return the paragraph at the foot of each page: a text (escaped) on the left, page numbers on the right."""
    left = f"{_run(text)}<w:r><w:tab/></w:r>" if text else ""
    layout = f'<w:tabs><w:tab w:val="right" w:pos="{TABLE_WIDTH}"/></w:tabs><w:jc w:val="left"/>' if text else ""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{FOOT.key}"/>{layout}</w:pPr>{left}'
        f"{_run('第 ')}{_field('PAGE')}{_run(' 页 共 ')}{_field('NUMPAGES')}{_run(' 页')}</w:p>"
    )


# The watermark as Word itself writes it (WordArt behind the text), and a line for programs that do not draw it.
_WORD_ART = (
    '<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">'
    '<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/>'
    '<v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
    '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
    '<v:shape id="PowerPlusWaterMarkObject1" o:spid="_x0000_s2049" type="#_x0000_t136" alt="草稿" '
    'style="position:absolute;margin-left:0;margin-top:0;width:380pt;height:190pt;rotation:325;z-index:-251658752;'
    "mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;"
    'mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#d9d9d9" stroked="f">'
    f'<v:fill opacity=".5"/><v:textpath style="font-family:&quot;{SONG}&quot;;font-size:1pt" string="{DRAFT}"/>'
    "</v:shape></w:pict></w:r>"
)
DRAFT_HEADER = f'<w:p><w:pPr><w:pStyle w:val="{FOOT.key}"/></w:pPr>{_run(DRAFT)}{_WORD_ART}</w:p>'
