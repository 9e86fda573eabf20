"""URLs of the filing system. Each action of the workflow has its own POST address."""

from django.urls import URLPattern, path

from filings.views.account.page import account, end_other_sessions, save_telephone
from filings.views.approval.confirm import approve, cancel_approval
from filings.views.approval.copies import issued_copy
from filings.views.approval.revoke import revoke
from filings.views.approval.sealed_preview import sealed_preview
from filings.views.attachments import pages as attachment_pages
from filings.views.board import extend, remind
from filings.views.board.page import board
from filings.views.bureau import control_figures, exports
from filings.views.bureau.findings import cycle_findings
from filings.views.bureau.library import library
from filings.views.bureau.rules import rules, rules_now
from filings.views.bureau.similar import similar, similar_progress, similar_remark, similar_start
from filings.views.bureau.similar_compare import similar_compare
from filings.views.consultations import pages as consultations
from filings.views.cycle_choice import choose_cycle
from filings.views.demo_login import demo_login
from filings.views.editor import links, restore_points
from filings.views.editor.last_year import adopt_last_year, confirm_last_year, last_year
from filings.views.editor.page import fill
from filings.views.editor.print_preview import pages
from filings.views.editor.saving import answers, autosave, form_posts
from filings.views.editor.saving.quick_fix import quick_fix
from filings.views.editor.suggestions import suggestions
from filings.views.filing import actions
from filings.views.filing.cancel_adjustment import cancel_adjustment
from filings.views.filing.collect import collect, filing_library
from filings.views.filing.detail import detail, revision
from filings.views.filing.downloads import download
from filings.views.filing.letters import opinion_file, reply_file
from filings.views.filing.open_form import open_form
from filings.views.filing.waive import waive
from filings.views.filing.years import years
from filings.views.help.page import help_page
from filings.views.imports import pages as importing
from filings.views.imports import workbook
from filings.views.integrity.page import integrity, integrity_now
from filings.views.kept.page import drop_kept, kept_page
from filings.views.messages import all_read, message_open, message_read, messages_page
from filings.views.overview import overview, overview_file
from filings.views.public import addresses as public_addresses
from filings.views.publication.urls import publication_urls
from filings.views.queue import assign, bulk, claims
from filings.views.queue.page import queue_page
from filings.views.review import decisions, draft_posts, plain_form
from filings.views.review.page import review
from filings.views.scores.page import score_sheet_file, scores
from filings.views.setup import (
    calendar,
    closing,
    cycles,
    department_list,
    departments,
    details,
    offices,
    people,
    policy,
    roles,
    seals,
)
from filings.views.setup import overview as setup_pages
from filings.views.setup import publication as setup_publication
from filings.views.submission.receipt import receipt
from filings.views.submission.sign import sign
from filings.views.submission.signing import signing
from filings.views.submission.submit import submit, submit_reasons
from filings.views.todo import todo
from filings.views.unit_choice import choose_unit
from filings.views.verification.codes import verify, verify_code
from filings.views.verification.files import verify_file, verify_hash

urlpatterns: list[URLPattern] = [
    path("", todo, name="todo"),
    path("cycles/<int:cycle_id>/departments/<int:department_id>/start/", actions.start, name="start"),
    path("cycles/<int:cycle_id>/controls/", control_figures.controls, name="controls"),
    path("cycles/<int:cycle_id>/controls/preview/", control_figures.preview, name="controls_preview"),
    path("cycles/<int:cycle_id>/controls/adopt/", control_figures.adopt, name="controls_adopt"),
    path("cycles/", cycles.cycles, name="cycles"),
    path("cycles/new/", cycles.new_cycle, name="cycle_new"),
    path("cycles/create/", cycles.create, name="cycle_create"),
    path("cycles/<int:cycle_id>/next/", cycles.next_cycle, name="cycle_next"),
    path("cycles/<int:cycle_id>/next/create/", cycles.create_next, name="cycle_create_next"),
    path("cycles/<int:cycle_id>/setup/", setup_pages.setup, name="setup"),
    path("cycles/<int:cycle_id>/setup/edition/", details.edition, name="setup_edition"),
    path("cycles/<int:cycle_id>/setup/edition/choose/", details.choose_edition, name="setup_edition_choose"),
    path("cycles/<int:cycle_id>/setup/details/", details.details, name="setup_details"),
    path("cycles/<int:cycle_id>/setup/details/save/", details.save_details, name="setup_details_save"),
    path("cycles/<int:cycle_id>/setup/policy/", policy.policy, name="setup_policy"),
    path("cycles/<int:cycle_id>/setup/policy/save/", policy.save_policy, name="setup_policy_save"),
    path("cycles/<int:cycle_id>/setup/publication/", setup_publication.publication, name="setup_publication"),
    path(
        "cycles/<int:cycle_id>/setup/publication/save/",
        setup_publication.save_publication,
        name="setup_publication_save",
    ),
    path("cycles/<int:cycle_id>/setup/departments/", department_list.departments, name="setup_departments"),
    path("cycles/<int:cycle_id>/setup/departments/enrol/", department_list.enrol, name="setup_enrol"),
    path("cycles/<int:cycle_id>/setup/departments/file/", departments.departments_file, name="setup_departments_file"),
    path(
        "cycles/<int:cycle_id>/setup/departments/preview/",
        departments.preview_departments,
        name="setup_departments_preview",
    ),
    path(
        "cycles/<int:cycle_id>/setup/departments/adopt/",
        departments.adopt_departments,
        name="setup_departments_adopt",
    ),
    path("cycles/<int:cycle_id>/setup/people/", people.people, name="setup_people"),
    path("cycles/<int:cycle_id>/setup/people/file/", people.people_file, name="setup_people_file"),
    path("cycles/<int:cycle_id>/setup/people/preview/", people.preview_people, name="setup_people_preview"),
    path("cycles/<int:cycle_id>/setup/people/adopt/", people.adopt_people, name="setup_people_adopt"),
    path("cycles/<int:cycle_id>/setup/people/<int:membership_id>/", roles.ask_role, name="setup_role"),
    path("cycles/<int:cycle_id>/setup/people/<int:membership_id>/remove/", roles.remove_role, name="setup_role_remove"),
    path("cycles/<int:cycle_id>/setup/seals/", seals.seals_page, name="setup_seals"),
    path("cycles/<int:cycle_id>/setup/seals/preview/", seals.preview_seals, name="setup_seals_preview"),
    path("cycles/<int:cycle_id>/setup/seals/adopt/", seals.adopt_seals, name="setup_seals_adopt"),
    path("cycles/<int:cycle_id>/setup/start/", setup_pages.start_page, name="setup_start"),
    path("cycles/<int:cycle_id>/setup/start/now/", setup_pages.start_cycle, name="setup_start_now"),
    path("cycles/<int:cycle_id>/setup/close/", closing.close_page, name="setup_close"),
    path("cycles/<int:cycle_id>/setup/close/now/", closing.close_cycle, name="setup_close_now"),
    path("cycles/<int:cycle_id>/setup/close/reopen/", closing.reopen_cycle, name="setup_reopen"),
    path("cycles/<int:cycle_id>/rules/", rules, name="rules"),
    path("cycles/<int:cycle_id>/findings/", cycle_findings, name="cycle_findings"),
    path("cycles/choose/", choose_cycle, name="choose_cycle"),
    path("cycles/<int:cycle_id>/similar/", similar, name="similar"),
    path("cycles/<int:cycle_id>/similar/start/", similar_start, name="similar_start"),
    path("cycles/<int:cycle_id>/similar/progress/", similar_progress, name="similar_progress"),
    path("cycles/<int:cycle_id>/similar/compare/", similar_compare, name="similar_compare"),
    path("cycles/<int:cycle_id>/similar/remark/", similar_remark, name="similar_remark"),
    path("cycles/<int:cycle_id>/board/", board, name="board"),
    path("cycles/<int:cycle_id>/board/remind/", remind.compose, name="board_remind"),
    path("cycles/<int:cycle_id>/board/remind/send/", remind.send, name="board_remind_send"),
    path("cycles/<int:cycle_id>/board/reminded/", remind.reminded, name="board_reminded"),
    path("cycles/<int:cycle_id>/board/extend/", extend.choose, name="board_extend"),
    path("cycles/<int:cycle_id>/board/extend/save/", extend.save, name="board_extend_save"),
    path("cycles/<int:cycle_id>/exports/", exports.exports, name="exports"),
    path("cycles/<int:cycle_id>/exports/start/", exports.start, name="exports_start"),
    path("cycles/<int:cycle_id>/exports/progress/", exports.progress, name="exports_progress"),
    path("cycles/<int:cycle_id>/exports/<int:export_id>/", exports.download, name="export_file"),
    *publication_urls,
    path("calendar/", calendar.working_days, name="calendar"),
    path("calendar/add/", calendar.add_days, name="calendar_add"),
    path("calendar/<int:day_id>/remove/", calendar.remove_day, name="calendar_remove"),
    path("offices/", offices.offices, name="offices"),
    path("offices/create/", offices.create_office, name="office_create"),
    path("offices/<int:office_id>/", offices.office_page, name="office"),
    path("offices/<int:office_id>/rename/", offices.rename_office, name="office_rename"),
    path("offices/<int:office_id>/assign/", offices.assign_departments, name="office_assign"),
    path("rules/", rules_now, name="rules_now"),
    path("review/", queue_page, name="queue"),
    path("review/pass/", bulk.confirm_pass, name="bulk_pass"),
    path("review/pass/do/", bulk.pass_, name="bulk_pass_do"),
    path("review/pass/undo/", bulk.undo_pass, name="bulk_pass_undo"),
    path("review/return/", bulk.confirm_return, name="bulk_return"),
    path("review/return/do/", bulk.return_, name="bulk_return_do"),
    path("review/assign/", assign.choose, name="queue_assign"),
    path("review/assign/do/", assign.assign, name="queue_assign_do"),
    path("filings/", overview, name="overview"),
    path("filings/file/", overview_file, name="overview_file"),
    path("filings/<int:filing_id>/", detail, name="read"),
    path("filings/<int:filing_id>/years/", years, name="years"),
    path("filings/<int:filing_id>/revisions/<int:number>/", revision, name="revision"),
    path("filings/<int:filing_id>/files/<str:kind>/", download, name="download"),
    path("filings/<int:filing_id>/letters/<int:number>.<str:kind>", opinion_file, name="opinion_file"),
    path("filings/<int:filing_id>/replies/<int:number>.<str:kind>", reply_file, name="reply_file"),
    path("filings/<int:filing_id>/fill/", fill, name="fill"),
    path("filings/<int:filing_id>/fill/pages/", pages, name="fill_pages"),
    path("filings/<int:filing_id>/fill/last-year/", last_year, name="fill_last_year"),
    path("filings/<int:filing_id>/fill/last-year/adopt/", adopt_last_year, name="fill_last_year_adopt"),
    path("filings/<int:filing_id>/fill/last-year/confirm/", confirm_last_year, name="fill_last_year_confirm"),
    path("filings/<int:filing_id>/fill/points/", restore_points.points, name="fill_points"),
    path("filings/<int:filing_id>/fill/points/<int:point_id>/", restore_points.point, name="fill_point"),
    path("filings/<int:filing_id>/fill/points/<int:point_id>/restore/", restore_points.restore, name="fill_restore"),
    path("filings/<int:filing_id>/fill/save/", form_posts.save, name="fill_save"),
    path("filings/<int:filing_id>/fill/answers/", answers.save, name="fill_answers"),
    path("filings/<int:filing_id>/fill/changes/", autosave.changes, name="fill_changes"),
    path("filings/<int:filing_id>/fill/submit/", form_posts.submit, name="fill_submit"),
    path("filings/<int:filing_id>/fill/check/", form_posts.check, name="fill_check"),
    path("filings/<int:filing_id>/fill/links/", links.links, name="fill_links"),
    path("filings/<int:filing_id>/fill/links/save/", links.save, name="fill_links_save"),
    path("filings/<int:filing_id>/fill/import/", importing.source, name="fill_import"),
    path("filings/<int:filing_id>/fill/import/preview/", importing.preview, name="fill_import_preview"),
    path("filings/<int:filing_id>/fill/import/adopt/", importing.adopt, name="fill_import_adopt"),
    path("filings/<int:filing_id>/fill/import/form/", workbook.adopt_workbook, name="fill_import_form_adopt"),
    path("filings/<int:filing_id>/fill/form/", workbook.download_workbook, name="fill_form"),
    path("filings/<int:filing_id>/fill/form/checked/", workbook.download_checked_workbook, name="fill_form_checked"),
    path("filings/<int:filing_id>/fill/mend/", quick_fix, name="fill_mend"),
    path("filings/<int:filing_id>/fill/suggestions/", suggestions, name="fill_suggestions"),
    path("filings/<int:filing_id>/attachments/", attachment_pages.attachments, name="attachments"),
    path("filings/<int:filing_id>/attachments/add/", attachment_pages.add, name="attachment_add"),
    path(
        "filings/<int:filing_id>/attachments/<int:attachment_id>/",
        attachment_pages.attachment_file,
        name="attachment_file",
    ),
    path(
        "filings/<int:filing_id>/attachments/<int:attachment_id>/remove/",
        attachment_pages.remove,
        name="attachment_remove",
    ),
    path("filings/<int:filing_id>/library/", filing_library, name="filing_library"),
    path("filings/<int:filing_id>/library/take/", collect, name="filing_library_take"),
    path("filings/<int:filing_id>/submit/", submit, name="submit"),
    path("filings/<int:filing_id>/submit/reasons/", submit_reasons, name="submit_reasons"),
    path("filings/<int:filing_id>/withdraw/", actions.withdraw, name="withdraw"),
    path("filings/<int:filing_id>/adjust/", actions.adjust, name="adjust"),
    path("filings/<int:filing_id>/adjust/cancel/", cancel_adjustment, name="cancel_adjustment"),
    path("filings/<int:filing_id>/signing/", signing, name="signing"),
    path("filings/<int:filing_id>/sign/", sign, name="sign"),
    path("filings/<int:filing_id>/receipts/<int:number>/", receipt, name="receipt"),
    path("filings/<int:filing_id>/send-back/", actions.send_back, name="send_back"),
    path("filings/<int:filing_id>/waive/", waive, name="waive"),
    path("filings/<int:filing_id>/open/", open_form, name="open_form"),
    path("filings/<int:filing_id>/review/", review, name="review"),
    path("filings/<int:filing_id>/review/draft/", draft_posts.save, name="review_draft"),
    path("filings/<int:filing_id>/review/draft/save/", plain_form.save_form, name="review_draft_save"),
    path("filings/<int:filing_id>/review/draft/scores/", plain_form.fill_scores, name="review_draft_scores"),
    path("filings/<int:filing_id>/review/draft/canned/", plain_form.fill_canned, name="review_draft_canned"),
    path("filings/<int:filing_id>/review/draft/take/", draft_posts.take_over, name="review_draft_take"),
    path("filings/<int:filing_id>/review/draft/drop/", draft_posts.drop, name="review_draft_drop"),
    path("filings/<int:filing_id>/return/", decisions.return_, name="return"),
    path("filings/<int:filing_id>/pass/", decisions.approve_stage, name="pass"),
    path("filings/<int:filing_id>/review/open/", claims.review_open, name="review_open"),
    path("filings/<int:filing_id>/review/reviewer/", claims.reviewer, name="review_reviewer"),
    path("filings/<int:filing_id>/review/claim/", claims.claim, name="review_claim"),
    path("filings/<int:filing_id>/review/hand-over/", claims.hand_over, name="review_hand_over"),
    path("filings/<int:filing_id>/review/release/", claims.release, name="review_release"),
    path("filings/<int:filing_id>/scores/", scores, name="scores"),
    path("filings/<int:filing_id>/scores/pdf/", score_sheet_file, name="scores_pdf"),
    path("filings/<int:filing_id>/consult/", consultations.consult, name="consult"),
    path("filings/<int:filing_id>/approve/", approve, name="approve"),
    path("filings/<int:filing_id>/revoke/", revoke, name="revoke"),
    path("filings/<int:filing_id>/copies/<str:code>/", issued_copy, name="issued_copy"),
    path("filings/<int:filing_id>/approve/sealed.png", sealed_preview, name="sealed_preview"),
    path("filings/<int:filing_id>/approve/<int:approval_id>/cancel/", cancel_approval, name="approve_cancel"),
    path("consultations/", consultations.consultation_list, name="consultations"),
    path("consultations/<int:consultation_id>/", consultations.consultation, name="consultation"),
    path("consultations/<int:consultation_id>/withdraw/", consultations.withdraw, name="consultation_withdraw"),
    path("account/", account, name="account"),
    path("account/telephone/", save_telephone, name="account_telephone"),
    path("account/sessions/end/", end_other_sessions, name="account_end_sessions"),
    path("account/unit/", choose_unit, name="choose_unit"),
    path("help/", help_page, name="help"),
    path("kept/", kept_page, name="kept_posts"),
    path("kept/<str:key>/drop/", drop_kept, name="kept_post_drop"),
    path("library/", library, name="library"),
    path("messages/", messages_page, name="messages"),
    path("messages/read/", all_read, name="messages_read"),
    path("messages/<int:message_id>/read/", message_read, name="message_read"),
    path("messages/<int:message_id>/open/", message_open, name="message_open"),
    path("v/", verify_code, name="verify_code"),
    path("integrity/", integrity, name="integrity"),
    path("integrity/now/", integrity_now, name="integrity_now"),
    path("v/file/", verify_file, name="verify_file"),
    path("v/hash/<str:sha256>/", verify_hash, name="verify_hash"),
    path("v/<str:code>/", verify, name="verify"),
    *public_addresses.patterns,
    path("demo-login/<str:username>/", demo_login, name="demo_login"),
]
