// The fill-in page with scripts: puts its parts together. Without scripts the same form posts the same changes; nothing
// here is needed to fill in or to submit.

import { Amounts } from "./panels/amounts.js";
import { Asks } from "./saving/conflicts.js";
import { Autosave } from "./saving/autosave.js";
import { Beside } from "./panels/side_panels.js";
import { Buttons } from "./table/buttons.js";
import { Carried } from "./panels/carried_over.js";
import { Classes, form as edition } from "./model/edition.js";
import { Found } from "./panels/findings.js";
import { growWithText } from "./table/grow.js";
import { cellAt, History } from "./model/history.js";
import { Keys } from "./keyboard/keys.js";
import { Line } from "./saving/save_status.js";
import { LocalCopy } from "./saving/local_copy.js";
import { Login } from "./saving/login.js";
import { Measurable } from "./panels/target_examples.js";
import { closeMenus } from "./table/menus.js";
import { Offers } from "./saving/recovery.js";
import { Paste } from "./paste/paste.js";
import { clicksReachFields } from "./table/click_targets.js";
import { PasteDialog } from "./paste/dialog.js";
import { Preview } from "./panels/preview.js";
import { Rows } from "./table/rows.js";
import { Server } from "./saving/server.js";
import { Sheet } from "./model/sheet.js";
import { Suggestions } from "./panels/suggestions.js";
import { Sums } from "./panels/sums.js";
import { Table } from "./table/table.js";
import { Targets } from "./panels/target_hint.js";
import { tidyNumerals } from "./keyboard/tidy_numerals.js";
import { Told } from "./panels/toast.js";
import { Typing } from "./keyboard/typing.js";
import { words } from "./messages.js";

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
  if (detail.is_outdated) told.say(words("replaced"), words("refresh"), () => location.reload());
});
autosave.addEventListener("news", ({ detail }) => told.say(words("others_saved", { count: detail.length })));
new Offers({ element: byId("offer"), sheet, history, asks, copy, autosave, labelOf }).look();

// A refused step answers at its own address: reloading must not take it again.
window.history.replaceState(null, "", form.dataset.page + location.hash);
if (location.hash.startsWith("#at-")) byId(location.hash.slice(1))?.focus();
document.documentElement.dataset.ready = "";
