/* What every page does: reading aids, the office's name and telephone, a word when the network is gone. */
import { announce, h } from "./dom.js";
import { loadMeta } from "./api.js";
import { officeOf } from "./meta.js";

const root = document.documentElement;

function remember(name, on) {
  try { localStorage.setItem(name, on ? "1" : "0"); } catch (error) { /* private mode: this page view only */ }
}

function toggle(name, words) {
  const on = root.classList.toggle(name);
  remember(`mode.${name}`, on);
  announce(on ? words[0] : words[1]);
}

const TOOLS = {
  elder: () => toggle("elder", ["已进入长辈模式", "已退出长辈模式"]),
  largest: () => toggle("largest", ["已换成最大字号", "已换回大字号"]),
  contrast: () => toggle("contrast", ["已换成高对比配色", "已换回普通配色"]),
  read: () => (speechSynthesis.speaking ? speechSynthesis.cancel() : readAloud()),
};

function readAloud() {
  const speech = new SpeechSynthesisUtterance(document.getElementById("main").innerText);
  speech.lang = "zh-CN";
  speech.rate = 0.9;
  speech.onend = showTools;
  speech.onerror = showTools;
  speechSynthesis.speak(speech);
}

function showTools() {
  for (const button of document.querySelectorAll("[data-tool]")) {
    const tool = button.dataset.tool;
    const on = tool === "read" ? "speechSynthesis" in window && speechSynthesis.speaking : root.classList.contains(tool);
    button.setAttribute("aria-pressed", String(on));
    if (tool === "largest") button.hidden = !root.classList.contains("elder");
    if (tool === "read") button.hidden = !("speechSynthesis" in window);
  }
}

for (const button of document.querySelectorAll("[data-tool]")) {
  button.addEventListener("click", () => { TOOLS[button.dataset.tool](); showTools(); });
}
showTools();

// The hash belongs to the pages' own steps, so the skip link moves the focus itself.
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  document.getElementById("main").focus();
});

/** Only a page that keeps what is typed may say that nothing is lost. */
const main = document.getElementById("main");
const offline = h("p", { class: "notice warn", role: "status", hidden: navigator.onLine }, `现在没有网络，${main.dataset.offline || "连上网后再继续。填了内容的，先不要刷新，也不要离开这一页。"}`);
main.prepend(offline);
window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((part) => { part.open = true; }));
for (const event of ["online", "offline"]) {
  window.addEventListener(event, () => { offline.hidden = navigator.onLine; });
}

loadMeta().then(showOffice, () => { /* the page stands without it: the telephone line keeps its printed words */ });

function showOffice(meta) {
  const office = officeOf(meta);
  for (const place of document.querySelectorAll("[data-office]")) if (office.name) place.textContent = office.name;
  if (!office.phone) return;
  for (const place of document.querySelectorAll("[data-phone]")) {
    place.textContent = "";
    place.append(h("a", { href: `tel:${office.phone}`, class: "digits" }, office.phone));
  }
  for (const bar of document.querySelectorAll(".callbar")) {
    bar.href = `tel:${office.phone}`;
    bar.textContent = `打电话问：${office.phone}`;
    bar.hidden = false;
  }
}
