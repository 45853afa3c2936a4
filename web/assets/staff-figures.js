/* The figures of a month: what is late and with whom, and how each unit keeps its dates. For who oversees. */
import { h, loading, settle, show } from "./dom.js";
import { call, loadMeta } from "./api.js";
import { inThrees, shortDay } from "./dates.js";
import { problemCard } from "./staff-problem.js";

const thisMonth = () => new Date(Date.now() + 8 * 3600 * 1000).toISOString().slice(0, 7);

export async function drawFigures(desk, month = thisMonth()) {
  show(desk.view, loading());
  let found, meta;
  try {
    [found, meta] = await Promise.all([call("GET", `/statistics?month=${month}`, { as: "staff" }), loadMeta()]);
  } catch (problem) {
    if (!desk.refused(problem)) show(desk.view, problemCard("统计", problem, () => drawFigures(desk, month)));
    return;
  }
  const name = (id) => (meta.offices.find((one) => one.id === id) || { name: id }).name;
  const limit = (id) => (meta.limits.find((one) => one.name === id) || { label: id }).label;
  const choose = h("input", { type: "month", id: "month", value: month, min: "2020-01", max: thisMonth(), onchange: (event) => event.target.value && drawFigures(desk, event.target.value) });
  show(desk.view,
    h("h1", {}, "统计"),
    h("p", {}, h("label", { for: "month" }, "登记的月份 "), choose, ` 共登记${found.total}件`),
    h("section", { class: "card", "aria-labelledby": "late-title" }, h("h2", { id: "late-title" }, "已经超期"),
      found.late.length ? lateTable(found.late, name, limit) : h("p", {}, "没有超期的事项。")),
    h("section", { class: "card", "aria-labelledby": "units-title" }, h("h2", { id: "units-title" }, "各单位"),
      found.total ? unitTable(found.units, name) : h("p", {}, "这个月还没有登记事项。")));
  settle(desk.view, "统计");
}

function lateTable(late, name, limit) {
  return table("超期的期限，最早的在前", ["编号", "单位", "哪个期限", "到期日", "超期"], late.map((one) => [
    h("a", { href: `#case/${one.case_number}` }, inThrees(one.case_number)), name(one.unit), limit(one.limit), shortDay(one.due),
    h("span", { class: "light red" }, `■ 超期${one.days}天`)]));
}

function unitTable(units, name) {
  const rows = Object.entries(units).map(([id, unit]) => {
    const sum = (what) => Object.values(unit.limits).reduce((total, kept) => total + kept[what], 0);
    return { overdue: sum("overdue"), cells: [name(id), unit.total, sum("on_time"), sum("late"), sum("running"), sum("overdue"), satisfied(unit.ratings), satisfied(unit.ratings_by_staff), unit.ratings.lapsed || 0] };
  });
  rows.sort((one, other) => other.overdue - one.overdue);
  return table("每个单位经办的件数和期限，超期多的在前", ["单位", "经办件数", "按期", "超期办理", "计时中", "超期未办", "满意率", "代录的满意率", "未评价"], rows.map((one) => one.cells));
}

/* Who said nothing is not satisfied by that: silence has a column of its own, and so has what others wrote down. */
function satisfied(ratings) {
  const good = (ratings.satisfied || 0) + (ratings.basically || 0);
  const all = good + (ratings.not_satisfied || 0);
  return all ? `${Math.round((good / all) * 100)}%（${all}件）` : "—";
}

function table(caption, heads, rows) {
  return h("table", { class: "worklist" }, h("caption", { class: "visually-hidden" }, caption),
    h("thead", {}, h("tr", {}, heads.map((words) => h("th", { scope: "col" }, words)))),
    h("tbody", {}, rows.map((cells) => h("tr", {}, cells.map((cell, place) => h("td", { "data-label": heads[place] }, cell))))));
}
