// Text areas as high as their text, where the browser does not do it by itself.

export function growWithText(form) {
  if (CSS.supports("field-sizing", "content")) return;
  const areas = form.querySelectorAll("textarea");
  const grow = (area) => {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight}px`;
  };
  areas.forEach(grow);
  form.addEventListener("input", (event) => {
    if (event.target.tagName === "TEXTAREA") grow(event.target);
  });
  window.addEventListener("resize", () => areas.forEach(grow));
}
