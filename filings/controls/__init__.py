"""Control figures 预算控制数: the bureau's workbook read, held against the departments, and stored once confirmed.

`workbook` opens the file, `table` finds the columns, `comparison` says what each row would do, `adopting` stores it.
"""
