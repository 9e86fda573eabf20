"""Control figures 预算控制数: read the bureau's workbook, compare it with the departments, store it once confirmed.

`formats.list_workbook` opens the file, `table` finds the columns, `comparison` classifies each row, `store` saves the
figures.
"""
