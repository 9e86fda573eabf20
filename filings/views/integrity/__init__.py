"""完整性检查: the results of the nightly checks, for managers."""
