/* Looking for a matter by its number or a person. What is typed stays in this page: never in the address, never kept. */
import { announce, busy, h, settle, show } from "./dom.js";
import { call } from "./api.js";
import { digits, shortDay } from "./dates.js";
import { clearErrors, radioField, showErrors, showProblem, textField, valuesOf } from "./forms.js";
import { cell, dueCell, mainCell, tableOf } from "./staff-rows.js";

const BY = [
  { value: "name", label: "姓名", hint: "要和登记的一模一样", read: (typed) => typed },
  { value: "phone", label: "电话", hint: "手机或带区号的座机", read: digits },
  { value: "identity_number", label: "身份证号", hint: "18 位", read: (typed) => digits(typed).toUpperCase() },
  { value: "number", label: "编号", hint: "12 位数字", read: digits },
];

/** The last results of this page view, so that the way back from a case leads to them. */
let found = null;

export function drawSearch(desk) {
  const button = h("button", { class: "button", type: "submit" }, "查找");
  const place = h("div", { id: "found" }, found && results(found));
  const form = h("form", { novalidate: true, class: "card", role: "search" },
    radioField({ name: "by", label: "按什么找", options: BY.map(({ value, label }) => ({ value, label })), value: "name", inline: true }),
    textField({ name: "wanted", label: "要找的内容", hint: BY[0].hint, autocomplete: "off", class: "width-16" }),
    h("p", { class: "hint small" }, "只能找到您有权查看的，最多 50 件。查找会留下记录（谁、哪天、找到几件），不记要找的内容。"),
    h("div", { class: "actions" }, button));
  const chosen = () => BY.find(({ value }) => value === valuesOf(form).by);
  form.addEventListener("change", () => { form.querySelector("#field-wanted-hint").textContent = chosen().hint; });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const by = chosen();
    const wanted = by.read(valuesOf(form).wanted);
    if (!wanted) return showErrors(form, [{ field: "wanted", message: `请填写${by.label}` }]);
    clearErrors(form);
    try {
      const answer = await busy(button, "正在查找，请稍候…", () => call("POST", "/search", { body: { [by.value]: wanted }, as: "staff" }));
      if (!answer) return undefined;
      found = answer.items;
      show(place, results(found));
      announce(found.length ? `找到 ${found.length} 件` : "没有找到");
    } catch (problem) {
      if (!desk.refused(problem)) showProblem(form, problem, { places: () => "wanted" });
    }
    return undefined;
  });
  show(desk.view, h("h1", {}, "查找"), form, place);
  settle(desk.view, "查找");
}

function results(items) {
  if (!items.length) return h("div", { class: "card empty" }, h("p", {}, "没有找到。请核对有没有写错字，或者换一种找法；不在您职权范围内的也找不到。"));
  return [h("h2", {}, `找到 ${items.length} 件`), tableOf("找到的事项", ["事项", "种类", "阶段", "责任单位", "收到", "到期"], items, (item) => [
    mainCell(item), cell("种类", item.kind_label), cell("阶段", item.stage_label), cell("责任单位", item.agency_name || "未定"), cell("收到", shortDay(item.received_on)), dueCell(item)])];
}
