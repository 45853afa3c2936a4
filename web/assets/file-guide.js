/* Which kind is it, or is it somebody else's: one question a screen, asked of the server; nothing is kept there and nothing is barred. */
import { h, loading, show } from "./dom.js";
import { call } from "./api.js";
import { clearErrors, radioField, showErrors, valuesOf } from "./forms.js";

const PLACE = "petition.guide";
const answered = () => JSON.parse(sessionStorage.getItem(PLACE) || "[]");
const keep = (answers) => sessionStorage.setItem(PLACE, JSON.stringify(answers));

/** `step` is "guide" or "guide-2": how many answers are given. `choose(kind)` goes on with filing, `skip()` back to the choice of kinds. */
export async function drawGuide(view, step, { choose, skip, settled }) {
  const count = Number(step.split("-")[1] || 0);
  const answers = answered().slice(0, count);
  if (answers.length < count) { location.replace("#guide"); return; }
  show(view, loading());
  let told;
  try {
    told = await call("POST", "/guide", { body: { answers: Object.fromEntries(answers) } });
  } catch (problem) {
    show(view, page(h("h1", {}, "一步步问不了"), h("p", {}, `${problem.title}。您可以自己选一种，选错了也不要紧，工作人员会改。`), actions(skip)));
    return settled();
  }
  show(view, told.question ? questionPage(told.question, answers, skip) : page(proposal(told.proposal, choose, skip), count));
  return settled();
}

function page(...content) {
  const [body, count] = content.length === 2 && typeof content[1] === "number" ? content : [content, 0];
  return h("div", { class: "narrow" }, count > 0 && back(count), h("div", { class: "card", id: "guide" }, body));
}

const back = (count) => h("a", { class: "back", href: count > 1 ? `#guide-${count - 1}` : "#guide" }, "上一步");
const actions = (skip, ...buttons) => h("div", { class: "actions" }, buttons, h("button", { class: "button quiet", type: "button", onclick: skip }, "不问了，我自己选"));

function questionPage(question, answers, skip) {
  const before = (answered()[answers.length] || [])[0] === question.id ? answered()[answers.length][1] : "";
  const form = h("form", { novalidate: true },
    h("p", { class: "hint" }, `第 ${answers.length + 1} 问`),
    h("h1", {}, question.text),
    question.hint && h("p", { class: "hint" }, question.hint),
    radioField({ name: "answer", label: "请选一项", value: before, options: question.options.map(({ answer, label }) => ({ value: answer, label })) }),
    actions(skip, h("button", { class: "button", type: "submit" }, "继续")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { answer } = valuesOf(form);
    if (!answer) return showErrors(form, [{ field: "answer", message: "请选一项；说不准的，选“不是”或者“不问了，我自己选”" }]);
    clearErrors(form);
    keep([...answers, [question.id, answer]]);
    location.hash = `guide-${answers.length + 1}`;
    return undefined;
  });
  return page(form, answers.length);
}

const SUGGESTED = { grievance: "求解决、申诉", suggestion: "提建议", consultation: "问政策" };

function proposal(found, choose, skip) {
  if (found.kind === "report_of_misconduct") return reportInstead(skip);
  const words = SUGGESTED[found.kind];
  const go = (label, look) => h("button", { class: look, type: "button", onclick: () => choose(found.kind) }, label);
  if (found.step === "accept") {
    return [h("h1", {}, `建议您选：${words}`), h("p", {}, found.kind === "grievance" ? `由${found.body}办理，会书面答复您。` : `由${found.body}研究，会答复您。`), limits(found), because(found),
      actions(skip, go("就选这一种，继续", "button"))];
  }
  return [
    h("h1", {}, "这件事，有专门的地方办"),
    h("p", {}, `按您的回答，这属于${found.label}，依法由`, h("strong", {}, found.body), "办理。"),
    limits(found), because(found),
    h("p", { class: "hint" }, "这只是根据您的回答给的提示。您仍然可以在这里反映，我们会看，并书面告诉您该找谁；但在这里反映，不会停住那里的期限。"),
    actions(skip, go("仍然在这里反映", "button plain"), h("a", { class: "button quiet", href: "index.html" }, "回首页")),
  ];
}

const limits = ({ limits: those }) => those.length > 0 && h("div", { class: "notice warn" }, h("h2", {}, "请别误了期限"),
  h("ul", {}, those.map((one) => h("li", {}, `${one.label}：${one.number}`, h("span", { class: "hint" }, `（${one.law}）`)))));

const because = (found) => h("details", {}, h("summary", {}, "为什么这样建议"),
  h("ul", {}, found.why.map((one) => h("li", {}, `${one.text} ${one.label}`))), h("p", { class: "hint" }, `依据《信访工作条例》${found.law}`));

const reportInstead = (skip) => [
  h("h1", {}, "检举控告，请走单独的通道"),
  h("p", {}, "检举党员、干部和机关、单位工作人员的，走单独的通道：内容单独加密保管，不会转给被检举的人和单位。可以不写姓名。"),
  h("p", {}, "也可以直接打纪检监察机关的举报电话 ", h("a", { href: "tel:12388", class: "digits" }, "12388"), "。"),
  actions(skip, h("a", { class: "button", href: "report.html" }, "去检举控告")),
];
