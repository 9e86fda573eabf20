// Select all rows of the page, or all results, and count the selected ones.

export function connectSelection(form) {
  const label = document.getElementById("select-all");
  const all = label.querySelector("input");
  const count = document.getElementById("selected-count");
  const results = document.getElementById("all-results");
  const boxes = [...form.querySelectorAll("input[name=selected]")];
  label.hidden = boxes.length === 0;

  function show() {
    const selected = boxes.filter((box) => box.checked).length;
    all.checked = selected > 0 && selected === boxes.length;
    all.indeterminate = selected > 0 && !all.checked;
    if (results?.checked) count.textContent = "已选全部结果，不只本页";
    else count.textContent = selected ? `已选 ${selected} 份` : "";
  }

  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    show();
  });
  for (const box of boxes) box.addEventListener("change", show);
  results?.addEventListener("change", () => {
    if (results.checked) for (const box of boxes) box.checked = true;
    show();
  });
  // A browser restores the boxes when one comes back to the page.
  addEventListener("pageshow", show);
  show();
}
