/* What the nightly check of the rows found and mended (核对清单), and day by day whether everybody was told (每日完整率). */
import { h, loading, section, settle, show } from "./dom.js";
import { call } from "./api.js";
import { fullDay, fullMoment, inThrees } from "./dates.js";
import { cell, moreButton, tableOf } from "./staff-rows.js";
import { problemCard } from "./staff-problem.js";

const TITLE = "核对清单";
const HEADS = ["发现", "事项", "发现时间", "结果"];
const DAY_HEADS = ["日期", "应当告知", "已完成", "期限内", "超过时限", "缺少记录"];
const STATES = [["false", "待处理", "没有待处理的。"], ["true", "已处理", "还没有处理过的。"]];

const ask = (done, cursor) => call("GET", `/findings?${new URLSearchParams({ done, limit: 50, ...(cursor ? { cursor } : {}) })}`, { as: "staff" });

export async function drawFindings(desk, done = "false", pressed = false) {
  if (!pressed) show(desk.view, loading());
  let page;
  let complete;
  try {
    [page, complete] = await Promise.all([ask(done), call("GET", "/completeness", { as: "staff" })]);
  } catch (problem) {
    if (!desk.refused(problem)) show(desk.view, problemCard(TITLE, problem, () => drawFindings(desk, done)));
    return;
  }
  show(desk.view, h("h1", {}, TITLE),
    h("p", { class: "hint" }, "系统自己核对各处记录是否一致。能修复的当时修复，其余的等人处理。"),
    h("div", { class: "states", role: "group", "aria-label": "按结果筛选" }, STATES.map(([state, words]) => h("button",
      { type: "button", id: `done-${state}`, "aria-pressed": String(state === done), onclick: () => drawFindings(desk, state, true) }, words))),
    findingsTable(desk, page, done), completeSection(complete));
  if (pressed) return document.getElementById(`done-${done}`).focus();
  return settle(desk.view, TITLE);
}

const row = (one) => [
  h("td", { class: "main-cell" }, h("strong", {}, one.label), one.row && h("span", { class: "hint small" }, one.row)),
  cell("事项", one.case_number ? inThrees(one.case_number) : "—"), cell("发现时间", fullMoment(one.found_at)), cell("结果", one.ended_label)];

function findingsTable(desk, page, done) {
  const [, , none] = STATES.find(([state]) => state === done);
  if (!page.items.length && !page.next_cursor) return h("div", { class: "card empty" }, h("p", {}, none));
  const table = tableOf("核对发现的不一致", HEADS, page.items, row);
  return [table, moreButton(desk, page.next_cursor, (cursor) => ask(done, cursor), (items) => table.tBodies[0].append(...items.map((item) => h("tr", {}, row(item)))))];
}

const day = (one) => [h("td", { class: "main-cell" }, fullDay(one.day)), ...["owed", "done", "open", "overdue", "missing"].map((name, index) => cell(DAY_HEADS[index + 1], String(one[name])))];

function completeSection({ newest, counted }) {
  return section("每日完整率",
    newest ? h("p", {}, `最近一次 ${fullMoment(newest.counted_at)} 统计：应当告知 ${newest.total.owed} 次，已完成 ${newest.total.done} 次${rateOf(newest.total)}。`) : h("p", {}, "还没有统计过，每天凌晨统计一次。"),
    counted.length > 0 && tableOf("每天统计的告知完成情况", DAY_HEADS, counted, day));
}

/** What is still in its time is neither done nor missing. */
function rateOf({ owed, open, done }) {
  const due = owed - open;
  return due > 0 ? `，完整率 ${Math.floor((done / due) * 10000) / 100}%` : "";
}
