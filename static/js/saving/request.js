// Send what was typed as JSON; the outcome is stored, lost (send again), expired (log in) or refused.

const TIMEOUT = 20_000;
// Browsers limit requests that outlive their page to 64 KiB.
const MAX_KEEPALIVE_BYTES = 60_000;

// Return an id for a window or a row: 16 hexadecimal digits.
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Return the CSRF token, which changes with a login: the cookie is current, the form field is updated.
export function currentToken(form) {
  const field = form.elements.csrfmiddlewaretoken;
  field.value = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? field.value;
  return field.value;
}

export async function post(form, address, data) {
  try {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), TIMEOUT);
    const response = await fetch(address, { ...request(form, data), signal: abort.signal });
    const result = await read(response);
    clearTimeout(timer);
    return result;
  } catch (error) {
    // Network failure, timeout, or an incomplete response.
    if (error instanceof TypeError || error instanceof SyntaxError || error.name === "AbortError") return { outcome: "lost" };
    throw error;
  }
}

// Send while the page is being left, without waiting for an answer.
export function postLeaving(form, address, data) {
  const leaving = request(form, data);
  if (leaving.body.length * 3 > MAX_KEEPALIVE_BYTES) return;
  fetch(address, { ...leaving, keepalive: true }).catch(() => {});
}

function request(form, data) {
  return {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": currentToken(form) },
    body: JSON.stringify(data),
  };
}

async function read(response) {
  const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
  if (response.status === 401) return { outcome: "expired" };
  // A proxy without its server, or a server failure: not an answer.
  if (response.status >= 500) return { outcome: "lost" };
  if (!isJson) return { outcome: "refused", refusal: null };
  const answer = await response.json();
  return response.ok ? { outcome: "stored", answer } : { outcome: "refused", refusal: answer.refusal, answer };
}
