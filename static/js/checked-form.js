// <checked-form>: says what is amiss on leaving a field, not while typing; the message goes as soon as it is mended.
customElements.define("checked-form", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("focusout", ({ target }) => this.check(target, target.value !== ""));
    this.addEventListener("input", ({ target }) => {
      if (target.getAttribute("aria-invalid") === "true") this.check(target, false);
    });
    this.addEventListener("change", ({ target }) => {
      if (target.tagName === "SELECT") this.check(target, true);
    });
  }

  /** Compare a field with its own rules; `strict` may also raise a new message, else it only takes one away. */
  check(field, strict) {
    const place = field.id && document.getElementById(`${field.id}_error`);
    if (!place || !field.validity || field.type === "password") return;
    const sentence = this.sentence(field);
    if (!sentence) this.show(field, place, "");
    else if (strict) this.show(field, place, sentence);
  }

  sentence({ validity, dataset }) {
    if (validity.valid) return "";
    return (validity.valueMissing ? dataset.missing : dataset.wrong) || "";
  }

  show(field, place, sentence) {
    place.hidden = !sentence;
    if (sentence) {
      const p = document.createElement("p");
      p.textContent = sentence;
      place.replaceChildren(p);
      field.setAttribute("aria-invalid", "true");
    } else {
      place.replaceChildren();
      field.removeAttribute("aria-invalid");
    }
    const others = (field.getAttribute("aria-describedby") || "").split(" ").filter((id) => id && id !== place.id);
    if (sentence) others.push(place.id);
    if (others.length) field.setAttribute("aria-describedby", others.join(" "));
    else field.removeAttribute("aria-describedby");
  }
});
