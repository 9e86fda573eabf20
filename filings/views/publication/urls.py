"""URLs of the publication of a cycle, and of the list of wrong words."""

from django.urls import URLPattern, path

from filings.views.publication import jobs, selected, table, wrong_words
from filings.views.publication.page import publication

publication_urls: tuple[URLPattern, ...] = (
    path("cycles/<int:cycle_id>/publication/", publication, name="publication"),
    path(
        "cycles/<int:cycle_id>/publication/selected/<str:kind>/",
        selected.selected,
        name="publication_selected",
    ),
    path(
        "cycles/<int:cycle_id>/publication/selected/<str:kind>/start/",
        selected.start,
        name="publication_start",
    ),
    path(
        "cycles/<int:cycle_id>/publication/jobs/<int:job_id>/",
        jobs.job,
        name="publication_job",
    ),
    path(
        "cycles/<int:cycle_id>/publication/jobs/<int:job_id>/progress/",
        jobs.progress,
        name="publication_job_progress",
    ),
    path(
        "cycles/<int:cycle_id>/publication/jobs/<int:job_id>/stop/",
        jobs.stop,
        name="publication_job_stop",
    ),
    path(
        "cycles/<int:cycle_id>/publication/jobs/<int:job_id>/resume/",
        jobs.resume,
        name="publication_job_resume",
    ),
    path(
        "cycles/<int:cycle_id>/publication/<int:filing_id>/",
        table.table,
        name="publication_table",
    ),
    path(
        "cycles/<int:cycle_id>/publication/<int:filing_id>/publish/",
        table.publish_table,
        name="publication_publish",
    ),
    path(
        "cycles/<int:cycle_id>/publication/<int:filing_id>/unpublish/",
        table.unpublish_table,
        name="publication_unpublish",
    ),
    path(
        "cycles/<int:cycle_id>/publication/<int:filing_id>/withhold/",
        table.withhold_table,
        name="publication_withhold",
    ),
    path(
        "cycles/<int:cycle_id>/publication/<int:filing_id>/disclose/",
        table.disclose_table,
        name="publication_disclose",
    ),
    path("wrong-words/", wrong_words.words, name="wrong_words"),
    path("wrong-words/add/", wrong_words.add, name="wrong_words_add"),
    path("wrong-words/<int:word_id>/", wrong_words.word, name="wrong_word"),
    path("wrong-words/<int:word_id>/save/", wrong_words.save, name="wrong_word_save"),
    path("wrong-words/<int:word_id>/remove/", wrong_words.remove, name="wrong_word_remove"),
)
