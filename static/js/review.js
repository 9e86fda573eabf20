// Entry point of the review page. Without scripts the page is a form with a field for a remark at each row.

import { CannedTexts } from "./review/canned.js";
import { CellNotes } from "./panels/cell_notes.js";
import { Decisions } from "./review/decisions.js";
import { DraftAutosave } from "./review/autosave.js";
import { DraftRecovery } from "./review/recovery.js";
import { Fields } from "./review/fields.js";
import { LocalCopy } from "./saving/local_copy.js";
import { Login } from "./saving/login.js";
import { OpenPage } from "./review/open_page.js";
import { Remarks } from "./review/remarks.js";
import { ReviewKeys } from "./review/keys.js";
import { SaveStatus } from "./saving/save_status.js";
import { Settling } from "./review/settling.js";
import { Stops } from "./review/stops.js";
import { Tabs } from "./review/tabs.js";
import { Toast } from "./panels/toast.js";
import { newId } from "./saving/request.js";

const byId = (id) => document.getElementById(id);
const form = byId("review");
const canDecide = form.dataset.decides === "yes";
const fields = new Fields(form);
const toast = new Toast(byId("toast"));
const tabs = new Tabs(byId("panel"));
const remarks = new Remarks({ form, fields, list: byId("draft-remarks"), none: byId("no-draft-remarks"), count: byId("remark-count") });
const settling = new Settling({ form, fields, count: byId("unsettled-count") });
const stops = new Stops({ form, tabs });
new CellNotes(byId("sheet"), { opensOnFocus: false });
const help = () => byId("keys").showModal();
let decisions = null;
let saved = async () => {};

if (canDecide) {
  const status = new SaveStatus(byId("save-status"));
  const copy = new LocalCopy({ kind: "review", user: form.dataset.user, filing: form.dataset.filing, window: newId() });
  const autosave = new DraftAutosave({ form, fields, copy, status });
  const login = new Login(byId("login"), form, () => autosave.saveNow());
  autosave.addEventListener("expired", () => login.open());
  autosave.addEventListener("notice", ({ detail }) => toast.show(detail));
  decisions = new Decisions({ form, pass: byId("pass"), returning: byId("return"), remarks, settling, autosave, toast });
  byId("open-pass").addEventListener("click", () => decisions.openPass());
  byId("open-return").addEventListener("click", () => decisions.openReturn());
  new CannedTexts({ form, fields, texts: JSON.parse(byId("canned").textContent) });
  new DraftRecovery({ element: byId("recovery"), fields, copy, autosave }).offerNext();
  new OpenPage({ form, element: byId("open-elsewhere") });
  saved = () => autosave.saveNow();
}

// Follow a link once everything is saved, since the next page reads it: another mode, or a question about the current row.
async function follow(link) {
  await saved();
  const address = new URL(link.href);
  if (link.matches("[data-consult]") && stops.place) address.searchParams.append("place", stops.place);
  location.assign(address);
}
for (const link of document.querySelectorAll(".review-modes a, a[data-consult]")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    follow(link);
  });
}
new ReviewKeys({
  stops, remarks, settling, decisions, toast, help,
  follow: (key) => {
    const link = document.querySelector(`.review-modes a[data-key="${key}"]`);
    if (link) follow(link);
  },
});
byId("open-help").addEventListener("click", help);
form.addEventListener("click", (event) => {
  const { target } = event;
  const finding = target.closest("[data-remark-finding]")?.closest("[data-finding]");
  if (finding) remarks.addFinding(finding.dataset);
  const answer = target.closest("[data-to-answers]");
  if (answer) {
    event.preventDefault();
    byId("return").close();
    stops.selectItem(answer.hash.slice(1));
  }
  if (target.closest("[data-done]")) remarks.closeAll();
  const fill = target.closest("[data-fill-scores]");
  if (fill) {
    event.preventDefault();
    fields.apply([...form.querySelectorAll(".score-points")].filter(({ value }) => !value.trim()).map(({ name, dataset }) => [name, dataset.proposed]));
  }
  const place = target.closest("[data-remark-at]")?.dataset.remarkAt;
  if (place) {
    byId("return")?.close();
    remarks.open(place);
  }
});

// A refused decision is shown at the address of the action: restore that of the page, so that reloading does not repeat it.
if (location.pathname !== new URL(form.dataset.page, location.href).pathname) {
  window.history.replaceState(null, "", form.dataset.page);
}
document.documentElement.dataset.ready = "";
