// What a page can do besides with a script. Every page is whole without it.
"use strict";

for (const each of document.querySelectorAll("[data-needs-script]")) each.hidden = false;

// Copy the text of an element; say so beside the button.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(source.textContent);
    } catch {
      getSelection().selectAllChildren(source);
      document.execCommand("copy");
    }
    button.parentElement.querySelector("[role=status]").textContent = button.dataset.done;
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => print());
}

if (/MicroMessenger/.test(navigator.userAgent)) {
  for (const each of document.querySelectorAll("[data-in-wechat]")) each.hidden = false;
}

// Of the ways to subscribe, the likely one first.
const devices = document.querySelector(".devices");
if (devices) {
  const agent = navigator.userAgent;
  // Most phones with Android in China have no calendar of Google.
  const android = document.documentElement.lang.startsWith("zh") ? "others" : "google";
  const wanted = /iPhone|iPad|Macintosh/.test(agent) ? "apple" : /Android|Harmony/.test(agent) ? android : /Windows/.test(agent) ? "outlook" : "";
  const likely = devices.querySelector(`[data-device="${wanted}"]`);
  if (likely) {
    devices.querySelector(".main").classList.remove("main");
    likely.querySelector(".button").classList.add("main");
    devices.prepend(likely);
  }
}
