// The form's unit behind an amount: faint while there is none, gone behind a text that carries a unit of its own.

export function followUnits(form) {
  form.addEventListener("input", ({ target }) => {
    if (!("amount" in target.dataset)) return;
    const text = target.value.normalize("NFKC").trim();
    const unit = target.parentElement.querySelector(".unit");
    unit.classList.toggle("faint", !text);
    unit.hidden = text !== "" && !/\d$/.test(text);
  });
}
