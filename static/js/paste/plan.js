// Plan where a pasted block goes, without changing anything.

import { planAmounts } from "./plan_amounts.js";
import { planIndicators } from "./plan_indicators.js";
import { planTasks } from "./plan_tasks.js";

// Return {wanted, overwritten, unplaced, added}: the changes, those that overwrite a text, texts without a target cell,
// and the number of new rows. If the section would have too many rows: {tooMany: {count, now, most}}.
export function planPaste(block, place, sheet, classes) {
  if (place.startsWith("amounts[")) return planAmounts(block, place, sheet);
  return place.startsWith("tasks[") ? planTasks(block, place, sheet) : planIndicators(block, place, sheet, classes);
}
