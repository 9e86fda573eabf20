// The page of the review queue.

import { connectKeys } from "./queue_keys.js";
import { connectSelection } from "./queue_selection.js";

const rows = [...document.querySelectorAll("[data-row]")];
connectKeys(rows);
if (rows.length) connectSelection(document.getElementById("queue"));
