/* Tasks of supervision (第三十八条): what this office has to put right, and what it opened for others; first due first. */
import { announce, h, loading, settle, show } from "./dom.js";
import { call } from "./api.js";
import { inThrees, shortDay } from "./dates.js";
import { lightMark } from "./case.js";
import { cell, moreButton, tableOf } from "./staff-rows.js";
import { problemCard } from "./staff-problem.js";

/** A state of the list, its words, and what stands there when nothing is in it. */
const STATES = [
  ["open", "待办", "没有要办的督查检查。"],
  ["answered", "已反馈，待复查", "没有等待复查的。"],
  ["closed", "已办结", "还没有办结的。"],
];
const CHOSEN = "desk.inspections";
const PAGE = 50;
const HEADS = ["督查检查", "被检查的单位", "立项的单位", "进展", "要求反馈"];

const ask = (status, cursor) => call("GET", `/inspections?${new URLSearchParams({ status, limit: PAGE, ...(cursor ? { cursor } : {}) })}`, { as: "staff" });

/** `pressed`: the state was chosen on this page, whose button keeps the focus. */
export async function drawInspections(desk, pressed = false) {
  const status = sessionStorage.getItem(CHOSEN) || STATES[0][0];
  if (!pressed) show(desk.view, loading());
  let page;
  try {
    page = await ask(status);
  } catch (problem) {
    if (!desk.refused(problem)) show(desk.view, problemCard("督查检查", problem, () => drawInspections(desk)));
    return;
  }
  const choose = (state) => { sessionStorage.setItem(CHOSEN, state); drawInspections(desk, true); };
  show(desk.view,
    h("div", { class: "desk-head" }, h("h1", {}, "督查检查"), page.may_open && h("a", { class: "button", href: "#inspections/new" }, "立项")),
    h("p", { class: "hint" }, "要本单位整改、反馈的，和本单位立项去检查别人的，都在这里，先到期的在前。"),
    h("div", { class: "states", role: "group", "aria-label": "按进展筛选" }, STATES.map(([state, words]) => h("button",
      { type: "button", id: `state-${state}`, "aria-pressed": String(state === status), onclick: () => choose(state) }, words))),
    rowsOf(desk, page, status));
  if (!pressed) return settle(desk.view, "督查检查");
  document.getElementById(`state-${status}`).focus();
  return announce(page.items.length ? `列出 ${page.items.length} 项` : STATES.find(([state]) => state === status)[2]);
}

function rowsOf(desk, page, status) {
  if (!page.items.length && !page.next_cursor) {
    return h("div", { class: "card empty" }, h("p", {}, STATES.find(([state]) => state === status)[2]));
  }
  const table = tableOf("本单位的督查检查，先到期的在前", HEADS, page.items, row);
  table.classList.add("tasks");
  return [table, moreButton(desk, page.next_cursor, (cursor) => ask(status, cursor), (items) => table.tBodies[0].append(...items.map((item) => h("tr", {}, row(item)))))];
}

const row = (item) => [
  h("td", { class: "main-cell" }, h("a", { href: `#inspections/${item.case_number}` }, item.title),
    h("span", { class: "hint small" }, `${inThrees(item.case_number)} · ${item.inspection_label}`), h("span", { class: `whose ${item.mine ? "mine-here" : ""}` }, whose(item))),
  cell("被检查单位", item.unit ? item.unit.name : "—"),
  cell("立项单位", item.office.name),
  cell("进展", progress(item)),
  cell("要求反馈", item.due ? [h("span", {}, shortDay(item.due)), " ", lightMark(item.light)] : "—"),
];

function whose(item) {
  if (item.mine) return "本单位立项";
  return isAwaited(item) ? "要本单位反馈" : "检查本单位";
}

/** Whether the unit has something to answer now: not what it has answered and nobody rechecked yet. */
export const isAwaited = ({ stage, left }) => stage === "insp_open" && left > 0;

/** How many of its problems are put right; what asks for nothing shows its stage alone. */
export const progress = ({ asked, left, stage_label: stage }) => (asked ? `${asked} 项中 ${asked - left} 项整改到位` : stage);
