// The few things the frame around every page does by itself. Every page works without this file.
(() => {
  "use strict";
  const root = document.documentElement;

  // The server shows instants in the zone that the browser is in.
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone && !document.cookie.split("; ").includes(`mycelia_zone=${zone}`)) {
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `mycelia_zone=${zone}; path=/; max-age=31536000; samesite=lax${secure}`;
  }

  // Where tabs do not fit, the one shown is in sight.
  for (const tab of document.querySelectorAll(".m-tabs [aria-current]")) {
    const tabs = tab.closest(".m-tabs");
    tabs.scrollLeft = tab.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - tab.clientWidth) / 2;
  }

  const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";
  document.addEventListener("htmx:configRequest", (event) => {
    const url = new URL(event.detail.path, location.href);
    if (event.detail.verb !== "get" && url.origin === location.origin) {
      event.detail.headers["X-CSRFToken"] = token();
    }
  });

  // "/" puts the cursor into the search, unless somebody is writing.
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !writing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const search = document.getElementById("global-search");
      if (search) {
        event.preventDefault();
        search.focus();
        search.select();
      }
    }
    if (event.key === "Escape") closeMenus(document.activeElement?.closest("[data-menu][open]"));
  });

  function closeMenus(returnTo) {
    for (const menu of document.querySelectorAll("[data-menu][open]")) menu.open = false;
    returnTo?.querySelector("summary").focus();
  }
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("[data-menu][open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("focusin", (event) => {
    for (const menu of document.querySelectorAll("[data-menu][open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  // Arrow keys walk through what the search found.
  document.querySelector(".m-search")?.addEventListener("keydown", (event) => {
    if (event.key === "Escape") event.currentTarget.querySelector("input").blur();
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const stops = [event.currentTarget.querySelector("input"), ...event.currentTarget.querySelectorAll(".m-found a")];
    const step = event.key === "ArrowDown" ? 1 : -1;
    const next = stops[stops.indexOf(document.activeElement) + step];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  });

  // The theme changes at once; the same form works as a plain post.
  for (const form of document.querySelectorAll("[data-theme-form]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const theme = event.submitter.value;
      const body = new FormData(form, event.submitter);
      fetch(form.action, { method: "POST", body, redirect: "manual" });
      root.dataset.theme = theme;
      for (const button of form.querySelectorAll("[name=theme]")) {
        button.setAttribute("aria-pressed", String(button.value === theme));
      }
      document.dispatchEvent(new CustomEvent("mycelia:theme"));
    });
  }

  // A file dropped on the frame around a file field goes into the field.
  for (const drop of document.querySelectorAll("[data-drop]")) {
    const input = drop.querySelector("input[type=file]");
    for (const kind of ["dragover", "dragleave", "drop"]) {
      drop.addEventListener(kind, (event) => {
        event.preventDefault();
        drop.toggleAttribute("data-over", kind === "dragover");
        if (kind === "drop" && event.dataTransfer.files.length) input.files = event.dataTransfer.files;
      });
    }
  }

  document.querySelector("[data-focus]")?.focus();

  if ("serviceWorker" in navigator && window.isSecureContext) {
    navigator.serviceWorker.register("/sw.js", { scope: "/" }).catch(() => {});
  }
})();
