// <product-list>: filters, sorting and "load more" without a new page; every state keeps its own address.
customElements.define("product-list", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", (event) => {
      const form = event.target.closest("form[data-live]");
      if (form) this.load(this.addressOf(form), event.target.id, !!event.target.closest(".filters"));
    });
    this.addEventListener("submit", (event) => {
      const form = event.target.closest("form[data-live]");
      if (!form) return;
      event.preventDefault();
      if (form.closest(".filters") && location.hash) location.hash = "#list";
      this.load(this.addressOf(form));
    });
    this.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-live], a[data-more]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if ("more" in link.dataset) this.more(link);
      else this.load(link.href);
    });
    addEventListener("hashchange", () => this.sheet());
    this.sheet();
  }

  addressOf(form) {
    const chosen = [...new FormData(form)].filter(([, value]) => value);
    const query = new URLSearchParams(chosen).toString();
    return form.action.split(/[?#]/)[0] + (query && `?${query}`);
  }

  async ask(address) {
    this.asked?.abort();
    this.asked = new AbortController();
    const answer = await fetch(address, { signal: this.asked.signal, headers: { "HX-Request": "true" } });
    if (!answer.ok) throw new Error(answer.status);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }

  /** The whole list anew: cards, counts, applied filters. Open groups stay open, the focus stays where it is. */
  async load(address, id = "", in_sheet = false) {
    this.setAttribute("aria-busy", "true");
    let answer;
    try {
      answer = await this.ask(address);
    } catch (fault) {
      if (fault.name !== "AbortError") location.href = address;
      return;
    }
    const open = new Set([...this.querySelectorAll(".facet[open]")].map((facet) => facet.id));
    const scrolled = this.querySelector(".filters")?.scrollTop;
    for (const facet of answer.querySelectorAll(".facet")) if (open.has(facet.id)) facet.open = true;
    this.replace(answer);
    this.removeAttribute("aria-busy");
    // Replaced and not pushed: one way back from a list, not one per tick. Its hash keeps the sheet open.
    history.replaceState(history.state, "", address + (in_sheet ? location.hash : ""));
    if (in_sheet && location.hash === "#filters") this.querySelector(".filters").scrollTop = scrolled;
    if (id) document.getElementById(id)?.focus({ preventScroll: true });
    else this.querySelector("#list")?.focus({ preventScroll: true });
    this.say(this.querySelector(".list-count"));
    this.sheet();
  }

  /** The sheet itself stays: a new element would not be the target of the address any more, and close. */
  replace(answer) {
    const parts = [".filters", "#list"];
    if (parts.every((part) => this.querySelector(part) && answer.querySelector(part))) {
      for (const part of parts) this.querySelector(part).innerHTML = answer.querySelector(part).innerHTML;
    } else {
      this.innerHTML = answer.body.innerHTML;
    }
  }

  /** The next page under this one; the focus lands on its first product. */
  async more(link) {
    const address = link.href;
    let answer;
    try {
      answer = await this.ask(address);
    } catch { location.href = address; return; }
    const cards = [...answer.querySelectorAll(".cards > *")];
    this.querySelector(".cards").append(...cards);
    this.querySelector(".pages-part").replaceWith(answer.querySelector(".pages-part"));
    history.replaceState(history.state, "", address);
    cards[0]?.querySelector("a")?.focus();
  }

  /** While the sheet covers the page, Tab stays in it. */
  sheet() {
    const sheet = this.querySelector(".filters");
    const covers = location.hash === "#filters" && sheet && getComputedStyle(sheet).position === "fixed";
    for (const part of document.querySelectorAll("body > :not(main, script, #said), #main > :not(product-list), .list-body > :not(.filters), .list-top")) part.inert = covers;
  }

  say(element) {
    this.dispatchEvent(new CustomEvent("say", { bubbles: true, detail: element?.textContent.trim() ?? "" }));
  }
});
