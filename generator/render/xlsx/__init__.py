"""Workbooks of finished documents (导出的工作簿): written with xlsxwriter, which keeps the values of formulas and the same bytes."""
