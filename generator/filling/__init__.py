"""The fill-in workbook (填报表.xlsx): what a department types, as sheets that a clerk fills in, and back.

``layout.sheets_of`` is the one table of sheets: each has columns, what it says of the trees of a year's folder (``told``), and the
trees with what its rows say (``put``). ``write.py`` makes the workbook of it, ``read.py`` takes one in. What was not changed in a
workbook comes back letter by letter: every ``put`` compares with what is there and changes only what differs.
"""
