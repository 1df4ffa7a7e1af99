// Lets an autosave that is under way end before a course is sent: the first one gives it its address,
// and sending it meanwhile would make a second course of the same name, which the studio refuses.
const patience = 10_000; // milliseconds, for an answer that never comes
let saving = false;
let waiting = null;
let sent = false;

function begin(event) {
  if (sent) event.preventDefault();
  else saving = true;
}

function end() {
  saving = false;
  waiting?.();
}

function hold(event) {
  if (!event.target.matches("form[data-edit-form]")) return;
  if (!saving) {
    sent = true;
    setTimeout(stay, patience);
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  if (waiting) return;
  const timer = setTimeout(end, patience);
  waiting = () => {
    clearTimeout(timer);
    waiting = null;
    send(event.target, event.submitter);
  };
}

// The button may be disabled by now, and a disabled one would not say what was asked for.
function send(form, button) {
  if (button?.name) {
    const asked = Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value });
    form.append(asked);
  }
  form.requestSubmit();
}

// A page that is still here, or here again, is being written on: what is typed must be saved again.
function stay() {
  sent = false;
}

document.addEventListener("w-autosave:save", begin);
document.addEventListener("w-autosave:success", end);
document.addEventListener("w-autosave:error", end);
window.addEventListener("submit", hold, true);
window.addEventListener("pageshow", stay);
