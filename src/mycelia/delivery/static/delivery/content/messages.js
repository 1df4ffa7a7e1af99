// What a package says, as numbered messages: each holds what changed since the one before.
const SOON_MS = 80; // what is set together is sent together
const BETWEEN_MS = 1500; // a package that sets all the time is heard this often
const MANY_ELEMENTS = 500;

export class Messages {
  #session;
  #address;
  #post;
  #sequence = 0;
  #changed = {};
  #unsaved = new Map();
  #timer = 0;
  #startedAt = performance.now();
  #toldAt = -BETWEEN_MS;
  #closing = false;

  // `post` hands a message to the app's page; `address` takes those that it can no longer pass on.
  constructor(session, address, post) {
    this.#session = session;
    this.#address = address;
    this.#post = post;
  }

  get hasChanges() {
    return Object.keys(this.#changed).length > 0;
  }

  remember(name, value) {
    this.#changed[name] = value;
    if (this.#closing || Object.keys(this.#changed).length >= MANY_ELEMENTS) this.tell("saved");
    else this.#timer ||= setTimeout(() => this.tell("saved"), this.#pause());
  }

  tell(kind) {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#toldAt = performance.now();
    const elapsed = Math.floor((this.#toldAt - this.#startedAt) / 1000);
    const entry = { session: this.#session, sequence: ++this.#sequence, kind, elements: this.#changed, elapsed };
    this.#changed = {};
    this.#unsaved.set(entry.sequence, entry);
    if (this.#closing) this.#sendNow(entry);
    this.#post({ type: "entry", entry });
  }

  saved(sequences) {
    for (const sequence of sequences) this.#unsaved.delete(sequence);
  }

  // The window goes away, in whatever order of frames: everything not known to be saved goes straight to the server,
  // and so does all that is still said.
  sendLast() {
    if (this.#closing) return;
    this.tell("closed");
    this.#closing = true;
    for (const entry of this.#unsaved.values()) this.#sendNow(entry);
  }

  #pause() {
    return Math.max(SOON_MS, this.#toldAt + BETWEEN_MS - performance.now());
  }

  #sendNow(entry) {
    const body = new Blob([JSON.stringify({ entries: [entry] })], { type: "application/json" });
    navigator.sendBeacon(this.#address, body);
  }
}
