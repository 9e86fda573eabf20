// Entry point of pages that only show the table: notes open over it.

import { CellNotes } from "./panels/cell_notes.js";

for (const paper of document.querySelectorAll(".paper")) new CellNotes(paper);
