"""Files as people have them, read into cells: one kind of file a module, each with `read(data) -> list[Grid]`.

Every table of a file is a Grid of its own, in the file's order, with the lines of text before it in `above` and, for
the last one, those after it in `below`. Columns and spans are those of the file; a cell that is empty is there with
''; no two cells cover one spot. A text is what a person sees in the file; where it is not simply that (a formula
without its result, a number shown as a percentage), `Cell.warning` says so. Whatever cannot be read is refused as
CannotRead, in a plain sentence with what to do; nothing else is ever raised, no file is written, nothing is fetched.
"""
