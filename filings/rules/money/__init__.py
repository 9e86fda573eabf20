"""Rules B1–B8 and K1–K4: amounts, sums, units, cost indicators and the money they account for."""
