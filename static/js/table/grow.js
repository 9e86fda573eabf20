// Fit the height of text areas to their text, where the browser lacks `field-sizing`.

export function growTextAreas(form) {
  if (CSS.supports("field-sizing", "content")) return;
  const grow = (area) => {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight}px`;
  };
  const growAll = () => form.querySelectorAll("textarea").forEach(grow);
  growAll();
  form.addEventListener("table:changed", ({ detail }) => {
    if (detail.changes.some(({ place }) => place.endsWith("]"))) growAll();
  });
  form.addEventListener("input", (event) => {
    if (event.target.tagName === "TEXTAREA") grow(event.target);
  });
  form.addEventListener("cell:written", ({ target }) => {
    if (target.tagName === "TEXTAREA") grow(target);
  });
  window.addEventListener("resize", growAll);
}
