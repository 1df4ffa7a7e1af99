// What the learner is told: whether everything is saved, and what to do when it is not.
const texts = document.getElementById("player-texts").dataset;
const saved = document.querySelector("[data-saved]");
const savedText = document.querySelector("[data-saved-text]");
const notices = document.querySelector("[data-notices]");

export function showSaving({ waiting, troubled }) {
  const state = troubled ? "waiting" : waiting ? "saving" : "saved";
  const many = waiting === 1 ? texts.textWaitingOne : texts.textWaitingMany.replace("%count%", waiting);
  const text = { saved: texts.textSaved, saving: texts.textSaving, waiting: many }[state];
  saved.dataset.state = state;
  // "Saving …" for a moment is no news; a screen reader hears only of trouble and of its end.
  saved.setAttribute("aria-live", state === "saving" ? "off" : "polite");
  if (savedText.textContent !== text) savedText.textContent = text;
}

export function showNotice(name) {
  const shown = notices.querySelector(`[data-notice="${name}"]`);
  if (shown) return;
  const notice = document.createElement("div");
  notice.dataset.notice = name;
  notice.append(document.getElementById(`notice-${name}`).content.cloneNode(true));
  notices.replaceChildren(notice);
}

export function showCompleted() {
  showNotice("completed");
}
