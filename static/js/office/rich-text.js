// <office-rich-text>: a text area for HTML becomes an editor with a few tools; the area keeps what is sent.
const TAGS = new Set("P BR H2 H3 H4 UL OL LI DL DT DD BLOCKQUOTE HR A STRONG B EM I U S SMALL SUB SUP ABBR CODE TABLE CAPTION THEAD TBODY TR TH TD".split(" "));
const KEPT = { A: ["href", "title"], TH: ["scope", "colspan", "rowspan"], TD: ["colspan", "rowspan"], ABBR: ["title"] };
const GONE = "script, style, template, iframe, object, embed, svg, math, noscript, title";
const TOOLS = [
  ["bold", "B", () => document.execCommand("bold")],
  ["italic", "I", () => document.execCommand("italic")],
  ["heading", "H", () => block("h3")],
  ["list", "•", () => document.execCommand("insertUnorderedList")],
  ["numbers", "1", () => document.execCommand("insertOrderedList")],
];

/** The block around the caret becomes this tag, or a paragraph again. */
function block(tag) {
  const is = document.queryCommandValue("formatBlock").toLowerCase() === tag;
  document.execCommand("formatBlock", false, is ? "p" : tag);
}

const leads = (address) => /^(https?:|mailto:|tel:|\/|#)/i.test(address.trim());

/** Only what the server keeps; read in a document where nothing runs or loads. */
function tidy(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  body.querySelectorAll(GONE).forEach((element) => element.remove());
  for (const element of [...body.querySelectorAll("*")]) {
    if (element.tagName === "DIV") element.append(document.createElement("br"));
    if (!TAGS.has(element.tagName)) element.replaceWith(...element.childNodes);
    for (const { name, value } of [...element.attributes]) {
      const stays = KEPT[element.tagName]?.includes(name) && (name !== "href" || leads(value));
      if (!stays) element.removeAttribute(name);
    }
  }
  body.querySelectorAll("a:not([href])").forEach((link) => link.replaceWith(...link.childNodes));
  const holds = body.textContent.trim() || body.querySelector("table, hr");
  return holds ? body.innerHTML.trim() : "";
}

customElements.define("office-rich-text", class extends HTMLElement {
  connectedCallback() {
    this.area = this.querySelector("textarea");
    if (this.paper || !this.area || this.area.disabled || this.area.readOnly) return;
    this.words = JSON.parse(this.dataset.words);
    this.paper = this.draw();
    this.tools = this.bar();
    this.prepend(this.tools, this.paper);
    this.area.hidden = true;
    this.area.addEventListener("invalid", () => this.turn(true));
    this.fill();
  }

  draw() {
    const paper = document.createElement("div");
    const label = document.querySelector(`label[for="${this.area.id}"]`);
    Object.assign(paper, { className: "rich-paper", contentEditable: "true", lang: this.area.lang });
    paper.setAttribute("role", "textbox");
    paper.setAttribute("aria-multiline", "true");
    paper.setAttribute("aria-label", label?.textContent.trim() || this.area.name);
    label?.addEventListener("click", () => paper.focus());
    paper.addEventListener("focus", () => document.execCommand("defaultParagraphSeparator", false, "p"));
    paper.addEventListener("input", () => this.keep());
    paper.addEventListener("keyup", () => this.mark());
    paper.addEventListener("mouseup", () => this.mark());
    paper.addEventListener("paste", (event) => {
      event.preventDefault();
      const copied = event.clipboardData;
      const html = tidy(copied.getData("text/html"));
      if (html) document.execCommand("insertHTML", false, html);
      else document.execCommand("insertText", false, copied.getData("text/plain"));
    });
    return paper;
  }

  bar() {
    const bar = document.createElement("div");
    bar.className = "rich-tools";
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", this.words.tools);
    for (const [name, sign, act] of TOOLS) bar.append(this.button(name, sign, act));
    bar.append(this.button("link", "↗", () => this.link()));
    bar.append(this.button("plain", "T", () => {
      document.execCommand("removeFormat");
      document.execCommand("formatBlock", false, "p");
    }));
    bar.append(this.button("source", "HTML", () => this.turn(!this.paper.hidden)));
    return bar;
  }

  button(name, sign, act) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: sign, title: this.words[name] });
    button.dataset.tool = name;
    button.setAttribute("aria-label", this.words[name]);
    // The selection stays in the text while a tool is pressed.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      if (name !== "source") this.paper.focus();
      act();
      this.mark();
    });
    return button;
  }

  link() {
    const now = document.getSelection().anchorNode?.parentElement.closest("a");
    const address = prompt(this.words.address, now?.getAttribute("href") || "https://");
    if (address === null) return;
    if (leads(address) && address.trim() !== "https://") document.execCommand("createLink", false, address.trim());
    else document.execCommand("unlink");
  }

  /** Shows the HTML, or the text again. */
  turn(asSource) {
    if (!asSource) this.fill();
    this.paper.hidden = asSource;
    this.area.hidden = !asSource;
    this.tools.querySelectorAll("button:not([data-tool=source])").forEach((button) => { button.disabled = asSource; });
    this.mark();
  }

  fill() {
    this.paper.innerHTML = tidy(this.area.value);
  }

  keep() {
    // The first letter on empty paper stands in no paragraph yet.
    if (this.paper.firstChild?.nodeType === Node.TEXT_NODE) document.execCommand("formatBlock", false, "p");
    // The paragraph one is about to write in is none yet.
    this.area.value = tidy(this.paper.innerHTML).replace(/<(p|h[2-4])>(\s|&nbsp;|<br>)*<\/\1>/g, "");
    for (const type of ["input", "change"]) this.area.dispatchEvent(new Event(type, { bubbles: true }));
  }

  /** Says which tools are in use where the caret stands. */
  mark() {
    const on = {
      bold: () => document.queryCommandState("bold"),
      italic: () => document.queryCommandState("italic"),
      heading: () => document.queryCommandValue("formatBlock").toLowerCase() === "h3",
      list: () => document.queryCommandState("insertUnorderedList"),
      numbers: () => document.queryCommandState("insertOrderedList"),
      source: () => this.paper.hidden,
    };
    for (const [name, is] of Object.entries(on)) {
      this.tools.querySelector(`[data-tool=${name}]`).setAttribute("aria-pressed", String(is()));
    }
  }
});
