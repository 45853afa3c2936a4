/* A view that could not be drawn: what went wrong, and the way to try again. */
import { h } from "./dom.js";
import { told } from "./forms.js";

export function problemCard(heading, problem, retry) {
  return h("div", { class: "card narrow" },
    h("h1", {}, heading),
    h("div", { class: "notice bad", role: "alert" }, told(problem)),
    h("div", { class: "actions" }, h("button", { class: "button", type: "button", onclick: retry }, "再试一次"), h("a", { class: "button plain", href: "#list" }, "回到待办")));
}
