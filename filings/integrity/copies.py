"""Check the issued copies of a filing: their order, the events that name them, their files and signatures."""

from collections.abc import Iterator, Sequence

from filings import verification_code
from filings.choices import Action
from filings.integrity.broken import Broken, Kind
from filings.lifecycle import events, issuing, stored_files
from filings.lifecycle.stored_files import FileDamaged
from filings.models import Event, Filing, IssuedCopy, Publication
from filings.signing.check import check_signature
from filings.signing.configuration import Trust
from filings.signing.report import SignatureState

ISSUES = (Action.APPROVE_STAGE, Action.REISSUE)


def check_links(filing: Filing, chain: Sequence[Event], copies: Sequence[IssuedCopy]) -> Iterator[Broken]:
    """Check that the copies, in order, form one chain whose last at most is in force, as recorded in the events."""
    details = [(Action(event.action), events.detail(event)) for event in chain]
    issued = [(each["copy"], each["code"]) for action, each in details if "copy" in each and action in ISSUES]
    revoked = {each["code"] for action, each in details if action == Action.REVOKE}
    if [(copy.sha256, copy.code) for copy in copies] != issued:
        yield Broken.of(Kind.COPY, filing, f"定稿有 {len(copies)} 份，与办理经过所记的 {len(issued)} 份不一致。")
    before = None
    for copy in copies:
        name = _name(copy)
        if copy.supersedes_id != before:
            yield Broken.of(Kind.COPY, filing, f"{name}与前一份定稿的衔接断开。")
        if copy.revision.filing_id != filing.pk:
            yield Broken.of(Kind.COPY, filing, f"{name}的版本不是本表的。")
        if copy.live and (copy != copies[-1] or copy.revoked_at):
            yield Broken.of(Kind.COPY, filing, f"{name}已被取代或撤回，却标为现行。")
        if (copy.code in revoked) != (copy.revoked_at is not None):
            yield Broken.of(Kind.COPY, filing, f"{name}的撤回与办理经过所记不一致。")
        before = copy.pk


def check_publications(filing: Filing, chain: Sequence[Event], publications: Sequence[Publication]) -> Iterator[Broken]:
    """Check that the copies that were published, and the one that is public, are those that the events name."""
    published: list[str] = []
    public = ""
    for event in chain:
        detail = events.detail(event)
        if event.action == Action.PUBLISH:
            published.append(public := detail["code"])
        elif event.action in (Action.UNPUBLISH, Action.WITHHOLD) or (
            event.action == Action.REVOKE and detail["code"] == public
        ):
            public = ""
    if [each.copy.code for each in publications] != published:
        yield Broken.of(Kind.PUBLICATION, filing, "公开的记录与办理经过所记不一致。")
    elif [each.copy.code for each in publications if each.ended_at is None] != [public] * bool(public):
        yield Broken.of(Kind.PUBLICATION, filing, "现在公开的定稿与办理经过所记不一致。")


def check_file(filing: Filing, copy: IssuedCopy, trust: Trust) -> Iterator[Broken]:
    """Check the hash of a copy's file, and its signature if it has one and certificates are trusted."""
    try:
        content = stored_files.read(issuing.file_name(copy.sha256), copy.sha256)
    except (FileDamaged, OSError):
        yield Broken.of(Kind.FILE, filing, f"{_name(copy)}的文件缺失或被改动过，已停止下载。请从备份恢复。")
        return
    if not copy.signed_by or not trust.signers:
        return
    report = check_signature(content, trust)
    if report.state is not SignatureState.VALID:
        yield Broken.of(Kind.SIGNATURE, filing, f"{_name(copy)}的签名核对未通过：{report.sentence}")
    elif report.certificate_sha256 != copy.certificate_sha256:
        yield Broken.of(Kind.SIGNATURE, filing, f"{_name(copy)}的签名证书与记录不符。")


def _name(copy: IssuedCopy) -> str:
    return f"定稿 {verification_code.formatted(copy.code)} "
