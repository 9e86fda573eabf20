// 核验: compares a chosen or dropped file by its SHA-256, computed in the browser; the file is sent only by the button.
// Without a secure context browsers offer no SHA-256; then the form uploads the file, as without scripts.

const form = document.querySelector("[data-verify-file]");
const input = form?.querySelector("input[type=file]");
const result = form?.querySelector("[data-verify-result]");
const LARGEST = 20 * 1024 * 1024;

async function sha256(file) {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function show(text, kind) {
  result.textContent = text;
  result.dataset.kind = kind;
  result.hidden = false;
}

async function compare(file) {
  if (!file) return;
  if (!(await file.slice(0, 1024).text()).includes("%PDF-")) {
    show("！ 文件不是 PDF，不能比对。照片、扫描件和另存的文件，请按页脚的核验码核验。", "bad");
    return;
  }
  if (file.size > LARGEST) {
    show("文件超过 20 MB，不是本系统发出的定稿。", "bad");
    return;
  }
  show("正在计算校验码…", "busy");
  const found = await sha256(file);
  // Another file may have been chosen meanwhile.
  if (input.files[0] !== file) return;
  if (!form.dataset.sha256) {
    await look(found, file);
  } else if (found === form.dataset.sha256) {
    show("✓ 文件未被改动，与本系统发出的这份定稿逐字节一致。", "good");
  } else {
    show("！ 文件与这份定稿不一致：已被改动，或者是另一份文件。可以上传到服务器，检查签名和改动情况。", "bad");
  }
}

// Opens the page of the copy with this hash. For another file the page stays, so that the file can be sent.
async function look(found, file) {
  const address = form.dataset.hashAddress.replace(/0{64}/, found);
  const answer = await fetch(address, { method: "HEAD" });
  if (input.files[0] !== file) return;
  if (answer.ok) location.assign(address);
  else show("！ 不是本系统发出的定稿，或者已被改动。可以上传到服务器，检查签名和改动情况。", "bad");
}

function drop(event) {
  event.preventDefault();
  form.classList.remove("is-over");
  if (!event.dataTransfer.files.length) return;
  input.files = event.dataTransfer.files;
  compare(input.files[0]).catch(failed);
}

function failed() {
  show("未能读取文件，请重新选择，或者上传核验。", "bad");
}

function begin() {
  for (const element of form.querySelectorAll("[data-local]")) element.textContent = element.dataset.local;
  form.classList.add("takes-drops");
  input.addEventListener("change", () => compare(input.files[0]).catch(failed));
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("is-over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("is-over"));
  form.addEventListener("drop", drop);
}

if (form && globalThis.crypto?.subtle) begin();
