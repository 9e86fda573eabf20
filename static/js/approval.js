// Count down while an approval can be cancelled. The page of the filing opens again once the worker has issued the copy;
// a message on another page only takes its button away.

import { setText } from "./elements.js";

const SECOND = 1000;

for (const box of document.querySelectorAll("[data-approval]")) {
  const end = Date.now() + SECOND * Number(box.dataset.seconds);
  // A page that waits for longer than a minute shows that the worker may not run; it keeps that sentence.
  const isDelayed = Number(box.dataset.seconds) < -60;
  wait(box, end, isDelayed);
}

async function wait(box, end, isDelayed) {
  const seconds = Math.ceil((end - Date.now()) / SECOND);
  if (!isDelayed) setText(box.querySelector("[data-left]"), seconds > 0 ? `${seconds} 秒内可以撤销。` : "正在生成定稿。");
  if (seconds <= 0 && !box.dataset.page) {
    box.querySelector("button").remove();
    return;
  }
  if (seconds <= 0 && (await isOver(box.dataset.page))) {
    location.assign(box.dataset.page);
    return;
  }
  setTimeout(wait, SECOND, box, end, isDelayed);
}

// Whether the filing's page no longer shows a waiting approval; without a connection it is asked again.
async function isOver(page) {
  try {
    const answer = await fetch(page, { credentials: "same-origin" });
    return answer.ok && !(await answer.text()).includes("data-approval");
  } catch {
    return false;
  }
}
