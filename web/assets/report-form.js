/* What a report of misconduct says of whom and what, the same online and at the window (第三十条). */
import { h } from "./dom.js";
import { valuesOf } from "./forms.js";
import { drawFields, readFields } from "./step-form.js";

const OFFICES = [{ name: "accused", label: "被检举的单位", hint: "可以选几个", input: "offices" }];
export const PEOPLE_HINT = "写明姓名和职务，一行写一个人；只检举单位的，可以空着";

export const accusedOffices = (meta) => h("details", {}, h("summary", {}, "选择被检举的单位（选填）"), drawFields(OFFICES, { meta, me: {}, everywhere: true }));

export function accusationOf(form) {
  const { title, text, people: written } = valuesOf(form);
  const people = written.split("\n").map((line) => line.trim()).filter(Boolean);
  return { title, text, ...(people.length ? { people } : {}), ...readFields(OFFICES, form) };
}

/** `text` is what is said when the matter itself was not told. */
export const missingIn = (body, text) => [
  !body.title && { field: "title", message: "请用一句话说明检举什么" },
  !body.people && !(body.accused || []).length && { field: "people", message: "请写明检举谁，或者选择被检举的单位，至少一个" },
  !body.text && { field: "text", message: text },
].filter(Boolean);
