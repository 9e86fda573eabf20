// A pasted table as a page has it, beside its text: columns and merged cells are lost in the text alone. Whoever edits the
// text means the text.

const text = document.getElementById("id_text");
const page = document.getElementById("id_page");

text.addEventListener("paste", ({ clipboardData }) => {
  const html = clipboardData.getData("text/html");
  const isWhole = !text.value.trim() || (text.selectionStart === 0 && text.selectionEnd === text.value.length);
  // The paste itself is an edit, and comes after this.
  setTimeout(() => { page.value = isWhole && /<table/i.test(html) ? html : ""; });
});
text.addEventListener("input", () => { page.value = ""; });
