"""审核: the page on which a reviewer reads, compares, remarks and decides, with its draft and its decisions."""
