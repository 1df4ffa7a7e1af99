// The form of an item saves itself after a change, and loses nothing when its reader goes on at once: a save that is
// due is sent before undoing or leaving, and the answer to one that is on its way is awaited, because it brings the
// revision to state next. It runs before the form is on the page, so that nothing is typed unseen; what it sends waits
// for htmx. Without this file the form is saved by its button.
(() => {
  "use strict";
  const PAUSE = 900;
  const SHELF = "item-form";
  const SHELF_LIFE = 10000;
  const form = () => document.getElementById("item-form");
  const saving = () => document.getElementById("item-saving");
  let isDue = false;
  let isSaved = true;
  let underWay = null;
  let timer = 0;
  let passing = null;
  let isLeaving = false;
  let waiting = [];
  const started = new Promise((go) => document.addEventListener("htmx:load", go, { once: true }));

  const answered = () => (underWay ? new Promise((go) => waiting.push(go)) : Promise.resolve());

  function send() {
    clearTimeout(timer);
    isDue = isSaved = false;
    htmx.trigger(saving(), "autosave");
  }

  async function saveWhatIsDue() {
    await started;
    await answered();
    if (isDue && saving()) send();
    await answered();
    return isSaved;
  }

  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, (event) => {
      if (!event.target.form || event.target.form !== form()) return;
      isDue = true;
      if (kind === "change") {
        clearTimeout(timer);
        timer = setTimeout(saveWhatIsDue, PAUSE);
      }
    });
  }

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt === saving()) underWay = event.detail.xhr;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!underWay || event.detail.xhr !== underWay) return;
    isSaved = underWay.status === 200;
    underWay = null;
    for (const go of waiting.splice(0)) go();
  });

  // What somebody else changed meanwhile stands in no field here yet. Whoever types on is not interrupted: it is stated
  // against what the page was made from.
  document.addEventListener("saved-together", async () => {
    await answered();
    if (!isDue && !passing && !isLeaving) location.reload();
  });

  // Another category brings another form, made from the revision that is stored by then; it is saved once it is whole.
  document.addEventListener("htmx:confirm", (event) => {
    if (event.detail.elt.dataset.field !== "category") return;
    clearTimeout(timer);
    if (!underWay) return;
    event.preventDefault();
    answered().then(() => event.detail.issueRequest(true));
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "item-form") clearTimeout(timer);
  });

  // What was pressed may have been replaced by the answer to a save: its successor does the same.
  function successor(button) {
    if (!button || button.isConnected) return button;
    const name = button.hasAttribute("formaction") ? "[formaction]" : `[name="${button.name}"]`;
    return saving().querySelector(`button${name}`);
  }

  async function submitLater(target, button) {
    const isWhole = target === form() && !button?.hasAttribute("formaction");
    passing = target;
    if (isWhole) {
      isDue = false;
      await answered();
    }
    const pressed = isWhole || (await saveWhatIsDue()) ? successor(button) : null;
    if (pressed === null && button) passing = null;
    else target.requestSubmit(pressed);
  }

  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || !saving()) return;
    const isWhole = event.target === form() && !event.submitter?.hasAttribute("formaction");
    const isReady = !underWay && (isWhole || !isDue);
    clearTimeout(timer);
    if (isReady) {
      passing = null;
      isLeaving = true;
      return;
    }
    event.preventDefault();
    if (!passing) submitLater(event.target, event.submitter);
  });

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    const isPlain = !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!link || !isPlain || event.defaultPrevented || link.target || link.origin !== location.origin) return;
    if ((!isDue && !underWay) || !saving() || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    if (await saveWhatIsDue()) location.assign(link.href);
  });

  // Closed, reloaded, or gone back from: the browser sends it while the page goes. A page that was made before it arrived
  // does not show it, so it is kept to be typed there again, and sent as what was seen before: it is the same, and stays.
  window.addEventListener("beforeunload", () => {
    if (!isDue || isLeaving || !saving()) return;
    isDue = false;
    const typed = [...new FormData(form())];
    sessionStorage.setItem(SHELF, JSON.stringify({ at: Date.now(), action: form().action, typed }));
    const headers = { "HX-Request": "true" };
    fetch(form().action, { method: "POST", body: new FormData(form()), headers, keepalive: true }).catch(() => {});
  });
  async function typeAgain() {
    await started;
    const kept = JSON.parse(sessionStorage.getItem(SHELF) ?? "null");
    sessionStorage.removeItem(SHELF);
    if (!kept || !saving() || kept.action !== form().action || Date.now() - kept.at > SHELF_LIFE) return;
    const values = (name) => kept.typed.filter((pair) => pair[0] === name).map((pair) => pair[1]);
    // The fields of another category are not on this page.
    const { category } = form().elements;
    if (category && category.value !== values("category")[0]) return;
    for (const control of form().elements) {
      const isKept = control.name && control.name !== "csrfmiddlewaretoken" && control.type !== "submit";
      if (isKept && ["checkbox", "radio"].includes(control.type)) control.checked = values(control.name).includes(control.value);
      else if (isKept && values(control.name).length) control.value = values(control.name)[0];
    }
    form().dispatchEvent(new Event("change", { bubbles: true }));
    isDue = true;
    saveWhatIsDue();
  }
  typeAgain();

  window.addEventListener("pageshow", () => {
    isLeaving = false;
    passing = null;
  });
})();
