// Talks with the page on the content origin that runs the package. A message counts only when it comes from that very
// frame, from that origin, and carries the number made for this launch.
const CLOSE_MS = 3000;

export class Bridge {
  onEntry = () => {};
  onFailed = () => {};
  #stage;
  #wait;
  #origin;
  #frame = null;
  #launch = null;
  #nonce = "";
  #closed = null;
  #focus = false;

  constructor(stage, origin) {
    this.#stage = stage;
    this.#wait = stage.querySelector("[data-wait]");
    this.#origin = origin;
    addEventListener("message", (event) => this.#receive(event));
  }

  open(launch, { focus }) {
    this.#launch = launch;
    this.#focus = focus;
    this.#nonce = crypto.randomUUID ? crypto.randomUUID() : String(crypto.getRandomValues(new Uint32Array(4)));
    const frame = document.createElement("iframe");
    frame.title = document.getElementById("player-texts").dataset.textFrame.replace("%title%", launch.title);
    frame.sandbox = this.#stage.dataset.sandbox;
    frame.allow = "autoplay; fullscreen";
    frame.referrerPolicy = "no-referrer";
    frame.src = `${launch.frameUrl}#${this.#nonce}`;
    this.#frame = frame;
    this.#stage.replaceChildren(frame);
  }

  // Lets the package say its last words, then takes the frame away; a package that hangs is given up on.
  close() {
    if (!this.#frame) return Promise.resolve();
    if (!this.#closed) {
      this.#closed = new Promise((resolve) => {
        const timer = setTimeout(resolve, CLOSE_MS);
        this.#closedNow = () => {
          clearTimeout(timer);
          resolve();
        };
      }).then(() => this.#remove());
      this.#post({ type: "close" });
    }
    return this.#closed;
  }

  saved(sequences) {
    if (sequences.length) this.#post({ type: "saved", sequences });
  }

  #closedNow = () => {};

  #remove() {
    this.#stage.replaceChildren(this.#wait);
    this.#frame = null;
    this.#closed = null;
  }

  #post(message) {
    this.#frame?.contentWindow?.postMessage({ ...message, nonce: this.#nonce }, this.#origin);
  }

  #receive(event) {
    const ours = this.#frame && event.source === this.#frame.contentWindow && event.origin === this.#origin;
    if (!ours || event.data?.nonce !== this.#nonce) return;
    const { type, entry } = event.data;
    if (type === "ready") this.#post({ type: "launch", launch: this.#launch });
    else if (type === "entry" && entry?.session === this.#launch.session) this.#entry(entry);
    else if (type === "failed") this.onFailed(event.data.reason);
    else if (type === "closed") this.#closedNow();
  }

  #entry(entry) {
    this.onEntry(entry);
    if (entry.kind === "viewed" && this.#focus) {
      this.#frame.focus();
      this.#post({ type: "focus" });
    }
  }
}
