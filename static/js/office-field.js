// An address that ends in the name of a field: open the tab it stands in, and go there.
function show() {
  const field = /^#id_[\w-]+$/.test(location.hash) && document.querySelector(location.hash);
  const tab = field && field.closest(".tab-wrapper");
  if (!field) return;
  if (tab) {
    const place = [...tab.parentElement.querySelectorAll(":scope > .tab-wrapper")].indexOf(tab);
    tab.parentElement.querySelectorAll("nav a")[place]?.click();
  }
  requestAnimationFrame(() => {
    field.scrollIntoView({ block: "center" });
    field.focus();
  });
}
addEventListener("load", show);
