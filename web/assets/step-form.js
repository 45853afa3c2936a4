/* The form of a step drawn from what the dictionary (GET /meta) says of its fields, and read back as its body. */
import { call, session } from "./api.js";
import { h, show } from "./dom.js";
import { areaField, boxField, choicesField, radioField, selectField, textField } from "./forms.js";
import { officeField, officesOf } from "./meta.js";
import { fileField } from "./photo.js";

const FEW = 8;
const LONG = 2000;
/** Fields that ask where, not to whom: one's own office too. */
const PLACES = ["place"];
const YES_NO = [{ value: "yes", label: "是" }, { value: "no", label: "否" }];

export const formOf = (meta, action) => (meta.forms || {})[action];

const area = ({ name, label, hint, max = LONG }, { counted }) => areaField({ name, label, hint, class: max > LONG ? undefined : "short", max: counted ? max : undefined });

const DRAWN = {
  text: area,
  line: ({ name, label, hint }) => textField({ name, label, hint }),
  date: ({ name, label, hint }) => textField({ name, label, hint, type: "date", class: "width-11" }),
  number: ({ name, label, hint, min }) => textField({ name, label, hint, type: "number", min, class: "width-5", inputmode: "numeric" }),
  choice: (field) => (field.required && field.options.length <= FEW ? radioField(field) : selectField({ ...listed(field), options: [{ value: "", label: field.required ? "请选择" : "不选" }, ...field.options] })),
  choices: (field) => choicesField(listed(field)),
  bool: (field) => (field.required ? radioField({ ...listed(field), options: YES_NO, inline: true }) : boxField(listed(field))),
  office: ({ name, label, hint, required }, given) => officeField(PLACES.includes(name) ? { ...given, everywhere: true } : given, name, label, required ? "请选择" : "不确定", hint),
  offices: (field, given) => narrowed(choicesField({ ...listed(field), options: officesOf(given) })),
  duty: ({ name, label, hint, kinds }, given) => dutyField({ name, label, hint }, ((given.found || {}).duties || []).filter((duty) => kinds.includes(duty.kind))),
  person: ({ name, label, hint, posts, required }) => personField({ name, label, hint }, posts, required),
  file: fileField,
  list: ({ name, label, hint }) => areaField({ name, label, hint: [hint, "一行写一项"].filter(Boolean).join("；"), class: "short" }),
};

/** Which of the duties that run beside the road is meant; with only one there is nothing to choose. */
function dutyField(field, duties) {
  const options = duties.map((duty) => ({ value: duty.id, label: `${duty.kind_label}第${duty.no}项 · ${duty.org_name} · ${duty.state_label}` }));
  return selectField({ ...field, options: options.length === 1 ? options : [{ value: "", label: "请选择" }, ...options] });
}

/** People are chosen by name and post; the list comes a moment later than the form, or when it is asked for again: what else is typed stays. */
function personField(field, posts, required) {
  const drawn = selectField({ ...field, options: [{ value: "", label: "" }] });
  const list = drawn.querySelector("select");
  const again = h("button", { class: "button quiet", type: "button", hidden: true, onclick: take }, "再取一次名单");
  const told = (words, people = []) => show(list, h("option", { value: "" }, words), people.map((one) => h("option", { value: one.id }, `${one.name} · ${one.org_name}${one.role_label}`)));
  function take() {
    again.hidden = true;
    told("正在取人员名单…");
    colleagues().then(
      (people) => told(required ? "请选择" : "不选", people.filter((one) => !posts || posts.includes(one.role))),
      () => { told("没有取到人员名单"); again.hidden = false; });
  }
  drawn.append(again);
  take();
  return drawn;
}

/** Asked once by whoever is signed in: the next at this machine may have other colleagues. */
let asked = {};
function colleagues() {
  const { token } = session.get("staff") || {};
  if (asked.token !== token) asked = { token, people: call("GET", "/colleagues", { as: "staff" }).then(({ items }) => items) };
  const { people } = asked;
  people.catch(() => { if (asked.people === people) asked = {}; });
  return people;
}

/** Many boxes fold away behind the label; what is ticked stays ticked while the list is narrowed down. */
function narrowed(field) {
  const choices = Array.from(field.querySelectorAll(".choice"));
  if (choices.length <= FEW) return field;
  const box = field.querySelector(".choices");
  box.classList.add("scrolling");
  const narrow = h("input", { type: "search", "aria-label": `按名称找：${field.querySelector("legend").textContent}`, placeholder: "输入名称，缩小范围", autocomplete: "off" });
  narrow.addEventListener("input", () => {
    for (const choice of choices) choice.hidden = !choice.textContent.includes(narrow.value.trim()) && !choice.querySelector("input").checked;
  });
  box.before(narrow);
  return field;
}

const listed = ({ name, label, hint, options }) => ({ name, label, hint, options });

/** given: {meta, me, found}; counted: tell how many characters are left. A field that no page can ask for by itself is left out. */
export function drawFields(fields, given) {
  return fields.map((field) => DRAWN[field.input] && DRAWN[field.input](field, given));
}

const controls = (form, name) => Array.from(form.elements).filter((control) => control.name === name);
const typed = (form, name) => controls(form, name).map((control) => control.value.trim())[0];
const chosen = (form, name) => controls(form, name).filter((control) => control.checked).map((control) => control.value);

const READ = {
  number: (form, { name }) => (typed(form, name) ? Number(typed(form, name)) : undefined),
  choice: (form, { name }) => (controls(form, name).some((control) => control.type === "radio") ? chosen(form, name)[0] : typed(form, name)),
  choices: (form, { name }) => chosen(form, name),
  offices: (form, { name }) => chosen(form, name),
  bool: (form, { name, required }) => (required ? { yes: true, no: false }[chosen(form, name)[0]] : chosen(form, name).length > 0),
  list: (form, { name }) => typed(form, name).split("\n").map((line) => line.trim()).filter(Boolean),
};

const isEmpty = (value) => value === undefined || value === "" || (Array.isArray(value) && value.length === 0);

/** What was filled in, as the body of the step; what is missing the server tells. */
export function readFields(fields, form) {
  const read = fields.filter((field) => DRAWN[field.input]).map((field) => [field.name, READ[field.input] ? READ[field.input](form, field) : typed(form, field.name)]);
  return Object.fromEntries(read.filter(([, value]) => !isEmpty(value)));
}

/** Several forms on one page may ask for fields of the same name: their ids are told apart by the step. */
export function apart(form, action) {
  for (const attribute of ["id", "for", "aria-describedby"]) {
    for (const element of form.querySelectorAll(`[${attribute}]`)) element.setAttribute(attribute, `${action}-${element.getAttribute(attribute)}`);
  }
  return form;
}
