"""核验: what a file is, by its hash alone or examined at the server. No file is kept."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from filings.formats.readers.sandbox.zip_limits import LARGEST_UPLOAD, MIB
from filings.lifecycle.trust import trusted
from filings.verification import chain, throttle
from filings.verification.throttle import MOST_FILES
from filings.verification.turns import AllBusy
from filings.verification.uploads import FileVerdict, Verdict, examine
from filings.views.verification.codes import copy_context, too_many

FILE = "file"


@never_cache
@require_safe
def verify_hash(request: HttpRequest, sha256: str) -> HttpResponse:
    """Show the copy whose file has this hash, which the browser has computed; 404 for another file."""
    status = chain.find_by_hash(sha256)
    if status is None:
        context = {"sha256": sha256.lower()}
        return render(request, "filings/verification/other_file.html", context, status=HTTPStatus.NOT_FOUND)
    verdict = FileVerdict(Verdict.UNCHANGED, 0, status.copy.sha256, status)
    return render(request, "filings/verification/file.html", {"verdict": verdict, **copy_context(status)})


# Without cookies there is no token to compare; the request changes nothing.
@csrf_exempt
@never_cache
@require_POST
def verify_file(request: HttpRequest) -> HttpResponse:
    """Examine an uploaded file."""
    file = request.FILES.get("file")
    if file is None or not file.size:
        return _refused(request, "请先选择要核验的 PDF 文件。" if file is None else "选择的文件是空的。")
    if file.size > LARGEST_UPLOAD:
        return _refused(request, f"文件超过 {LARGEST_UPLOAD // MIB} MB，不是本系统发出的定稿。")
    if not throttle.count(request, FILE, MOST_FILES):
        return too_many(request, "上传核验的次数过多")
    try:
        verdict = examine(file.read(), trusted())
    except AllBusy:
        return _busy(request)
    context = {"verdict": verdict, "file_name": str(file.name or "")[:100]}
    if verdict.status:
        context |= copy_context(verdict.status)
    return render(request, "filings/verification/file.html", context)


def _refused(request: HttpRequest, sentence: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> HttpResponse:
    return render(request, "filings/verification/ask.html", {"file_error": sentence}, status=status)


def _busy(request: HttpRequest) -> HttpResponse:
    answer = _refused(request, "正在核验其他文件，请一分钟后重试。", HTTPStatus.SERVICE_UNAVAILABLE)
    answer["Retry-After"] = "60"
    return answer
