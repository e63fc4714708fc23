// <option-picker>: choosing a variant swaps pictures, price, stock and promise together, and keeps the address.
customElements.define("option-picker", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-variant]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      this.choose(link.href, link.id);
    });
    if (!history.state?.variant) history.replaceState({ ...history.state, variant: location.href }, "");
    addEventListener("popstate", ({ state }) => state?.variant && this.choose(state.variant, "", true));
  }

  async choose(address, id, going_back = false) {
    this.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { headers: { "HX-Request": "true" } });
      if (!answer.ok) throw new Error(answer.status);
      this.swap(await answer.text());
    } catch {
      location.href = address;
      return;
    }
    this.removeAttribute("aria-busy");
    if (!going_back) history.pushState({ variant: address }, "", address);
    if (id) document.getElementById(id)?.focus({ preventScroll: true });
    this.dispatchEvent(new CustomEvent("say", { bubbles: true, detail: this.querySelector("[data-said]")?.dataset.said ?? "" }));
  }

  swap(text) {
    const typed = [...this.querySelectorAll("[name=quantity], [name^=answer-]")];
    this.innerHTML = text;
    for (const { name, value, checked } of typed) {
      const field = this.querySelector(`[name="${name}"]`);
      if (!field || !value) continue;
      field.value = value;
      field.checked = checked;
    }
  }
});
