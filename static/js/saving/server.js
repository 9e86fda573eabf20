// Send saves; the outcome is stored, lost (send again), expired (log in) or refused.

const TIMEOUT = 20_000;
// Browsers limit requests that outlive their page to 64 KiB.
const MAX_KEEPALIVE_BYTES = 60_000;

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

export class Server {
  constructor(form) {
    this.form = form;
    this.window = newId();
    this.count = 0;
    this.since = Number(form.elements.since.value);
  }

  // Create a batch of changes with an id: a batch sent twice is stored once, and the server knows the order. The first
  // batch keeps the table as opened as a restore point.
  batch(changes, point = null) {
    this.count += 1;
    return { client_id: `${this.window}-${this.count}`, changes, point: point ?? (this.count === 1 ? "opened" : null) };
  }

  async send(batch) {
    try {
      const abort = new AbortController();
      const timer = setTimeout(() => abort.abort(), TIMEOUT);
      const response = await fetch(this.form.dataset.changes, { ...this.request(batch), signal: abort.signal });
      const answer = await this.read(response);
      clearTimeout(timer);
      return answer;
    } catch (error) {
      // Network failure, timeout, or an incomplete response.
      if (error instanceof TypeError || error instanceof SyntaxError || error.name === "AbortError") return { outcome: "lost" };
      throw error;
    }
  }

  sendLeaving(batch) {
    const request = this.request(batch);
    if (request.body.length * 3 > MAX_KEEPALIVE_BYTES) return;
    fetch(this.form.dataset.changes, { ...request, keepalive: true }).catch(() => {});
  }

  request({ client_id, changes, point }) {
    const user = Number(this.form.dataset.user);
    return {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": currentToken(this.form) },
      body: JSON.stringify({ client_id, person: user, since: this.since, point, changes }),
    };
  }

  async read(response) {
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    if (response.status === 401) return { outcome: "expired" };
    // A proxy without its server, or a server failure: not an answer.
    if (response.status >= 500) return { outcome: "lost" };
    if (!isJson) return { outcome: "refused", refusal: null };
    const answer = await response.json();
    if (!response.ok) return { outcome: "refused", refusal: answer.refusal };
    this.since = Math.max(this.since, answer.edit);
    return { outcome: "stored", answer };
  }
}
