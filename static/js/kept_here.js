// On the page of a filing that cannot be filled in now: say that this browser still holds unsaved texts of the user.

import { LocalCopy } from "./saving/local_copy.js";

const notice = document.getElementById("kept-here");
const [user, filing] = notice.dataset.copies.split("/");
const copy = new LocalCopy({ kind: "draft", user, filing, window: "read" });
copy.orphans().then((copies) => { notice.hidden = !copies.length; });
