/* Forms of the steps of a task of supervision: the dictionary's fields, with what this task holds to choose from. */
import { h } from "./dom.js";
import { areaField, textField } from "./forms.js";
import { inThrees } from "./dates.js";
import { drawFields, formOf, readFields } from "./step-form.js";

export const isOpen = ({ state }) => state !== "passed";

const itemOption = ({ no, text, answer }) => ({ value: String(no), label: `第${no}项：${text}`, hint: `反馈：${answer}` });
const sheetOption = ({ case_number: number, points, full, checked }) => ({ value: number, label: `${inThrees(number)}（${points}/${full}分，${checked ? "已核对" : "待核对"}）` });
const lineOption = ({ line, label, points, full }) => ({ value: line, label: `${label}（现在${points}分，满分${full}分）` });

/** By step: its fields as they are asked here. A list to choose from stands where a code would have to be typed. */
const SHAPED = {
  recheck: (fields, { items }) => with_(fields, { failed: { input: "choices", label: "哪几项没有整改到位", hint: "全部整改到位的，一项也不勾", options: items.filter(isOpen).map(itemOption) } }),
  score_sample: (fields, { sample }) => with_(fields, {
    number: { input: "choice", label: "核对哪一件", options: sample.map(sheetOption) },
    line: { hint: "系统评得对的，不用改，直接确认", options: sample[0].lines.map(lineOption) },
  }),
  record_reception: (fields, { leaders }) => with_(fields, {
    ...(leaders.length ? { leader: { input: "choice", label: "接访领导", options: leaders.map(({ user, name }) => ({ value: user, label: name })) } } : {}),
    numbers: { hint: "接访时提到的、已经登记的信访事项" },
  }),
};

const with_ = (fields, changes) => fields.map((field) => ({ ...field, ...changes[field.name] }));
const shaped = (action, given) => SHAPED[action](formOf(given.meta, action), given.found);

/** What is read back otherwise than the dictionary says, because it was drawn so. */
const READ_AS = { recheck: { failed: { input: "choices" } }, score_sample: { number: { input: "choice" } }, record_reception: { leader: { input: "choice" } } };

const stepOf = (action, after = (fields) => fields) => ({
  draw: (given) => after(drawFields(shaped(action, given), given), given),
  read: (form, meta) => readFields(with_(formOf(meta, action), READ_AS[action]), form),
});

/** The lines to correct are those of the chosen case. */
function linesFollow(fields, { found }) {
  const place = h("div", {}, fields);
  const fill = () => {
    const number = (place.querySelector('[name="number"]:checked') || place.querySelector('select[name="number"]') || {}).value;
    const sheet = found.sample.find((one) => one.case_number === number);
    const select = place.querySelector('[name="line"]');
    while (select.options.length > 1) select.remove(1);
    for (const { value, label } of sheet ? sheet.lines.map(lineOption) : []) select.append(new Option(label, value));
  };
  place.addEventListener("change", (event) => { if (event.target.name === "number") fill(); });
  const waiting = found.sample.find(({ checked }) => !checked) || found.sample[0];
  for (const control of place.querySelectorAll('[name="number"]')) {
    if (control.type === "radio") control.checked = control.value === waiting.case_number;
    else control.value = waiting.case_number;
  }
  const chosen = place.querySelector('[name="number"]:checked');
  if (chosen) chosen.closest(".choice").classList.add("chosen");
  fill();
  return place;
}

/** Item by item, as the law asks it: what was put right, and who answers for it. */
function answerFields({ found }) {
  return found.items.filter(isOpen).map(({ no, text, state, answer }, index) => h("div", { class: "answer" },
    h("h4", {}, `第${no}项问题`), h("p", { class: "said" }, text),
    state === "failed" && h("p", { class: "notice warn" }, `上次反馈“${answer}”，复查没有通过，请写这次又做了什么。`),
    areaField({ name: `answers/${index}`, label: `第${no}项的整改情况`, hint: "查明了什么、采取了什么措施、结果怎样", class: "short" }),
    textField({ name: `responsible/${index}`, label: `第${no}项的责任人`, hint: "姓名和职务" })));
}

const parts = (form) => Array.from(form.elements).filter((control) => /^(answers|responsible)\//.test(control.name));
const unsaid = (form) => parts(form).filter((control) => !control.value.trim()).map((control) => ({ field: control.name, message: `请填写${form.querySelector(`label[for="${control.id}"]`).textContent}` }));
const filled = (form, name) => parts(form).filter((control) => control.name.startsWith(`${name}/`)).map((control) => control.value.trim());

export const INSPECTION_STEPS = {
  answer_inspection: { draw: answerFields, read: (form) => ({ answers: filled(form, "answers"), responsible: filled(form, "responsible") }), miss: unsaid },
  recheck: stepOf("recheck"),
  score_sample: stepOf("score_sample", linesFollow),
  record_reception: stepOf("record_reception"),
};
