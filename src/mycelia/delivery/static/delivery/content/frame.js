// Stands between a package and the app: offers the SCORM API to the package in the frame below, and passes on to the
// app's page above what it says. SCORM calls are synchronous, so the whole state is here before the package starts.
import { Messages } from "./messages.js";
import { scormApi } from "./runtime.js";

const APP = document.body.dataset.appOrigin;
const NONCE = location.hash.slice(1);
const LOOK_MS = 100;
const frame = document.getElementById("content");

let messages = null;
let looking = 0;
let viewed = false;

const post = (message) => parent.postMessage({ ...message, nonce: NONCE }, APP);

function begin(launch) {
  if (messages) return;
  messages = new Messages(launch.session, document.body.dataset.commitsUrl, post);
  clearStorage();
  window.API = scormApi(launch.elements, messages);
  frame.title = launch.title;
  frame.addEventListener("load", loaded);
  frame.src = launch.packageUrl;
  looking = setInterval(lookForPage, LOOK_MS);
}

// What another package, or another person on this computer, left here is nobody's business.
function clearStorage() {
  try {
    localStorage.clear();
    sessionStorage.clear();
  } catch {
    // The browser keeps no storage for embedded pages; there is nothing to clear.
  }
}

// A page counts as seen when it can be read, not when its last picture has come: people turn pages faster than that.
function lookForPage() {
  if (!viewed && isReadable()) {
    viewed = true;
    messages.tell("viewed");
  }
}

function isReadable() {
  try {
    const page = frame.contentDocument;
    return page.URL !== "about:blank" && page.readyState !== "loading" && !refusal();
  } catch {
    return false;
  }
}

function refusal() {
  try {
    return frame.contentDocument.querySelector('meta[name="mycelia-refusal"]')?.content ?? "";
  } catch {
    return "unreachable";
  }
}

function loaded() {
  clearInterval(looking);
  lookForPage();
  const reason = refusal();
  if (reason) post({ type: "failed", reason });
  frame.removeEventListener("load", loaded);
}

// Leaving in order: the package unloads first and says its last words, then the app is told that all is said.
function close() {
  const done = () => {
    messages.tell("closed");
    post({ type: "closed" });
  };
  clearInterval(looking);
  lookForPage();
  frame.removeEventListener("load", loaded);
  frame.addEventListener("load", done, { once: true });
  frame.src = "about:blank";
}

addEventListener("message", (event) => {
  if (event.source !== parent || event.origin !== APP || event.data?.nonce !== NONCE) return;
  const { type, launch, sequences } = event.data;
  if (type === "launch") begin(launch);
  else if (!messages) return;
  else if (type === "saved") messages.saved(sequences);
  else if (type === "close") close();
  else if (type === "focus") frame.focus();
});

addEventListener("pagehide", () => {
  if (!messages) return;
  lookForPage();
  messages.sendLast();
});

post({ type: "ready" });
