// Keep the HTML of a pasted table in a hidden field: the plain text alone loses columns and merged cells. Editing the
// text afterwards discards the HTML.

const text = document.getElementById("id_text");
const page = document.getElementById("id_page");

text.addEventListener("paste", ({ clipboardData }) => {
  const html = clipboardData.getData("text/html");
  const isWhole = !text.value.trim() || (text.selectionStart === 0 && text.selectionEnd === text.value.length);
  // The paste fires its own input event after this one.
  setTimeout(() => { page.value = isWhole && /<table/i.test(html) ? html : ""; });
});
text.addEventListener("input", () => { page.value = ""; });
