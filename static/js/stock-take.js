// A stock-take: the scanner types a code and Enter; the page stays, the cursor is back in the field at once.
// Scans that come faster than the answers wait in a row. Without this script each scan is a page of its own.

class StockTake extends HTMLElement {
  #last = Promise.resolve();

  connectedCallback() {
    this.addEventListener("submit", (event) => this.#send(event));
    this.#field().focus();
  }

  #field() {
    return this.querySelector("#code");
  }

  #send(event) {
    const form = event.target;
    event.preventDefault();
    const body = new FormData(form);
    const isScan = form.contains(this.#field());
    if (isScan) {
      if (!this.#field().value.trim()) return;
      this.#field().value = "";
    }
    this.#field().focus();
    this.#last = this.#last.then(() => this.#ask(form.action, body));
  }

  async #ask(address, body) {
    try {
      const answer = await fetch(address, { method: "POST", body, headers: { "HX-Request": "true" } });
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
      this.querySelector("#take").innerHTML = await answer.text();
    } catch {
      // What it was cannot be known: the plain page tells the truth.
      location.reload();
    }
  }
}

customElements.define("stock-take", StockTake);
