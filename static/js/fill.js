// The fill-in page with scripts: fields grow with their text, sums follow, changes save themselves.
// Without scripts the same form posts the same changes; nothing here is needed to fill in or to submit.

import { Autosave } from "./autosave.js";
import { cellsOf } from "./cells.js";
import { growWithText } from "./grow.js";
import { closeMenus } from "./menus.js";
import { followSums } from "./sums.js";
import { followUnits } from "./units.js";

const form = document.getElementById("fill");
const cells = cellsOf(form);
const autosave = new Autosave(form, cells, followSums(form));

growWithText(form);
followUnits(form);
closeMenus(form);

const answers = [...form.querySelectorAll("textarea.answer")];
const answersChanged = () => answers.some((field) => field.value !== field.defaultValue);

// The save button stays on the page, unless answers are to be kept too: they travel with the form alone.
document.getElementById("save").addEventListener("click", (event) => {
  if (answersChanged()) return;
  event.preventDefault();
  autosave.saveAll();
});

// Every other button posts the form; it waits for a save that is under way, so that both see the same table.
form.addEventListener("submit", (event) => {
  if (!autosave.isBusy) {
    autosave.stop();
    return;
  }
  event.preventDefault();
  autosave.settled().then(() => form.requestSubmit(event.submitter));
});

// What is printed is what is stored.
const print = document.getElementById("print");
print.addEventListener("click", (event) => {
  if (!autosave.hasChanges) return;
  event.preventDefault();
  autosave.saveAll().then(() => location.assign(print.href));
});

// A row that was put into another class is shown there.
form.addEventListener("change", async (event) => {
  if (!event.target.matches("select.cell")) return;
  await autosave.saveAll();
  location.hash = event.target.id.replace(/-node$/, "-name");
  location.reload();
});

// A refused step answers at its own address: reloading must not take it again.
history.replaceState(null, "", form.dataset.page + location.hash);

if (location.hash.startsWith("#at-")) document.getElementById(location.hash.slice(1))?.focus();
