"""Letters of a round: 审核意见 of the bureau and 修改说明 of the department, as Word, PDF and plain text."""
