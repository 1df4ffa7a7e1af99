// The table of contents and what remains.
export class Outline {
  #parts = [...document.querySelectorAll("[data-part]")];
  #remaining = document.querySelector("[data-remaining]");
  #progress = document.querySelector("[data-progress]");
  #position = document.querySelector("[data-position]");
  #toggle = document.querySelector("[data-parts-toggle]");
  #steps = [...document.querySelectorAll("[data-step]")];
  #title = document.title;
  #current = -1;

  constructor(open) {
    for (const part of this.#parts) {
      part.addEventListener("click", () => {
        this.#fold(true);
        open(part.dataset.part);
      });
    }
    for (const step of this.#steps) {
      step.addEventListener("click", () => {
        const next = this.#parts[this.#current + Number(step.dataset.step)];
        if (next) open(next.dataset.part);
      });
    }
    this.#toggle?.addEventListener("click", () => this.#fold(this.#toggle.getAttribute("aria-expanded") === "true"));
    addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.#toggle?.getAttribute("aria-expanded") === "true") {
        this.#fold(true);
        this.#toggle.focus();
      }
    });
  }

  busy(isBusy) {
    for (const button of [...this.#parts, ...this.#steps]) button.setAttribute("aria-disabled", String(isBusy));
    if (!isBusy) this.#ends();
  }

  show(launch, progress) {
    this.#current = this.#parts.findIndex((part) => part.dataset.part === launch.item);
    this.#parts.forEach((part, index) => {
      if (index === this.#current) part.setAttribute("aria-current", "step");
      else part.removeAttribute("aria-current");
    });
    this.#parts[this.#current]?.scrollIntoView({ block: "nearest" });
    if (this.#parts.length) document.title = `${launch.title} · ${this.#title}`;
    this.#place();
    this.update(progress);
  }

  update(progress) {
    this.#remaining.textContent = progress.remaining;
    this.#remaining.dataset.completed = String(progress.completed);
    if (this.#progress) this.#progress.value = progress.done;
    for (const part of this.#parts) {
      const { standing, label } = progress.parts[part.dataset.part] ?? {};
      if (!standing) continue;
      part.dataset.standing = standing;
      part.querySelector("[data-standing-label]").textContent = label;
    }
  }

  #fold(isFolded) {
    if (!this.#toggle) return;
    this.#toggle.setAttribute("aria-expanded", String(!isFolded));
    document.body.toggleAttribute("data-parts-open", !isFolded);
    if (!isFolded) this.#parts[this.#current]?.focus();
  }

  #place() {
    if (!this.#position) return;
    const text = document.getElementById("player-texts").dataset.textPosition;
    this.#position.textContent = text.replace("%number%", this.#current + 1).replace("%total%", this.#parts.length);
  }

  #ends() {
    for (const step of this.#steps) {
      step.setAttribute("aria-disabled", String(!this.#parts[this.#current + Number(step.dataset.step)]));
    }
  }
}
