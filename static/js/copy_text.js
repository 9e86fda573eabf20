// Buttons that copy the text of an element: data-copy is its id. Where the browser has no clipboard (a page without
// HTTPS), the text is selected to be copied by keys. Without scripts the buttons stay hidden.

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.textContent = await copy(document.getElementById(button.dataset.copy));
  });
}

async function copy(source) {
  if (source.select) source.select();
  else getSelection().selectAllChildren(source);
  try {
    await navigator.clipboard.writeText(source.value ?? source.innerText);
    return "已复制";
  } catch {
    return "已选中，请按 Ctrl+C";
  }
}
