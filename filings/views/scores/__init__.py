"""审核表: the score sheet of a filing, and its panel on the review page."""
