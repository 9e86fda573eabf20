"""Rules M1–M9: measurability and plausibility of targets, and classification of indicators."""
