"""Pages of the finance bureau: control figures, findings of a cycle, rules, the indicator library."""
