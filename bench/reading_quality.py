"""Judge what is read from the composed tables of fixtures/corpus, by kind of file and half of the corpus.

With an argument, judge only the kinds whose name contains it, and print what was missed or wrong in the half that
weights are set with.
"""

import sys

from filings.document.bundled_editions import editions
from filings.tests.corpus.composed import composed
from filings.tests.corpus.files import KINDS
from filings.tests.corpus.judge import PARTS, Score, judge
from filings.tests.corpus.label_judge import judge_labels


def main() -> None:
    chosen = sys.argv[1] if len(sys.argv) > 1 else ""
    _print_labels(is_detailed="labels" in chosen)
    if "labels" in chosen:
        return
    for is_held_out in (False, True):
        tables = [table for table in composed() if table.is_held_out is is_held_out]
        print(f"\n{'held out' if is_held_out else 'looked at'}, {len(tables)} tables")
        print(
            "| kind | "
            + " | ".join(f"{part} right" for part in PARTS)
            + " | wrong but sure | needless doubts a table |"
        )
        print("|---|" + "---|" * (len(PARTS) + 2))
        for kind in (kind for kind in KINDS if chosen in kind):
            total = Score()
            for table in tables:
                score = judge(KINDS[kind](table), table.documents, list(editions().values()))
                total.add(score)
                if chosen and not is_held_out:
                    for text in (*score.missed, *(f"WRONG {text}" for text in score.wrong)):
                        print(f"  {table.name}: {text}")
            parts = " | ".join(f"{total.share(part):.1%}" for part in PARTS)
            print(f"| {kind} | {parts} | {len(total.wrong)} | {total.needless / max(total.tables, 1):.1f} |")


def _print_labels(*, is_detailed: bool) -> None:
    judged = list(judge_labels())
    whole, wrong = sum(is_whole for _, _, is_whole, _ in judged), sum(is_wrong for *_, is_wrong in judged)
    print(f"labels in other wordings: {whole} of {len(judged)} leave the table whole, {wrong} are wrong but sure")
    for label, wording, is_whole, is_wrong in judged:
        if is_detailed and (not is_whole or is_wrong):
            print(f"  {label!r} as {wording!r}" + (": WRONG" if is_wrong else ""))


if __name__ == "__main__":
    main()
