/* Rating (第二十一条): office and unit apart, and whether the matter is solved. Petitioner and window staff use the same form. */
import { h } from "./dom.js";
import { areaField, radioField, textField, valuesOf } from "./forms.js";

const DEGREES = [{ value: "satisfied", label: "满意" }, { value: "basically", label: "基本满意" }, { value: "not_satisfied", label: "不满意" }];
const ANSWERS = [{ value: "yes", label: "解决了" }, { value: "no", label: "没有解决" }];

export function ratingFields(agency, bureau, { forStaff = false } = {}) {
  return [
    radioField({ name: "unit", label: `${agency || "负责办理的单位"}办得怎么样？`, options: DEGREES, inline: true }),
    radioField({ name: "office", label: `${bureau}的工作怎么样？`, options: DEGREES, inline: true }),
    radioField({ name: "solved", label: "问题解决了吗？", options: ANSWERS, inline: true }),
    areaField({ name: "remark", label: "还想说的（选填）", hint: "不满意的，请写一写为什么，方便改进", class: "short", max: 500 }),
    forStaff && textField({ name: "proof", label: "评价凭据", hint: "评价表编号或者通话录音编号" }),
  ];
}

export function ratingOf(form) {
  const { unit, office, solved, remark, proof } = valuesOf(form);
  const asked = (field) => form.querySelector(`[data-field="${field}"] legend`).textContent;
  const missing = Object.entries({ unit, office, solved }).filter(([, value]) => !value).map(([field]) => ({ field, message: `请选一项：${asked(field)}` }));
  return { missing, body: { unit, office, solved: solved === "yes", ...(remark ? { remark } : {}), ...(proof ? { proof } : {}) } };
}

export function ratingForm({ agency, bureau, onsubmit }) {
  const button = h("button", { class: "button", type: "submit" }, "提交评价");
  const form = h("form", { novalidate: true, class: "card", id: "rating" }, h("h2", {}, "请您评价"), ratingFields(agency, bureau), h("div", { class: "actions" }, button));
  form.addEventListener("submit", (event) => { event.preventDefault(); onsubmit(form, button); });
  return form;
}
