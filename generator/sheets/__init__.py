"""The one door for workbooks of others: xlsx, xls and csv into sheets of cells with addresses. Nothing is run or followed.

``read_workbook`` and ``workbook_at`` (read.py) are the door, ``Workbook``, ``Sheet`` and ``Cell`` (sheet.py) what comes in.
"""
