/* Lists of matters as tables that fold into cards on a narrow screen, page by page. */
import { busy, h } from "./dom.js";
import { inThrees, shortDay } from "./dates.js";
import { lightMark } from "./case.js";

export const mainCell = (item) => h("td", { class: "main-cell" }, h("a", { href: `#case/${item.case_number}` }, item.title),
  h("span", { class: "hint small" }, inThrees(item.case_number)));

export const cell = (label, ...content) => h("td", { "data-label": label }, content);

export const dueCell = (item) => cell("到期", item.due && shortDay(item.due), " ", lightMark(item.light));

/** heads: the words above the columns; row: one matter as its cells. */
export function tableOf(caption, heads, items, row) {
  return h("table", { class: "worklist" }, h("caption", { class: "visually-hidden" }, caption),
    h("thead", {}, h("tr", {}, heads.map((words) => h("th", { scope: "col" }, words)))),
    h("tbody", {}, items.map((item) => h("tr", {}, row(item)))));
}

/** A button that puts the next page below what stands there already. `ask(cursor)` gives the page, `add(items)` shows it. */
export function moreButton(desk, cursor, ask, add) {
  const more = h("button", { class: "button plain", type: "button", hidden: !cursor }, "再看一些");
  const turn = (next) => { cursor = next; more.hidden = !next; };
  more.addEventListener("click", () => busy(more, "正在加载…", () => ask(cursor)).then((page) => {
    if (!page) return;
    add(page.items);
    turn(page.next_cursor);
  }, (problem) => { if (!desk.refused(problem)) more.textContent = `${problem.title}，再试一次`; }));
  return more;
}
