// The SCORM 1.2 API as packages look for it, answered at once by scorm-again from the state that came with the launch.
const SETTINGS = { autocommit: false, lmsCommitUrl: false, logLevel: 5, autoCompleteLessonStatus: true };
const NOT_KEPT = new Set(["cmi.core.exit", "cmi.core.session_time"]);

function started(elements) {
  const runtime = new window.Scorm12API(SETTINGS);
  runtime.loadFromFlattenedJSON(elements, "");
  return runtime;
}

export function scormApi(elements, messages) {
  const current = { ...elements };
  let runtime = started(current);

  // Pages of one part may each initialise and finish; a second beginning continues with what the first one left.
  function begin(argument) {
    if (runtime.isTerminated()) runtime = started({ ...current, "cmi.core.entry": "resume" });
    const result = runtime.LMSInitialize(argument);
    if (result === "true") messages.tell("initialized");
    return result;
  }

  function set(name, value) {
    const result = runtime.LMSSetValue(name, value);
    if (result === "true" && !runtime.isTerminated()) {
      const text = String(value ?? "");
      if (!NOT_KEPT.has(name)) current[name] = text;
      messages.remember(name, text);
    }
    return result;
  }

  function commit(argument) {
    const result = runtime.LMSCommit(argument);
    if (result === "true" && messages.hasChanges) messages.tell("committed");
    return result;
  }

  function finish(argument) {
    const result = runtime.LMSFinish(argument);
    if (result === "true") messages.tell("finished");
    return result;
  }

  return {
    LMSInitialize: (argument = "") => begin(argument),
    LMSFinish: (argument = "") => finish(argument),
    LMSGetValue: (name) => runtime.LMSGetValue(name),
    LMSSetValue: (name, value) => set(name, value),
    LMSCommit: (argument = "") => commit(argument),
    LMSGetLastError: () => runtime.LMSGetLastError(),
    LMSGetErrorString: (code) => runtime.LMSGetErrorString(code),
    LMSGetDiagnostic: (code) => runtime.LMSGetDiagnostic(code),
  };
}
