// <sale-clock>: counts down to the end of a reduction that the page names anyway. When it is over it says so.
customElements.define("sale-clock", class extends HTMLElement {
  connectedCallback() {
    this.ends = Date.parse(this.dataset.ends);
    this.tick();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  tick() {
    const left = Math.floor((this.ends - Date.now()) / 1000);
    if (left <= 0) {
      this.textContent = this.dataset.over;
      return;
    }
    this.querySelector("[data-left]").textContent = `(${this.words(left)})`;
    this.timer = setTimeout(() => this.tick(), left > 3600 ? 30000 : 1000);
  }

  words(left) {
    const parts = { days: Math.floor(left / 86400), hours: Math.floor(left / 3600) % 24, minutes: Math.floor(left / 60) % 60, seconds: left % 60 };
    const names = Object.keys(parts);
    const first = Math.max(0, names.findIndex((name) => parts[name]));
    return names.slice(first, first + 2).map((name) => this.dataset[name].replace("{n}", parts[name])).join(" ");
  }
});
