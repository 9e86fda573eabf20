// The selection on the board: tick the whole page, and show how many departments are ticked.

const form = document.getElementById("selection");

if (form) {
  const boxes = [...form.querySelectorAll("input[name=department]")];
  const [everything, page] = ["all", "this-page"].map((id) => document.getElementById(id));
  const counters = form.querySelectorAll("[data-selected-count]");

  function show() {
    const count = boxes.filter((box) => box.checked).length;
    page.checked = count === boxes.length;
    page.indeterminate = count > 0 && count < boxes.length;
    const text = everything.checked ? "（全部）" : count ? `（${count}）` : "";
    for (const counter of counters) counter.textContent = text;
  }

  page.parentElement.hidden = false;
  page.addEventListener("change", () => {
    for (const box of boxes) box.checked = page.checked;
  });
  form.addEventListener("change", show);
  show();
}
