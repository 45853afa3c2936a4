/* The worklist: due first, counted by light, filtered by stage, page by page. */
import { announce, busy, h, loading, settle, show } from "./dom.js";
import { call, loadMeta } from "./api.js";
import { digits, inThrees, shortDay } from "./dates.js";
import { lightMark } from "./case.js";
import { problemCard } from "./staff-problem.js";
import { choicesOf } from "./meta.js";

const LIGHTS = [["all", "全部", "", "total"], ["red", "超期", "■", "red"], ["yellow", "临期", "◆", "yellow"], ["green", "正常", "●", "green"]];
const FILTER = "desk.filter";
const PAGE = 50;

const filter = () => JSON.parse(sessionStorage.getItem(FILTER) || "null") || { light: "all", stage: "" };

async function ask({ light, stage, done }, cursor) {
  const query = new URLSearchParams({ light, limit: PAGE, done: Boolean(done) });
  if (stage) query.set("stage", stage);
  if (cursor) query.set("cursor", cursor);
  const found = await call("GET", `/worklist?${query}`, { as: "staff" });
  // The stage is looked at page by page: an empty page may have full ones behind it.
  return found.items.length || !found.next_cursor ? found : ask({ light, stage, done }, found.next_cursor);
}

/** `pressed` is the control that changed the filter: it keeps the focus. */
export async function drawList(desk, pressed) {
  const chosen = filter();
  if (!pressed) show(desk.view, loading());
  let stages = [];
  let found;
  try {
    [found, stages] = await Promise.all([ask(chosen), loadMeta().then((meta) => choicesOf(meta, "stages"), () => [])]);
  } catch (problem) {
    if (!desk.refused(problem)) show(desk.view, problemCard("待办", problem, () => drawList(desk)));
    return undefined;
  }
  const choose = (change, control) => {
    sessionStorage.setItem(FILTER, JSON.stringify({ ...chosen, ...change }));
    drawList(desk, control);
  };
  show(desk.view,
    h("div", { class: "desk-head" }, h("h1", {}, "待办"), openByNumber()),
    h("div", { class: "lights", role: "group", "aria-label": "按灯色筛选" }, LIGHTS.map(([light, words, shape, count]) => h("button",
      { type: "button", id: `light-${light}`, class: `lightbox ${light}`, "aria-pressed": String(chosen.light === light), onclick: () => choose({ light }, `light-${light}`) },
      h("span", { class: "number" }, String((found.counts || {})[count] ?? "—")), h("span", {}, shape && h("span", { "aria-hidden": "true" }, `${shape} `), words)))),
    h("div", { class: "filter" },
      picker("done-filter", "范围", [{ value: "", label: "待办" }, { value: "yes", label: "办过的" }], chosen.done || "", (done) => choose({ done }, "done-filter")),
      stages.length > 0 && picker("stage-filter", "阶段", [{ value: "", label: "全部阶段" }, ...stages], chosen.stage, (stage) => choose({ stage }, "stage-filter"))),
    rowsOf(desk, found, chosen, () => choose({ light: "all", stage: "", done: "" })));
  if (!pressed) return settle(desk.view, "待办");
  document.getElementById(pressed).focus();
  return announce(found.items.length ? `列出 ${found.items.length} 件` : "没有符合条件的事项");
}

function openByNumber() {
  const input = h("input", { type: "search", id: "open-number", inputmode: "numeric", autocomplete: "off", "aria-describedby": "open-fault" });
  const fault = h("p", { class: "field-error", id: "open-fault", hidden: true }, "编号是 12 位数字");
  return h("form", { class: "open-number", role: "search", onsubmit: (event) => {
    event.preventDefault();
    const number = digits(input.value);
    fault.hidden = /^\d{12}$/.test(number);
    if (fault.hidden) location.hash = `case/${number}`;
    else input.focus();
  } }, h("label", { for: "open-number" }, "按编号打开"), h("div", { class: "row" }, input, h("button", { class: "button plain", type: "submit" }, "打开")), fault);
}

function picker(id, words, options, value, onchange) {
  const select = h("select", { id, onchange: () => onchange(select.value) }, options.map((option) => h("option", { value: option.value }, option.label)));
  select.value = value;
  return h("div", { class: "picker" }, h("label", { for: id }, words), select);
}

function rowsOf(desk, found, chosen, reset) {
  const filtered = chosen.light !== "all" || chosen.stage !== "" || Boolean(chosen.done);
  if (!found.items.length) {
    return h("div", { class: "card empty" }, filtered
      ? [h("p", {}, "没有符合这个条件的事项。"), h("button", { class: "button plain", type: "button", onclick: reset }, "看全部")]
      : [h("p", {}, "没有待办，辛苦了。"), h("a", { class: "button plain", href: "#register" }, "登记一件")]);
  }
  const body = h("tbody", {}, found.items.map(row));
  const more = h("button", { class: "button plain", type: "button" }, "再看 50 件");
  let cursor = found.next_cursor;
  more.hidden = !cursor;
  more.addEventListener("click", () => busy(more, "正在加载…", () => ask(chosen, cursor)).then((next) => {
    if (!next) return;
    body.append(...next.items.map(row));
    cursor = next.next_cursor;
    more.hidden = !cursor;
    announce(`已加载 ${next.items.length} 件`);
  }, (problem) => desk.refused(problem) || announce(problem.title)));
  return [h("table", { class: "worklist" },
    h("caption", { class: "visually-hidden" }, "待办事项，到期早的在前"),
    h("thead", {}, h("tr", {}, ["事项", "阶段", "责任单位", "收到", "到期", "灯"].map((words) => h("th", { scope: "col" }, words)))), body),
  h("div", { class: "actions" }, more)];
}

function row(item) {
  return h("tr", {},
    h("td", { class: "main-cell" }, h("a", { href: `#case/${item.case_number}` }, item.title), h("span", { class: "hint small" }, `${inThrees(item.case_number)} · ${item.kind_label}`),
      item.untouched && h("span", { class: "light yellow" }, h("span", { "aria-hidden": "true" }, "◆"), " 超过一个工作日未处理")),
    h("td", { "data-label": "阶段" }, item.stage_label),
    h("td", { "data-label": "责任单位" }, item.agency_name || "未定"),
    h("td", { "data-label": "收到" }, shortDay(item.received_on)),
    h("td", { "data-label": "到期" }, item.due ? shortDay(item.due) : "—"),
    h("td", { "data-label": "灯" }, lightMark(item.light) || "—"));
}
