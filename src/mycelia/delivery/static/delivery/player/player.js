// The player: opens one part of the package after another, keeps its messages safe, and says how things stand.
import { Bridge } from "./bridge.js";
import { showCompleted, showNotice, showSaving } from "./notices.js";
import { Outbox } from "./outbox.js";
import { Outline } from "./outline.js";
import { send, SignedOut } from "./server.js";

const LEFT_SEQUENCE = 20000; // beyond every message of a session, so that leaving is folded last
const LEAVE_MS = 4000;
const settings = JSON.parse(document.getElementById("player-settings").textContent);
const remaining = document.querySelector("[data-remaining]");
const fullScreen = document.querySelector("[data-full-screen]");
const windows = new BroadcastChannel(`mycelia.player.${settings.attempt}`);
const bridge = new Bridge(document.querySelector("[data-stage]"), settings.contentOrigin);
const outline = new Outline(open);
const outbox = new Outbox(settings, {
  saving: showSaving,
  answered,
  refused: () => showNotice("refused"),
  signedOut: () => showNotice("signed-out"),
});

let session = "";
let paused = false;
let leaving = false;
let opening = false;
let completedBefore = remaining.dataset.completed === "true";

bridge.onEntry = (entry) => outbox.add(entry);
bridge.onFailed = () => showNotice("failed");

// Parts follow each other in order: the old one says its last words, they are saved, the new one starts.
async function open(item) {
  if (paused || leaving || opening) return;
  opening = true;
  outline.busy(true);
  try {
    await bridge.close();
    await outbox.emptied();
    const { launch, progress } = await send(settings, settings.sessionsUrl, item ? { item } : {});
    session = launch.session;
    windows.postMessage({ session });
    outline.show(launch, progress);
    bridge.open(launch, { focus: Boolean(item) });
  } catch (error) {
    showNotice(error instanceof SignedOut ? "signed-out" : "failed");
  } finally {
    opening = false;
    outline.busy(false);
  }
}

function answered({ receipts, progress }) {
  const ours = receipts.filter((one) => one.session === session);
  bridge.saved(ours.map((one) => one.sequence));
  if (ours.some((one) => one.superseded)) pause();
  outline.update(progress);
  if (progress.completed && !completedBefore) showCompleted();
  completedBefore = progress.completed;
}

// The same lesson was opened in another window; that one goes on, this one says so and stops.
function pause() {
  if (paused) return;
  paused = true;
  showNotice("superseded");
  bridge.close();
}

windows.addEventListener("message", (event) => {
  if (session && event.data.session > session) pause();
});

function sayGoodBye() {
  if (session && !paused) outbox.add({ session, sequence: LEFT_SEQUENCE, kind: "left", elements: {} });
  session = "";
}

// The way out waits until everything is saved; what cannot be saved now stays in this browser and is sent next time.
async function leave(address) {
  leaving = true;
  await bridge.close();
  sayGoodBye();
  await Promise.race([outbox.emptied(), new Promise((resolve) => setTimeout(resolve, LEAVE_MS))]);
  location.assign(address);
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-reload]")) location.reload();
  const link = event.target.closest("[data-leave]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (!leaving) leave(link.href);
});

fullScreen.addEventListener("click", () => {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.();
});

document.addEventListener("fullscreenchange", () => {
  fullScreen.setAttribute("aria-pressed", String(Boolean(document.fullscreenElement)));
});

addEventListener("beforeunload", (event) => {
  if (outbox.size) event.preventDefault();
});

addEventListener("pagehide", () => {
  sayGoodBye();
  outbox.sendLast();
});

addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

open();
