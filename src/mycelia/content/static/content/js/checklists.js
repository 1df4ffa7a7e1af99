// Keeps the ticks of checklists in this browser; without it a checklist is plain boxes.
const storageKey = (list) => `checklist:${location.pathname}:${list.dataset.checklist}`;

function restore(list) {
  let ticked = [];
  try {
    ticked = JSON.parse(localStorage.getItem(storageKey(list)) ?? "[]");
  } catch {
    return;
  }
  for (const box of list.querySelectorAll("input")) box.checked = ticked.includes(box.value);
}

function keep(list) {
  const ticked = [...list.querySelectorAll("input:checked")].map((box) => box.value);
  try {
    localStorage.setItem(storageKey(list), JSON.stringify(ticked));
  } catch {
    // Storage may be full or forbidden; the boxes still work.
  }
}

for (const list of document.querySelectorAll("[data-checklist]")) {
  restore(list);
  list.addEventListener("change", () => keep(list));
}
