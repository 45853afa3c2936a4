/* Who is late, with what, and why it matters; and the shortest way from a finding to an order (第四十条). */
import { h, loading, settle, show } from "./dom.js";
import { call } from "./api.js";
import { inThrees, shortDay } from "./dates.js";
import { lightMark } from "./case.js";
import { moreButton } from "./staff-rows.js";
import { problemCard } from "./staff-problem.js";

const LIGHTS = [["all", "全部"], ["red", "■ 已经超期"], ["yellow", "◆ 快到期"], ["green", "● 没到期，有别的问题"]];

const PAGES = 20;
/** Who decides on days that nobody could use, a few times in a decade: a link, no tab. */
const DECIDES = ["bureau", "leader"];

const page = (light, cursor) => call("GET", `/watch?${new URLSearchParams({ light, limit: 50, ...(cursor ? { cursor } : {}) })}`, { as: "staff" });

/** A page looks at some offices only; offices without findings are passed over, so that nobody presses for nothing. */
async function ask(light, cursor) {
  let found = await page(light, cursor);
  for (let turned = 1; !found.items.length && found.next_cursor && turned < PAGES; turned += 1) found = await page(light, found.next_cursor);
  return found;
}

export async function drawWatch(desk, light = "all", pressed = false) {
  if (!pressed) show(desk.view, loading());
  let first;
  try {
    first = await ask(light);
  } catch (problem) {
    if (!desk.refused(problem)) show(desk.view, problemCard("哪里晚了", problem, () => drawWatch(desk, light)));
    return;
  }
  const select = h("select", { id: "watch-light", onchange: (event) => drawWatch(desk, event.target.value, true) }, LIGHTS.map(([value, words]) => h("option", { value }, words)));
  select.value = light;
  const list = h("ul", { class: "messages", id: "watched" }, first.items.map(late));
  show(desk.view,
    h("h1", {}, "哪里晚了、为什么"),
    h("p", { class: "hint" }, "这里只写看得见的事实和依据的条款，不等于认定责任。先打开看看经过，再决定要不要督办。"),
    h("div", { class: "filter" }, h("div", { class: "picker" }, h("label", { for: "watch-light" }, "范围"), select)),
    first.items.length || first.next_cursor
      ? [list, moreButton(desk, first.next_cursor, (cursor) => ask(light, cursor), (items) => list.append(...items.map(late)))]
      : h("div", { class: "card empty" }, h("p", {}, "没有发现拖延、超期或者看着不对的事项。")));
  if (DECIDES.includes(desk.me.role)) desk.view.append(h("p", {}, h("a", { class: "inline-target", href: "#days-lost" }, "不可抗力认定（全部在办事项）")));
  if (pressed) return document.getElementById("watch-light").focus();
  return settle(desk.view, "哪里晚了、为什么");
}

function late(item) {
  return h("li", { class: "card" },
    h("h2", {}, h("a", { href: `#case/${item.case_number}` }, item.title)),
    h("p", { class: "hint" }, `编号 ${inThrees(item.case_number)} · ${item.stage_label} · ${shortDay(item.received_on)}收到 · ${item.agency_name || "责任单位未定"} `, lightMark(item.light)),
    findingList(item.findings, item.case_number));
}

/** Each finding with the way to an order for it, filled in as far as it says: to the case, or on its page to the form. */
export function findingList(findings, number, open) {
  return h("ul", { class: "clocks" }, findings.map((one) => h("li", {},
    h("div", { class: "clock-head" }, h("strong", {}, `${one.org_name}：${one.label}`), open === undefined ? orderLink(one, number) : open && orderButton(one, open)),
    h("div", {}, one.detail), h("div", { class: "hint small" }, `依据 ${one.law}`))));
}

const orderLink = ({ org, org_name: name, label, problem }, number) => h("a",
  { class: "button plain", href: `#case/${number}?${new URLSearchParams({ step: "supervise", org, problem })}` },
  "督办", h("span", { class: "visually-hidden" }, `${name}：${label}`));

const orderButton = ({ org, org_name: name, label, problem }, open) => h("button",
  { class: "button plain", type: "button", onclick: () => open("supervise", { org, problem }) }, "督办", h("span", { class: "visually-hidden" }, `${name}：${label}`));
