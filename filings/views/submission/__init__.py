"""提交送签 and 审签: the pages that sum up before the action, and the receipts after it."""
