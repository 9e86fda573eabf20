"""The addresses of the filing system. One meaning per address; every step is a POST of its own."""

from django.urls import URLPattern, path

from filings.views import steps
from filings.views.demo_login import demo_login
from filings.views.downloads import download
from filings.views.overview import overview
from filings.views.read import read, revision
from filings.views.review import review
from filings.views.signing import signing
from filings.views.todo import todo
from filings.views.verify import verify

urlpatterns: list[URLPattern] = [
    path("", todo, name="todo"),
    path("cycles/<int:cycle_id>/departments/<int:department_id>/start/", steps.start, name="start"),
    path("filings/", overview, name="overview"),
    path("filings/<int:filing_id>/", read, name="read"),
    path("filings/<int:filing_id>/revisions/<int:number>/", revision, name="revision"),
    path("filings/<int:filing_id>/files/<str:kind>/", download, name="download"),
    # Filling in stands here: filings/<id>/fill/ and what belongs to it.
    path("filings/<int:filing_id>/submit/", steps.submit, name="submit"),
    path("filings/<int:filing_id>/withdraw/", steps.withdraw, name="withdraw"),
    path("filings/<int:filing_id>/adjust/", steps.adjust, name="adjust"),
    path("filings/<int:filing_id>/signing/", signing, name="signing"),
    path("filings/<int:filing_id>/sign/", steps.sign, name="sign"),
    path("filings/<int:filing_id>/send-back/", steps.send_back, name="send_back"),
    path("filings/<int:filing_id>/review/", review, name="review"),
    path("filings/<int:filing_id>/return/", steps.return_, name="return"),
    path("filings/<int:filing_id>/pass/", steps.pass_, name="pass"),
    path("v/<str:code>/", verify, name="verify"),
    path("demo-login/<str:username>/", demo_login, name="demo_login"),
]
