// Progress of exports, comparisons and jobs on copies: asks the server every two seconds while one is unfinished, and
// offers the file at its end, or loads the page again where it has the outcome.

import { setText } from "./elements.js";

const INTERVAL_MS = 2000;
const table = document.querySelector("[data-progress]");

function show(item) {
  const row = table.querySelector(`[data-job="${item.id}"][data-unfinished]`);
  if (!row) return;
  setText(row.querySelector("[data-state]"), item.state);
  const bar = row.querySelector("progress");
  Object.assign(bar, { max: item.total || 1, value: item.done });
  if (item.unfinished) return;
  if ("reload" in table.dataset) {
    location.reload();
    return;
  }
  bar.remove();
  row.removeAttribute("data-unfinished");
  if (item.address) Object.assign(row.querySelector("[data-download]"), { href: item.address, hidden: false });
}

async function poll() {
  const response = await fetch(table.dataset.progress, { headers: { Accept: "application/json" } });
  // After the session has expired the answer is the login page; the link 刷新进度 leads there.
  if (!response.ok || response.redirected) return;
  for (const item of (await response.json()).jobs) show(item);
  wait();
}

function wait() {
  if (table?.querySelector("[data-unfinished]")) setTimeout(() => poll().catch(wait), INTERVAL_MS);
}

wait();
