"""Read spreadsheets: .xlsx, .xls, .xlsb and .ods."""
