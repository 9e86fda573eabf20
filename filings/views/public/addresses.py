"""Addresses of the public pages. They are printed, cited and cached: none is ever changed."""

from django.urls import URLPattern, path

from filings.views.public import data, lists, table

patterns: list[URLPattern] = [
    path("public/", lists.index, name="public_index"),
    path("public/feed.atom", data.newest_feed, name="public_feed"),
    path("public/sitemap.xml", data.sitemap_index, name="public_sitemap"),
    path("public/sitemap-<int:number>.xml", data.sitemap_part, name="public_sitemap_part"),
    path("public/units/<str:code>/", lists.unit_list, name="public_unit"),
    path("public/units/<str:code>/feed.atom", data.unit_feed, name="public_unit_feed"),
    path("public/cycles/<int:cycle_id>/datapackage.json", data.descriptor, name="public_descriptor"),
    path("public/cycles/<int:cycle_id>/datapackage.zip", data.archive_file, name="public_archive"),
    path("public/cycles/<int:cycle_id>/<str:name>.csv", data.csv_file, name="public_csv"),
    path("public/<int:year>/", lists.year_list, name="public_year"),
    path("public/<int:year>/data/", data.data_page, name="public_data"),
    path("public/<int:year>/<int:filing_id>/", table.table, name="public_table"),
    path("public/<int:year>/<int:filing_id>/table.pdf", table.pdf_file, name="public_pdf"),
    path("public/<int:year>/<int:filing_id>/table.xlsx", table.xlsx_file, name="public_xlsx"),
    path("public/<int:year>/<int:filing_id>/table.json", table.json_file, name="public_json"),
    path("robots.txt", data.robots, name="robots"),
]
