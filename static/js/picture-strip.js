// <picture-strip>: a thumbnail brings its picture into view; the one in view is marked.
customElements.define("picture-strip", class extends HTMLElement {
  connectedCallback() {
    const strip = this.querySelector(".gallery-strip");
    const thumbs = [...this.querySelectorAll(".gallery-thumbs a")];
    if (!strip || !thumbs.length) return;
    const quiet = matchMedia("(prefers-reduced-motion: reduce)").matches;
    for (const thumb of thumbs) {
      thumb.addEventListener("click", (event) => {
        event.preventDefault();
        const picture = this.querySelector(thumb.hash);
        strip.scrollTo({ left: picture.offsetLeft - strip.offsetLeft, behavior: quiet ? "instant" : "smooth" });
      });
    }
    this.watch = new IntersectionObserver((seen) => {
      for (const { target, isIntersecting } of seen) {
        if (!isIntersecting) continue;
        for (const thumb of thumbs) {
          if (thumb.hash === `#${target.id}`) thumb.setAttribute("aria-current", "true");
          else thumb.removeAttribute("aria-current");
        }
      }
    }, { root: strip, threshold: 0.6 });
    for (const picture of strip.children) this.watch.observe(picture);
  }

  disconnectedCallback() { this.watch?.disconnect(); }
});
