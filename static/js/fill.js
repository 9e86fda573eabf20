// The fill-in page with scripts: puts its parts together. Without scripts the same form posts the same changes; nothing
// here is needed to fill in or to submit.

import { Amounts } from "./amounts.js";
import { Asks } from "./asks.js";
import { Autosave } from "./autosave.js";
import { Beside } from "./beside.js";
import { Buttons } from "./buttons.js";
import { Carried } from "./carried.js";
import { Classes, form as edition } from "./classes.js";
import { Found } from "./found.js";
import { growWithText } from "./grow.js";
import { cellAt, History } from "./history.js";
import { Keys } from "./keys.js";
import { Line } from "./line.js";
import { LocalCopy } from "./localcopy.js";
import { Login } from "./login.js";
import { Measurable } from "./measurable.js";
import { closeMenus } from "./menus.js";
import { Offers } from "./offers.js";
import { Paste } from "./paste.js";
import { clicksReachFields } from "./pointer.js";
import { PasteDialog } from "./pastedialog.js";
import { Preview } from "./preview.js";
import { Rows } from "./rows.js";
import { Server } from "./server.js";
import { Sheet } from "./sheet.js";
import { Suggestions } from "./suggestions.js";
import { Sums } from "./sums.js";
import { Table } from "./table.js";
import { Targets } from "./targets.js";
import { tidyNumerals } from "./tidy.js";
import { Told } from "./told.js";
import { Typing } from "./typing.js";
import { words } from "./words.js";

const byId = (id) => document.getElementById(id);
const form = byId("fill");
const sheet = new Sheet();
const table = new Table(form, sheet);
const history = new History(sheet);
const typing = new Typing(form, sheet, table, history);
const told = new Told(byId("told"));
const classes = new Classes();
const rows = new Rows({ sheet, table, history, told, most: edition.most, classes });
const server = new Server(form);
const copy = new LocalCopy({ person: form.dataset.person, filing: form.dataset.filing, window: server.window, sheet });
const labelOf = (place) => table.field(place)?.getAttribute("aria-label") ?? "";

const asks = new Asks({ sheet, table, history, decided: () => autosave.saveNow() });
const autosave = new Autosave({ form, sheet, typing, server, copy, asks, line: new Line(byId("saved")) });
const login = new Login(byId("login"), form, () => autosave.saveNow());
autosave.addEventListener("expired", () => login.ask());

function step(outcome, done, nothing) {
  if (!outcome) return told.say(words(nothing));
  const cell = outcome.at && cellAt(outcome.at, table);
  if (cell) table.focus(cell, { atEnd: true });
  told.say(words(done) + (outcome.left ? words("left_alone", { count: outcome.left }) : ""));
}
const undo = () => step(history.undo(), "undone", "nothing_to_undo");
const redo = () => step(history.redo(), "redone", "nothing_to_redo");

const found = new Found({ element: byId("found"), form, table, sheet, history, told, undo });
new Beside({ form, table, autosave, found });
growWithText(form);
tidyNumerals({ form, sheet, table, history });
closeMenus(form);
clicksReachFields(form);
new Sums({ form, element: byId("sums"), sheet, table, history, told });
new Carried({ form, table, sheet });
new Amounts({ form, table, unit: edition.unit });
new Suggestions({ form, sheet, table, history });
new Measurable({ form, sheet, table, history, told, undo });
const targets = new Targets({ form, sheet, table, history });
const help = () => byId("keys").showModal();
new Keys({ form, table, sheet, rows, typing, undo, redo, help });
const dialog = new PasteDialog(byId("paste"), { sheet, labelOf, classes });
new Paste({ element: form, sheet, table, history, told, rows, classes, autosave, dialog, undo });
new Preview({ tabs: [...document.querySelectorAll("[role=tab]")], desk: byId("desk"), pages: byId("pages"), table, autosave });
new Buttons({ form, sheet, table, rows, history, autosave, targets, told, undo, redo, help });

autosave.addEventListener("saved", ({ detail }) => {
  form.elements.lock.value = detail.lock;
  form.elements.since.value = server.since;
  targets.show(detail.understood);
  byId("from-scratch")?.remove();
  // What stopped a submission is said until nothing does.
  if (!detail.error_count) byId("stopped")?.remove();
});
autosave.addEventListener("news", ({ detail }) => told.say(words("others_saved", { count: detail.length })));
new Offers({ element: byId("offer"), sheet, history, asks, copy, autosave, labelOf }).look();

// A refused step answers at its own address: reloading must not take it again.
window.history.replaceState(null, "", form.dataset.page + location.hash);
if (location.hash.startsWith("#at-")) byId(location.hash.slice(1))?.focus();
document.documentElement.dataset.ready = "";
