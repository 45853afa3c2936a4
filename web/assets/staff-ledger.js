/* The ledger of what was handed down from above, by the date that was set there (第二十二条). */
import { h, loading, settle, show } from "./dom.js";
import { call } from "./api.js";
import { shortDay } from "./dates.js";
import { cell, dueCell, mainCell, moreButton, tableOf } from "./staff-rows.js";
import { problemCard } from "./staff-problem.js";

const LEVELS = { national: "国家", province: "省", city: "市" };
const HEADS = ["事项", "哪一级转下来", "上级要求反馈", "阶段", "责任单位", "到期"];

const ask = (done, cursor) => call("GET", `/ledger?${new URLSearchParams({ done, limit: 50, ...(cursor ? { cursor } : {}) })}`, { as: "staff" });

const row = (item) => [mainCell(item), cell(HEADS[1], LEVELS[item.from_above]), cell(HEADS[2], item.above_due ? shortDay(item.above_due) : "没有限期"),
  cell("阶段", item.stage_label), cell("责任单位", item.agency_name || "未定"), dueCell(item)];

export async function drawLedger(desk, done = false, pressed = false) {
  if (!pressed) show(desk.view, loading());
  let page;
  try {
    page = await ask(done);
  } catch (problem) {
    if (!desk.refused(problem)) show(desk.view, problemCard("上级交办台账", problem, () => drawLedger(desk, done)));
    return;
  }
  const select = h("select", { id: "ledger-done", onchange: (event) => drawLedger(desk, event.target.value === "true", true) },
    h("option", { value: "false" }, "还没有报告办结的"), h("option", { value: "true" }, "已报告办结的"));
  select.value = String(done);
  const table = tableOf("上级交办的事项，先到期的在前", HEADS, page.items, row);
  show(desk.view,
    h("h1", {}, "上级交办台账"),
    h("p", { class: "hint" }, "上级转送、交办下来的事项。办结后，打开这一件，用“办结报告”向上级报告。"),
    h("div", { class: "filter" }, h("div", { class: "picker" }, h("label", { for: "ledger-done" }, "范围"), select)),
    page.items.length || page.next_cursor
      ? [table, moreButton(desk, page.next_cursor, (cursor) => ask(done, cursor), (items) => table.tBodies[0].append(...items.map((item) => h("tr", {}, row(item)))))]
      : h("div", { class: "card empty" }, h("p", {}, done ? "还没有向上级报告过办结。" : "现在没有等着向上级报告的事项。登记时填写“上级转送、交办下来的”，就会列在这里。")));
  if (pressed) return document.getElementById("ledger-done").focus();
  return settle(desk.view, "上级交办台账");
}
