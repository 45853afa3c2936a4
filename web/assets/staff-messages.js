/* In-site messages of the office, newest first as the server gives them. */
import { busy, h, loading, settle, show } from "./dom.js";
import { call } from "./api.js";
import { inThrees, moment } from "./dates.js";
import { problemCard } from "./staff-problem.js";

const ask = (cursor) => call("GET", `/messages${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ""}`, { as: "staff" });

export async function drawMessages(desk) {
  show(desk.view, loading());
  let found;
  try {
    found = await ask();
  } catch (problem) {
    if (!desk.refused(problem)) show(desk.view, problemCard("消息", problem, () => drawMessages(desk)));
    return;
  }
  const list = h("ul", { class: "messages" });
  const more = h("button", { class: "button plain", type: "button" }, "再看一些");
  const add = (page) => {
    if (!page) return;
    list.append(...page.items.map((item) => h("li", { class: "card" },
      h("p", { class: "hint small" }, moment(item.at), " · ", h("a", { href: `#case/${item.case_number}` }, inThrees(item.case_number))), h("p", {}, item.text))));
    more.hidden = !page.next_cursor;
    more.onclick = () => busy(more, "正在加载…", () => ask(page.next_cursor)).then(add, desk.refused);
  };
  add(found);
  show(desk.view, h("h1", {}, "消息"), found.items.length ? [list, more] : h("div", { class: "card empty" }, h("p", {}, "还没有消息。")));
  if (["clerk", "unit_head"].includes(desk.me.role)) desk.view.append(h("p", {}, h("a", { class: "inline-target", href: "#reports" }, "移送本单位的检举控告")));
  settle(desk.view, "消息");
}
