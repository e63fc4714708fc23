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

// The theme writes the name of a chosen file into the text field of its own chooser. A chooser of the browser has no
// such field: there the theme would fail, or write into a neighbour. It passes over what carries this mark.
function spare() {
  for (const field of document.querySelectorAll("input[type=file]")) {
    if (!field.closest("div:has(> label > input[type=text][disabled])")) field.hasChangeListener = true;
  }
}
// In the theme's tables a field is named by the head of its column alone, which no screen reader tells.
function name() {
  const fields = "td[data-label] :is(input:not([type=hidden]), select, textarea):not([aria-label])";
  for (const field of document.querySelectorAll(fields)) {
    if (!field.labels?.length) field.setAttribute("aria-label", field.closest("td").dataset.label);
  }
}
addEventListener("load", name);
document.addEventListener("formset:added", name);
addEventListener("load", spare);
addEventListener("load", show);
