"""The bureau's board: one page and one workbook, both of a Board alone."""
