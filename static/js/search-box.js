// <search-box>: suggestions under the search field, walked with arrows, chosen with Enter, closed with Escape.
const PAUSE = 150;

customElements.define("search-box", class extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input");
    this.list = document.createElement("div");
    this.list.className = "suggestions";
    this.list.hidden = true;
    this.append(this.list);
    this.listId = `${this.field.id}-suggestions`;
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.listId })) {
      this.field.setAttribute(name, value);
    }
    this.list.id = this.listId;
    this.field.addEventListener("input", () => this.ask());
    this.field.addEventListener("focus", () => this.field.value.trim() || this.ask());
    this.field.addEventListener("keydown", (event) => this.walk(event));
    this.addEventListener("focusout", ({ relatedTarget }) => this.contains(relatedTarget) || this.close());
    // Pressing a suggestion must not take the focus from the field before the click arrives.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", ({ target }) => this.follow(target.closest("[data-href]")));
  }

  ask() {
    clearTimeout(this.pause);
    this.asked?.abort();
    const words = this.field.value.trim();
    if (words.length === 1) return this.close();
    this.pause = setTimeout(() => this.show(words), PAUSE);
  }

  async show(words) {
    this.asked = new AbortController();
    try {
      const answer = await fetch(`${this.dataset.suggest}?q=${encodeURIComponent(words)}`, { signal: this.asked.signal, headers: { "HX-Request": "true" } });
      if (!answer.ok) return this.close();
      this.list.innerHTML = await answer.text();
    } catch { return; } // asked anew meanwhile, or no network: the form still works
    this.rows = [...this.list.querySelectorAll("[role=option]")];
    this.at = -1;
    this.rows.forEach((row, number) => { row.id = `${this.listId}-${number}`; });
    this.open(this.rows.length > 0 && this.contains(document.activeElement));
    // Nothing typed and nothing to offer: no reason to speak.
    if (words || this.rows.length) this.dispatchEvent(new CustomEvent("say", { bubbles: true, detail: this.list.querySelector("[data-said]")?.dataset.said ?? this.dataset.none }));
  }

  open(is_open) {
    this.list.hidden = !is_open;
    this.field.setAttribute("aria-expanded", is_open);
    if (!is_open) this.field.removeAttribute("aria-activedescendant");
  }

  close() {
    clearTimeout(this.pause);
    this.asked?.abort();
    this.open(false);
  }

  walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    } else if (step && !this.list.hidden) {
      event.preventDefault();
      this.mark((this.at + step + this.rows.length + 1) % (this.rows.length + 1));
    } else if (event.key === "Enter" && !this.list.hidden && this.rows[this.at]) {
      event.preventDefault();
      this.follow(this.rows[this.at]);
    }
  }

  mark(number) {
    // One place more than there are rows: the field itself, where the typed words wait.
    this.at = number;
    this.rows.forEach((row, at) => row.setAttribute("aria-selected", at === number));
    const row = this.rows[number];
    if (row) this.field.setAttribute("aria-activedescendant", row.id);
    else this.field.removeAttribute("aria-activedescendant");
    row?.scrollIntoView({ block: "nearest" });
  }

  follow(row) {
    if (row) location.href = row.dataset.href;
  }
});
