// Sends a save and says what became of it, in one word: stored, lost (send it again), expired (log in), refused.

const PATIENCE = 20_000;
// What a browser sends for a page that is being left.
const MOST_AT_LEAVING = 60_000;

export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Logging in again changes the token: the cookie's is the one that counts, for the form's own posts too.
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

  // A save under an id of its own: sent twice it is stored once, and the server knows which came first. The first one
  // keeps what the table held when it was opened.
  work(changes, point = null) {
    this.count += 1;
    return { client_id: `${this.window}-${this.count}`, changes, point: point ?? (this.count === 1 ? "opened" : null) };
  }

  async send(work) {
    try {
      const abort = new AbortController();
      const patience = setTimeout(() => abort.abort(), PATIENCE);
      const response = await fetch(this.form.dataset.changes, { ...this.request(work), signal: abort.signal });
      const answer = await this.read(response);
      clearTimeout(patience);
      return answer;
    } catch (error) {
      // No network, no answer in time, or half an answer.
      if (error instanceof TypeError || error instanceof SyntaxError || error.name === "AbortError") return { fate: "lost" };
      throw error;
    }
  }

  sendLeaving(work) {
    const request = this.request(work);
    if (request.body.length * 3 > MOST_AT_LEAVING) return;
    fetch(this.form.dataset.changes, { ...request, keepalive: true }).catch(() => {});
  }

  request({ client_id, changes, point }) {
    const person = Number(this.form.dataset.person);
    return {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": currentToken(this.form) },
      body: JSON.stringify({ client_id, person, since: this.since, point, changes }),
    };
  }

  async read(response) {
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    if (response.status === 401) return { fate: "expired" };
    // A proxy whose server is being started again, or a server that has failed: it was no answer.
    if (response.status >= 500) return { fate: "lost" };
    if (!isJson) return { fate: "refused", refusal: null };
    const answer = await response.json();
    if (!response.ok) return { fate: "refused", refusal: answer.refusal };
    this.since = Math.max(this.since, answer.edit);
    return { fate: "stored", answer };
  }
}
