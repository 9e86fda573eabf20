// Buttons that copy the text of a field: data-copy is the field's id. Without the clipboard the text is selected.

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}

async function copy(button) {
  const field = document.getElementById(button.dataset.copy);
  field.select();
  let done = "已复制";
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    done = "已选中，请按 Ctrl+C";
  }
  button.textContent = done;
  document.getElementById("copied").textContent = done;
}
