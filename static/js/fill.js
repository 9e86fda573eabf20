// Entry point of the fill-in page. Without scripts the page is a form that saves fields and amounts and is submitted.

import { Amounts } from "./panels/amounts.js";
import { Answers } from "./saving/answers.js";
import { Autosave } from "./saving/autosave.js";
import { Buttons } from "./table/buttons.js";
import { CellNotes } from "./panels/cell_notes.js";
import { CarriedOver } from "./panels/carried_over.js";
import { CompleteCheck, keepInAddress } from "./saving/complete_check.js";
import { Conflicts } from "./saving/conflicts.js";
import { IndicatorClasses, edition } from "./model/edition.js";
import { Findings } from "./panels/findings.js";
import { growTextAreas } from "./table/grow.js";
import { focusableCell, History } from "./model/history.js";
import { Keys } from "./keyboard/keys.js";
import { Login } from "./saving/login.js";
import { followOpenPlaces } from "./table/closed_cells.js";
import { closeMenus } from "./table/menus.js";
import { Paste } from "./paste/paste.js";
import { focusFieldOnClick } from "./table/click_targets.js";
import { PasteDialog } from "./paste/dialog.js";
import { Preview } from "./panels/preview.js";
import { Recovery } from "./saving/recovery.js";
import { Rows } from "./table/rows.js";
import { SaveStatus } from "./saving/save_status.js";
import { Server } from "./saving/server.js";
import { Sheet } from "./model/sheet.js";
import { SheetCopy } from "./saving/sheet_copy.js";
import { SidePanels } from "./panels/side_panels.js";
import { Suggestions } from "./panels/suggestions.js";
import { Sums } from "./panels/sums.js";
import { Table } from "./table/table.js";
import { TargetExamples } from "./panels/target_examples.js";
import { TargetHints } from "./panels/target_hint.js";
import { tidyNumerals } from "./keyboard/tidy_numerals.js";
import { Toast } from "./panels/toast.js";
import { Typing } from "./keyboard/typing.js";
import { message } from "./messages.js";

const byId = (id) => document.getElementById(id);
const form = byId("fill");
const sheet = new Sheet();
const table = new Table(form, sheet);
const history = new History(sheet);
const typing = new Typing(form, sheet, table, history);
const toast = new Toast(byId("toast"));
const classes = new IndicatorClasses();
const rows = new Rows({ sheet, table, history, toast, most: edition.most, classes });
const server = new Server(form);
const copy = new SheetCopy({ user: form.dataset.user, filing: form.dataset.filing, window: server.window, sheet });
const labelOf = (place) => table.field(place)?.getAttribute("aria-label") ?? "";

const conflicts = new Conflicts({ sheet, table, history, onDecision: () => autosave.saveNow() });
const status = new SaveStatus(byId("save-status"));
const autosave = new Autosave({ form, sheet, typing, server, copy, conflicts, status });
const answers = new Answers({ form, status: byId("answers-status") && new SaveStatus(byId("answers-status")) });
const login = new Login(byId("login"), form, () => {
  autosave.saveNow();
  answers.saveNow();
});
answers.addEventListener("expired", () => login.open());
autosave.addEventListener("expired", () => login.open());

function showStep(outcome, done, nothing) {
  if (!outcome) return toast.show(message(nothing));
  const cell = outcome.place && focusableCell(outcome.place, table);
  if (cell) table.focus(cell, { atEnd: true });
  toast.show(message(done) + (outcome.skipped ? message("cells_skipped", { count: outcome.skipped }) : ""));
}
const undo = () => showStep(history.undo(), "undone", "nothing_to_undo");
const redo = () => showStep(history.redo(), "redone", "nothing_to_redo");

const findings = new Findings({ element: byId("findings"), counts: byId("finding-counts"), form, table, sheet, history, toast, undo });
const panels = new SidePanels({ form, table, autosave, findings });
growTextAreas(form);
tidyNumerals({ form, sheet, table, history });
closeMenus(form);
followOpenPlaces({ table, autosave });
focusFieldOnClick(form);
new Sums({ form, element: byId("sums"), sheet, table, history, toast });
new CarriedOver({ form, table, sheet });
new Amounts({ form, table, unit: edition.unit });
new Suggestions({ form, sheet, table, history });
new TargetExamples({ form, sheet, table, history, toast, undo });
const targetHints = new TargetHints({ form, sheet, table, history });
const help = () => byId("keys").showModal();
new Keys({ form, table, sheet, rows, typing, undo, redo, help });
const cellNotes = new CellNotes(form, { column: byId("side-panels"), sums: byId("sums").closest(".sheet") });
const dialog = new PasteDialog(byId("paste"), { sheet, labelOf, classes });
new Paste({ element: form, sheet, table, history, toast, rows, classes, autosave, dialog, undo });
const tabs = [...document.querySelectorAll("[role=tab]")];
new Preview({ tabs, tablePanel: byId("table-panel"), pages: byId("pages"), table, autosave });
const check = new CompleteCheck({ form, autosave, answers, server, panels, toast, login });
new Buttons({ form, sheet, table, rows, history, autosave, answers, targetHints, toast, check, undo, redo, help });

autosave.addEventListener("saved", ({ detail }) => {
  form.elements.lock.value = detail.lock;
  form.elements.since.value = server.since;
  targetHints.show(detail.understood);
  cellNotes.refresh();
  byId("from-scratch")?.remove();
  // The refusal of a submission stays until there are no errors.
  if (!detail.error_count) byId("submit-refused")?.remove();
});
autosave.addEventListener("news", ({ detail }) => toast.show(message("others_saved", { count: detail.length })));
new Recovery({ element: byId("recovery"), sheet, history, conflicts, copy, autosave, labelOf }).offerNext();

// A refused action is shown at the address of the action: restore that of the page, so that reloading does not repeat it.
keepInAddress(form);
if (location.hash.startsWith("#at-")) byId(location.hash.slice(1))?.focus();
document.documentElement.dataset.ready = "";
