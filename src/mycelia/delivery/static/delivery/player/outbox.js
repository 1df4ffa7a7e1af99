// Messages on their way into the journal: sent in order, tried again until the server has them, and kept in this
// browser over reloads. Sending one twice does no harm, so whenever in doubt it is sent.
import { Refused, request, send, SignedOut } from "./server.js";

const AT_ONCE = 20;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30000;
const KEEP_MS = 30 * 24 * 3600 * 1000;
const LAST_BYTES = 60000;

export class Outbox {
  #settings;
  #listeners;
  #prefix;
  #waiting = [];
  #sending = false;
  #pause = 0;
  #timer = 0;
  #whenEmpty = [];

  constructor(settings, listeners) {
    this.#settings = settings;
    this.#listeners = listeners;
    this.#prefix = `mycelia.unsent.${settings.attempt}.`;
    this.#waiting = this.#kept();
    addEventListener("online", () => this.#now());
    addEventListener("focus", () => this.#now());
    this.#now();
  }

  get size() {
    return this.#waiting.length;
  }

  add(entry) {
    this.#waiting.push(entry);
    this.#store(() => localStorage.setItem(this.#key(entry), JSON.stringify({ entry, at: Date.now() })));
    this.#now();
  }

  emptied() {
    return this.size ? new Promise((resolve) => this.#whenEmpty.push(resolve)) : Promise.resolve();
  }

  // The window closes: one last try that outlives it; what does not get through is still kept in this browser.
  sendLast() {
    const entries = [];
    let bytes = 0;
    for (const entry of this.#waiting) {
      bytes += JSON.stringify(entry).length;
      if (bytes > LAST_BYTES) break;
      entries.push(entry);
    }
    if (entries.length) request(this.#settings, this.#settings.commitsUrl, { entries }, { keepalive: true }).catch(() => {});
  }

  #now() {
    clearTimeout(this.#timer);
    this.#pump();
  }

  async #pump() {
    if (this.#sending) return;
    if (!this.size) return this.#report();
    this.#sending = true;
    this.#report();
    const batch = this.#waiting.slice(0, this.#pause ? 1 : AT_ONCE);
    try {
      const answer = await send(this.#settings, this.#settings.commitsUrl, { entries: batch });
      this.#drop(batch);
      this.#pause = 0;
      this.#listeners.answered(answer);
    } catch (error) {
      this.#failed(error, batch);
    }
    this.#sending = false;
    this.#report();
    if (this.size) this.#timer = setTimeout(() => this.#pump(), this.#pause);
    else this.#whenEmpty.splice(0).forEach((resolve) => resolve());
  }

  #failed(error, batch) {
    if (error instanceof Refused && batch.length === 1) {
      this.#drop(batch);
      this.#listeners.refused();
      return;
    }
    if (error instanceof SignedOut) this.#listeners.signedOut();
    this.#pause = Math.min(Math.max(this.#pause * 2, FIRST_PAUSE_MS), LONGEST_PAUSE_MS);
  }

  #drop(batch) {
    this.#waiting = this.#waiting.filter((entry) => !batch.includes(entry));
    for (const entry of batch) this.#store(() => localStorage.removeItem(this.#key(entry)));
  }

  #report() {
    this.#listeners.saving({ waiting: this.size, troubled: this.#pause > 0 });
  }

  #key(entry) {
    return `${this.#prefix}${entry.session}.${String(entry.sequence).padStart(6, "0")}`;
  }

  #kept() {
    const found = [];
    this.#store(() => {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.#prefix));
      for (const key of keys.sort()) {
        const { entry, at } = JSON.parse(localStorage.getItem(key));
        if (Date.now() - at < KEEP_MS) found.push(entry);
        else localStorage.removeItem(key);
      }
    });
    return found;
  }

  // Without storage (private windows, full disk) messages are still sent; they only do not outlive the page.
  #store(act) {
    try {
      act();
    } catch {
      return;
    }
  }
}
