// Keeps what is typed without a press, and shows the letter anew. Without it the button does the same.
const form = document.querySelector("[data-letter]");
const state = document.querySelector("[data-letter-state]");
let waiting = 0;
let work = Promise.resolve();

const freshen = (page) => {
  const fresh = page.querySelector("#letter-findings");
  if (fresh) document.querySelector("#letter-findings").replaceWith(fresh);
  const edition = page.querySelector("[data-letter] [name=edition]");
  if (edition) form.elements.edition.value = edition.value;
  for (const frame of document.querySelectorAll("[data-letter-preview]")) frame.contentWindow.location.reload();
};

const keep = async () => {
  const data = new FormData(form);
  data.set("do", "save");
  // A picture is sent by the button, so that it is sent once.
  for (const field of form.querySelectorAll("[type=file]")) data.delete(field.name);
  const answer = await fetch(form.action, { method: "POST", body: data });
  if (!answer.ok) return;
  freshen(new DOMParser().parseFromString(await answer.text(), "text/html"));
  state.textContent = state.dataset.kept ?? "✓";
};

if (form && state) {
  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    state.textContent = "…";
    clearTimeout(waiting);
    waiting = setTimeout(() => { work = work.then(keep).catch(() => { state.textContent = ""; }); }, 900);
  });
  // A press sends the edition that the last keeping has left.
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    if (form.dataset.ready) return;
    event.preventDefault();
    const { submitter } = event;
    // Not before this event is over: until then the browser ignores another submission.
    work.finally(() => setTimeout(() => { form.dataset.ready = "1"; form.requestSubmit(submitter); }));
  });
}
