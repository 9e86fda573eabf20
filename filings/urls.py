"""The addresses of the filing system. One meaning per address; every step is a POST of its own."""

from django.urls import URLPattern, path

from filings.views import (
    controls,
    fill_changes,
    fill_links,
    fill_points,
    fill_rows,
    fill_saving,
    importing,
    importing_form,
    steps,
)
from filings.views.collecting import filing_library, take
from filings.views.cycle_findings import cycle_findings
from filings.views.demo_login import demo_login
from filings.views.downloads import download
from filings.views.fill import fill
from filings.views.fill_check import check
from filings.views.fill_mend import mend
from filings.views.fill_pages import pages
from filings.views.fill_suggestions import suggestions
from filings.views.last_year import adopt_last_year, confirm_last_year, last_year
from filings.views.library import library
from filings.views.overview import overview
from filings.views.read import read, revision
from filings.views.review import review
from filings.views.rules import rules, rules_now
from filings.views.signing import signing
from filings.views.todo import todo
from filings.views.verify import verify
from filings.views.waive import waive

urlpatterns: list[URLPattern] = [
    path("", todo, name="todo"),
    path("cycles/<int:cycle_id>/departments/<int:department_id>/start/", steps.start, name="start"),
    path("cycles/<int:cycle_id>/controls/", controls.controls, name="controls"),
    path("cycles/<int:cycle_id>/controls/preview/", controls.preview, name="controls_preview"),
    path("cycles/<int:cycle_id>/controls/adopt/", controls.adopt, name="controls_adopt"),
    path("cycles/<int:cycle_id>/rules/", rules, name="rules"),
    path("cycles/<int:cycle_id>/findings/", cycle_findings, name="cycle_findings"),
    path("rules/", rules_now, name="rules_now"),
    path("filings/", overview, name="overview"),
    path("filings/<int:filing_id>/", read, name="read"),
    path("filings/<int:filing_id>/revisions/<int:number>/", revision, name="revision"),
    path("filings/<int:filing_id>/files/<str:kind>/", download, name="download"),
    path("filings/<int:filing_id>/fill/", fill, name="fill"),
    path("filings/<int:filing_id>/fill/pages/", pages, name="fill_pages"),
    path("filings/<int:filing_id>/fill/last-year/", last_year, name="fill_last_year"),
    path("filings/<int:filing_id>/fill/last-year/adopt/", adopt_last_year, name="fill_last_year_adopt"),
    path("filings/<int:filing_id>/fill/last-year/confirm/", confirm_last_year, name="fill_last_year_confirm"),
    path("filings/<int:filing_id>/fill/points/", fill_points.points, name="fill_points"),
    path("filings/<int:filing_id>/fill/points/<int:point_id>/", fill_points.point, name="fill_point"),
    path("filings/<int:filing_id>/fill/points/<int:point_id>/restore/", fill_points.restore, name="fill_restore"),
    path("filings/<int:filing_id>/fill/save/", fill_saving.save, name="fill_save"),
    path("filings/<int:filing_id>/fill/changes/", fill_changes.changes, name="fill_changes"),
    path("filings/<int:filing_id>/fill/submit/", fill_saving.submit, name="fill_submit"),
    path("filings/<int:filing_id>/fill/check/", check, name="fill_check"),
    path("filings/<int:filing_id>/fill/links/", fill_links.links, name="fill_links"),
    path("filings/<int:filing_id>/fill/links/save/", fill_links.save, name="fill_links_save"),
    path("filings/<int:filing_id>/fill/import/", importing.source, name="fill_import"),
    path("filings/<int:filing_id>/fill/import/preview/", importing.preview, name="fill_import_preview"),
    path("filings/<int:filing_id>/fill/import/adopt/", importing.adopt, name="fill_import_adopt"),
    path("filings/<int:filing_id>/fill/import/form/", importing_form.adopt_form, name="fill_import_form_adopt"),
    path("filings/<int:filing_id>/fill/form/", importing_form.download_form, name="fill_form"),
    path("filings/<int:filing_id>/fill/form/checked/", importing_form.download_checked_form, name="fill_form_checked"),
    path("filings/<int:filing_id>/fill/mend/", mend, name="fill_mend"),
    path("filings/<int:filing_id>/fill/rows/add/", fill_rows.add, name="fill_add_row"),
    path("filings/<int:filing_id>/fill/rows/remove/", fill_rows.remove, name="fill_remove_row"),
    path("filings/<int:filing_id>/fill/rows/split/", fill_rows.split, name="fill_split_row"),
    path("filings/<int:filing_id>/fill/rows/up/", fill_rows.move_up, name="fill_move_up"),
    path("filings/<int:filing_id>/fill/rows/down/", fill_rows.move_down, name="fill_move_down"),
    path("filings/<int:filing_id>/fill/suggestions/", suggestions, name="fill_suggestions"),
    path("filings/<int:filing_id>/library/", filing_library, name="filing_library"),
    path("filings/<int:filing_id>/library/take/", take, name="filing_library_take"),
    path("filings/<int:filing_id>/submit/", steps.submit, name="submit"),
    path("filings/<int:filing_id>/withdraw/", steps.withdraw, name="withdraw"),
    path("filings/<int:filing_id>/adjust/", steps.adjust, name="adjust"),
    path("filings/<int:filing_id>/signing/", signing, name="signing"),
    path("filings/<int:filing_id>/sign/", steps.sign, name="sign"),
    path("filings/<int:filing_id>/send-back/", steps.send_back, name="send_back"),
    path("filings/<int:filing_id>/waive/", waive, name="waive"),
    path("filings/<int:filing_id>/review/", review, name="review"),
    path("filings/<int:filing_id>/return/", steps.return_, name="return"),
    path("filings/<int:filing_id>/pass/", steps.pass_, name="pass"),
    path("library/", library, name="library"),
    path("v/<str:code>/", verify, name="verify"),
    path("demo-login/<str:username>/", demo_login, name="demo_login"),
]
