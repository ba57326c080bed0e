"""Reports as files: PDF and picture by typst, workbooks by XlsxWriter, CSV by the standard library."""
