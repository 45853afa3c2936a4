/* Opening a task of supervision: first which kind, then what the dictionary says that kind takes. */
import { busy, h, loading, settle, show } from "./dom.js";
import { call, loadMeta, newKey } from "./api.js";
import { clearErrors, radioField, showErrors, showProblem } from "./forms.js";
import { drawFields, formOf, readFields } from "./step-form.js";
import { signInAgain } from "./staff-do.js";
import { problemCard } from "./staff-problem.js";

/** When one opens which, in a sentence. */
const FOR = {
  problem_list: "发现的问题列成清单，只发给一个单位，逐项整改。",
  field: "到现场督查，发现的问题交给单位整改。",
  self_check: "要求单位自己查一遍，可以列出要它反馈的问题。",
  random_check: "随机抽取已经办结的事项，系统先按检查表评分，再由人逐件核对。",
  joint_check: "会同有关单位检查，抽取办结的事项评分。",
  trace: "出了问题的，倒查办结的事项，看责任在哪里。",
  media: "媒体曝光的问题，要求单位核实、整改、公开回应。",
  appraisal: "组织群众和干部对单位评议，登记票数。",
  reception: "领导定期接待群众来访，登记接待了多少人、哪些事项。",
};
const ALWAYS = ["title", "note"];
const CHOSEN = ["office", "offices", "choice", "choices"];
/** Who handles petitions may be looked at, the dictionary says of every office whether it does. */
const isInspected = (office) => office.handles_petitions;

export async function drawOpening(desk) {
  show(desk.view, loading());
  let meta;
  let mayOpen;
  try {
    [meta, { may_open: mayOpen }] = await Promise.all([loadMeta(), call("GET", "/inspections?limit=1", { as: "staff" })]);
  } catch (problem) {
    if (!desk.refused(problem)) show(desk.view, problemCard("督查检查立项", problem, () => drawOpening(desk)));
    return;
  }
  if (!mayOpen) {
    show(desk.view, h("a", { class: "back", href: "#inspections" }, "回到督查检查"), h("div", { class: "card narrow" }, h("h1", {}, "督查检查立项"), h("p", {}, "立项由信访工作联席会议、信访部门和有督查职责的人员办理，您的岗位不能立项。")));
    return settle(desk.view, "督查检查立项");
  }
  show(desk.view, h("a", { class: "back", href: "#inspections" }, "回到督查检查"), openingForm(desk, meta));
  return settle(desk.view, "督查检查立项");
}

function openingForm(desk, meta) {
  let key = newKey();
  let fields = [];
  const rest = h("div", { id: "kind-fields" });
  const button = h("button", { class: "button", type: "submit" }, "确认立项");
  const form = h("form", { novalidate: true, class: "opening card", "aria-label": "督查检查立项" }, h("h1", {}, "督查检查立项"),
    h("div", { class: "kinds" }, radioField({ name: "kind", label: "哪一种", options: meta.inspections.map(({ kind, label }) => ({ value: kind, label, hint: FOR[kind] })) })),
    rest, h("div", { class: "actions" }, button, h("a", { class: "button quiet", href: "#inspections" }, "取消")));
  const chosen = () => meta.inspections.find(({ kind }) => kind === (form.elements.kind || {}).value);
  const draw = () => {
    const kept = Object.fromEntries(Array.from(rest.querySelectorAll("[name]"), (control) => [control.name, control.value]));
    fields = fieldsOf(meta, chosen());
    show(rest, h("p", { class: "hint" }, `依据《信访工作条例》${chosen().law}`), drawFields(fields, { meta, me: desk.me, which: isInspected }));
    for (const control of rest.querySelectorAll("[name]")) if (kept[control.name]) control.value = kept[control.name];
  };
  form.addEventListener("change", (event) => { if (event.target.name === "kind") draw(); });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!chosen()) return showErrors(form, [{ field: "kind", message: "请先选哪一种" }]);
    const body = { kind: chosen().kind, ...readFields(fields, form) };
    const missing = fields.filter(({ name, required }) => required && body[name] === undefined);
    if (missing.length) return showErrors(form, missing.map(({ name, label, input }) => ({ field: name, message: `${CHOSEN.includes(input) ? "请选择" : "请填写"}${label}` })));
    clearErrors(form);
    try {
      const made = await busy(button, "正在立项，请稍候…", () => call("POST", "/inspections", { body, key, as: "staff" }));
      return made && location.replace(`#inspections/${made.case_number}`);
    } catch (problem) {
      if (problem.code === "key_reused") key = newKey();
      return problem.status === 401 ? signInAgain(form, desk) : showProblem(form, numbered(problem));
    }
  });
  return form;
}

/** What this kind takes, in the order of the dictionary; what may stay empty says so. */
function fieldsOf(meta, { asks }) {
  return formOf(meta, "open_inspection").filter(({ name }) => ALWAYS.includes(name) || name in asks)
    .map((field) => (asks[field.name] === false ? { ...field, label: `${field.label}（选填）` } : { ...field, required: ALWAYS.includes(field.name) ? field.required : true }));
}

/** All problems stand in one box, a line each: what is wrong with one of them names its line. */
function numbered(problem) {
  for (const error of problem.errors || []) {
    const [, line] = /^\/items\/(\d+)$/.exec(error.pointer || "") || [];
    if (line !== undefined) error.message = `第${Number(line) + 1}项：${error.message}`;
  }
  return problem;
}
