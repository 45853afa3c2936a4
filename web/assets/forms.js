/* Fields with label, hint and error; the error summary on top of a form. A field's name is its JSON pointer without the slash. */
import { announce, fill, h } from "./dom.js";
import { letters } from "./dates.js";

export const idOf = (name) => `field-${name.replace(/\//g, "-")}`;

function described(name, hint) {
  return hint ? `${idOf(name)}-hint` : undefined;
}

function framed(name, label, hint, control, extra) {
  return h("div", { class: "field", "data-field": name },
    h("label", { for: idOf(name) }, label),
    hint && h("p", { class: "hint", id: `${idOf(name)}-hint` }, hint),
    control, extra);
}

export function textField({ name, label, hint, type = "text", value = "", max, ...attributes }) {
  const control = h("input", { id: idOf(name), name, type, value, "aria-describedby": described(name, hint), ...attributes });
  return framed(name, label, hint, control, max && counter(control, max));
}

export function areaField({ name, label, hint, value = "", max, ...attributes }) {
  const control = h("textarea", { id: idOf(name), name, "aria-describedby": described(name, hint), ...attributes });
  control.value = value;
  return framed(name, label, hint, control, max && counter(control, max));
}

/** options: [{value, label, options?}]; a nested list becomes a group. */
export function selectField({ name, label, hint, value = "", options, ...attributes }) {
  const control = h("select", { id: idOf(name), name, "aria-describedby": described(name, hint), ...attributes },
    options.map((option) => (option.options
      ? h("optgroup", { label: option.label }, option.options.map(optionOf))
      : optionOf(option))));
  control.value = value;
  return framed(name, label, hint, control);
}

const optionOf = ({ value, label }) => h("option", { value }, label);

export function radioField({ value = "", ...field }) {
  return choiceGroup({ ...field, type: "radio", chosen: [value] });
}

/** Any number of the options; the body gets a list. */
export function choicesField({ value = [], ...field }) {
  return choiceGroup({ ...field, type: "checkbox", chosen: value });
}

/** One box to tick. */
export function boxField({ name, label, hint, value = false }) {
  return h("div", { class: "field", "data-field": name }, h("div", { class: "choices" },
    h("label", { class: "choice" },
      h("input", { type: "checkbox", name, id: idOf(name), checked: value, "aria-describedby": described(name, hint) }),
      h("span", {}, h("strong", {}, label), hint && h("span", { class: "hint", id: `${idOf(name)}-hint` }, hint)))));
}

function choiceGroup({ name, label, hint, type, chosen, options, inline = false }) {
  const group = h("fieldset", { class: "field", "data-field": name, "aria-describedby": described(name, hint) },
    h("legend", {}, label),
    hint && h("p", { class: "hint", id: `${idOf(name)}-hint` }, hint),
    h("div", { class: inline ? "choices inline" : "choices" },
      options.map((option, index) => h("label", { class: "choice" },
        h("input", { type, name, value: option.value, id: index ? undefined : idOf(name), checked: chosen.includes(option.value) }),
        h("span", {}, h("strong", {}, option.label), option.hint && h("span", { class: "hint" }, option.hint))))));
  const mark = () => group.querySelectorAll(".choice").forEach((choice) => choice.classList.toggle("chosen", choice.querySelector("input").checked));
  group.addEventListener("change", mark);
  mark();
  return group;
}

function counter(control, max) {
  const line = h("p", { class: "count" });
  const tell = () => {
    const left = max - letters(control.value);
    line.textContent = left >= 0 ? `还可以写 ${left} 字` : `超出 ${-left} 字，请删减`;
    line.classList.toggle("over", left < 0);
  };
  control.addEventListener("input", tell);
  tell();
  return line;
}

export function valuesOf(form) {
  const values = {};
  for (const control of form.elements) {
    if (!control.name || (control.type === "radio" && !control.checked)) continue;
    values[control.name] = control.type === "checkbox" ? control.checked : control.value.trim();
  }
  return values;
}

export function clearErrors(form) {
  for (const old of form.querySelectorAll(".error-summary, .field-error")) old.remove();
  for (const field of form.querySelectorAll(".field.wrong")) {
    field.classList.remove("wrong");
    for (const control of field.querySelectorAll("[aria-invalid]")) {
      control.removeAttribute("aria-invalid");
      const kept = (control.getAttribute("aria-describedby") || "").split(" ").filter((id) => id && !id.endsWith("-error"));
      if (kept.length) control.setAttribute("aria-describedby", kept.join(" "));
      else control.removeAttribute("aria-describedby");
    }
  }
  document.title = document.title.replace(/^有误：/, "");
}

/** errors: [{field, message, href?}]. Fields not on this form are told in the summary alone. */
export function showErrors(form, errors, title = `有 ${errors.length} 处需要改正`) {
  clearErrors(form);
  const lines = errors.map(({ field, message, href, go }) => {
    const marked = field !== undefined && markField(form, field, message);
    if (!marked && !href) return h("li", {}, message);
    const link = h("a", { href: href || `#${marked.id}` }, message);
    if (!href) link.addEventListener("click", (event) => { event.preventDefault(); marked.focus(); });
    else if (go) link.addEventListener("click", go);
    return h("li", {}, link);
  });
  const summary = h("div", { class: "error-summary", role: "alert", tabindex: "-1", "aria-labelledby": "error-title" },
    h("h2", { id: "error-title" }, title), lines.length > 0 && h("ul", {}, lines));
  form.prepend(summary);
  summary.focus();
  document.title = `有误：${document.title.replace(/^有误：/, "")}`;
  return summary;
}

function markField(form, name, message) {
  const fields = Array.from(form.querySelectorAll("[data-field]"));
  const field = fields.find((one) => one.dataset.field === name) || fields.find((one) => name.startsWith(`${one.dataset.field}/`));
  if (!field) return null;
  for (let folded = field.closest("details"); folded; folded = folded.parentElement.closest("details")) folded.open = true;
  const control = field.querySelector("input, textarea, select");
  const id = `${idOf(name)}-error`;
  if (!field.classList.contains("wrong")) {
    field.classList.add("wrong");
    (field.querySelector(".choices") || control).before(h("p", { class: "field-error", id }, message));
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", `${control.getAttribute("aria-describedby") || ""} ${id}`.trim());
  }
  return control;
}

/** The words of a Problem: what it is, what to do about it, and the article that says so; as paragraphs. */
export function told({ title, detail, law }, more = "") {
  const words = `${detail === title ? "" : detail}${more}`;
  return [h("p", {}, title), words && h("p", {}, words), lawOf(words.includes(law) ? "" : law)];
}

export const lawOf = (law) => law && h("p", { class: "hint" }, `依据${article(law)}`);

/** An article alone is one of the Regulation. */
export const article = (law) => (/^第/.test(law) ? `《信访工作条例》${law}` : law);

/** A Problem of the server, or anything thrown, as an error summary; places maps pointers to field names. */
export function showProblem(form, problem, { fallback, places = (pointer) => pointer.replace(/^\//, "") } = {}) {
  if (problem.title === undefined) throw problem;
  const errors = problem.errors.map((error) => ({ field: places(error.pointer || ""), message: error.message }));
  const wait = problem.retryAfter > 0 ? `（请 ${problem.retryAfter} 秒后再试）` : "";
  if (errors.length === 0 && fallback !== undefined && !problem.uncertain && problem.status !== 429) {
    const short = showErrors(form, [{ field: fallback, message: problem.detail || problem.title }], "请改正后再试");
    fill(short, [lawOf(problem.law)]);
    return short;
  }
  const summary = showErrors(form, errors, problem.title);
  const [, ...words] = told(problem, wait);
  summary.querySelector("h2").after(...words.filter(Boolean));
  announce(problem.title);
  return summary;
}

/** Put what is already known into a form; an office that its list leaves out is added by its name. */
export function prefill(form, values, meta) {
  for (const [name, value] of Object.entries(values)) {
    for (const control of Array.from(form.elements).filter((one) => one.name === name)) {
      if (control.type === "radio" || control.type === "checkbox") control.checked = control.value === value;
      else if (control.tagName === "SELECT" && !Array.from(control.options).some((option) => option.value === value)) {
        const office = (meta.offices || []).find(({ id }) => id === value);
        if (office) { control.append(new Option(office.name, office.id)); control.value = value; }
      } else control.value = value;
      control.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
}
