// <office-snippet>: what a search engine shows, following the fields while they are typed.
customElements.define("office-snippet", class extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    // Whoever may only look has nothing to type in.
    if (!this.form?.elements[this.dataset.title.split(" ")[0]]) return;
    this.form.addEventListener("input", () => this.draw());
    this.draw();
  }

  /** What stands in the first of these fields that is not empty; without markup, as one line. */
  said(names) {
    for (const name of names.split(" ")) {
      const typed = this.form.elements[name]?.value || "";
      const text = new DOMParser().parseFromString(typed, "text/html").body.textContent.replace(/\s+/g, " ").trim();
      if (text) return text;
    }
    return "";
  }

  draw() {
    const cut = (text, most) => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);
    const slug = this.form.elements.slug?.value;
    this.querySelector("strong").textContent = cut(this.said(this.dataset.title) + this.dataset.after, 60);
    this.querySelector("span[data-words]").textContent = cut(this.said(this.dataset.words), 155);
    if (slug) this.querySelector("span[data-address]").textContent = this.dataset.before + slug;
  }
});
