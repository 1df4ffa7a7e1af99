// Stands between a package and the app: offers the SCORM 1.2 API to the package in the frame below, and turns what it
// says into numbered messages for the app's page above. SCORM calls are synchronous, so the whole state is here
// before the package starts.
(() => {
  "use strict";
  const APP = document.body.dataset.appOrigin;
  const COMMITS = document.body.dataset.commitsUrl;
  const NONCE = location.hash.slice(1);
  const SOON_MS = 80; // what is set together is sent together
  const BETWEEN_MS = 1500; // a package that sets all the time is heard this often
  const LOOK_MS = 100;
  const MANY_ELEMENTS = 500;
  const frame = document.getElementById("content");

  let launch = null;
  let runtime = null;
  let sequence = 0;
  let changed = {};
  let timer = 0;
  let looking = 0;
  let viewed = false;
  let closing = false;
  let startedAt = 0;
  let toldAt = -BETWEEN_MS;
  const unsaved = new Map();
  const current = {};

  const post = (message) => parent.postMessage({ ...message, nonce: NONCE }, APP);

  function beacon(entries) {
    for (const entry of entries) {
      const body = new Blob([JSON.stringify({ entries: [entry] })], { type: "application/json" });
      navigator.sendBeacon(COMMITS, body);
    }
  }

  function tell(kind) {
    clearTimeout(timer);
    timer = 0;
    toldAt = performance.now();
    const elapsed = Math.floor((performance.now() - startedAt) / 1000);
    const entry = { session: launch.session, sequence: ++sequence, kind, elements: changed, elapsed };
    changed = {};
    unsaved.set(entry.sequence, entry);
    if (closing) beacon([entry]);
    post({ type: "entry", entry });
  }

  function remember(name, value) {
    changed[name] = String(value);
    current[name] = String(value);
    if (Object.keys(changed).length >= MANY_ELEMENTS || closing) tell("saved");
    else if (!timer) timer = setTimeout(() => tell("saved"), Math.max(SOON_MS, toldAt + BETWEEN_MS - performance.now()));
  }

  function newRuntime(elements) {
    const api = new window.Scorm12API({ autocommit: false, lmsCommitUrl: false, logLevel: 5, autoCompleteLessonStatus: true });
    api.loadFromFlattenedJSON(elements, "");
    return api;
  }

  // Pages of one part may each initialise and finish; a second beginning continues with what the first one left.
  function initialize(argument) {
    if (runtime.isTerminated()) {
      runtime = newRuntime({ ...launch.elements, ...stored(), "cmi.core.entry": "resume" });
    }
    const result = runtime.LMSInitialize(argument);
    if (result === "true") tell("initialized");
    return result;
  }

  function stored() {
    const { "cmi.core.exit": _exit, "cmi.core.session_time": _time, ...kept } = current;
    return kept;
  }

  const finished = () => runtime.isTerminated();

  window.API = {
    LMSInitialize: (argument = "") => initialize(argument),
    LMSFinish(argument = "") {
      const result = runtime.LMSFinish(argument);
      if (result === "true") tell("finished");
      return result;
    },
    LMSGetValue: (name) => runtime.LMSGetValue(name),
    LMSSetValue(name, value) {
      const result = runtime.LMSSetValue(name, value);
      if (result === "true" && !finished()) remember(name, value ?? "");
      return result;
    },
    LMSCommit(argument = "") {
      const result = runtime.LMSCommit(argument);
      if (result === "true" && Object.keys(changed).length) tell("committed");
      return result;
    },
    LMSGetLastError: () => runtime.LMSGetLastError(),
    LMSGetErrorString: (code) => runtime.LMSGetErrorString(code),
    LMSGetDiagnostic: (code) => runtime.LMSGetDiagnostic(code),
  };

  function begin(message) {
    if (launch) return;
    launch = message.launch;
    startedAt = performance.now();
    clearStorage();
    runtime = newRuntime(launch.elements);
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

  function refusal() {
    try {
      return frame.contentDocument.querySelector('meta[name="mycelia-refusal"]')?.content ?? "";
    } catch {
      return "unreachable";
    }
  }

  // A page counts as seen when it can be read, not when its last picture has come: people turn pages faster than that.
  function lookForPage() {
    if (!viewed && isReadable()) {
      viewed = true;
      tell("viewed");
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
      tell("closed");
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
    if (event.data.type === "launch") begin(event.data);
    else if (!launch) return;
    else if (event.data.type === "saved") event.data.sequences.forEach((one) => unsaved.delete(one));
    else if (event.data.type === "close") close();
    else if (event.data.type === "focus") frame.focus();
  });

  // The window goes away in any order of frames: everything not known to be saved goes straight to the server.
  addEventListener("pagehide", () => {
    if (!launch || closing) return;
    lookForPage();
    tell("closed");
    closing = true;
    beacon([...unsaved.values()]);
  });

  post({ type: "ready" });
})();
