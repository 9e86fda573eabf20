"""雷同: find goals, duties and indicators that departments have copied from each other. Pure."""
