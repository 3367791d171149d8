"""XLSX and ODS workbooks: looked through before any value of them is read."""
