/* Building and announcing page content. Text always goes in as text nodes, so nothing a person typed can become markup. */

export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  fill(element, children);
  return element;
}

export function fill(parent, children) {
  for (const child of [].concat(children).flat(Infinity)) {
    if (child === undefined || child === null || child === false || child === "") continue;
    parent.append(child);
  }
  return parent;
}

export function show(parent, ...children) {
  while (parent.firstChild) parent.firstChild.remove();
  return fill(parent, children);
}

export function svg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A card with its heading. */
export const section = (heading, ...content) => h("section", { class: "card", "aria-label": heading }, h("h2", {}, heading), content);

/** Fields that belong together, as a card with its heading. */
export const group = (words, ...content) => h("fieldset", { class: "card" }, h("legend", { class: "visually-hidden" }, words), h("h2", { "aria-hidden": "true" }, words), content);

/** Say it to a screen reader without moving the focus. */
export function announce(text) {
  const region = document.getElementById("announcer");
  region.textContent = "";
  setTimeout(() => { region.textContent = text; }, 60);
}

/** After a change of view the heading takes the focus, so that reading goes on from there. */
export function settle(container, title) {
  if (title) document.title = `${title} · 网上信访`;
  const heading = container.querySelector("h1");
  if (!heading) return;
  heading.setAttribute("tabindex", "-1");
  heading.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

export function loading(text = "正在加载，请稍候…") {
  const line = h("p", { class: "loading", role: "status" }, text);
  setTimeout(() => { if (line.isConnected) line.textContent = "网络较慢，仍在加载…"; }, 8000);
  return line;
}

/** While the call runs the button says so and does not fire twice; it never loses the focus. */
export async function busy(button, text, work) {
  if (button.getAttribute("aria-disabled") === "true") return undefined;
  const label = button.textContent;
  button.setAttribute("aria-disabled", "true");
  button.textContent = text;
  announce(text);
  try {
    return await work();
  } finally {
    button.removeAttribute("aria-disabled");
    button.textContent = label;
  }
}
