/* Reading the office's dictionary (GET /meta) into the shapes that pages and fields want. */
import { h } from "./dom.js";
import { idOf, selectField } from "./forms.js";

export function officeOf(meta) {
  const bureau = (meta.offices || []).find((office) => office.id === meta.bureau);
  return { name: bureau ? bureau.name : meta.signature, phone: meta.phone };
}

/** What the petition bureau is called in few words: 县信访局 in a county, 校信访办 at a university. */
export function bureauOf(meta) {
  const bureau = (meta.offices || []).find((office) => office.id === meta.bureau);
  return bureau ? bureau.short : "信访部门";
}

/** Categories as options: a field with its matters becomes a group, a matter is named `field/matter`. */
export function categoriesOf(meta) {
  return (meta.categories || []).map(({ name, matters }) => ({
    label: name,
    options: [...(matters || []).map((matter) => ({ value: `${name}/${matter}`, label: matter })), { value: name, label: `${name}（其他）` }],
  }));
}

/** A closed list of labels as options, in the server's order. */
export const choicesOf = (meta, name) => Object.entries((meta.labels || {})[name] || {}).map(([value, label]) => ({ value, label }));

const GROUPS = [["department", "县直部门"], ["township", "乡镇"], ["committee", "管委会"], ["government", "县政府"], ["village", "村、社区"]];

const ALL = [["discipline", "纪检监察机关"], ["bureau", "信访局"], ...GROUPS, ["joint_meeting", "联席会议"], ["external", "县外机关"]];

/** Whom something may be given to; `everywhere` also the rest of the tree, and one's own office, as a place of meeting is. `which` chooses others. */
const receiving = ({ meta, me, everywhere, which = ({ kind }) => (everywhere ? ALL : GROUPS).some(([one]) => one === kind) }) => (meta.offices || [])
  .filter((office) => (everywhere || office.id !== me.org) && which(office));

/** The offices that may be given something, as options in the order of their groups. */
export const officesOf = (given) => grouped(receiving(given)).flatMap(({ options }) => options);

/** The offices by group, with a box to narrow the list down. Whether one may receive the case, the server decides. */
export function officeField(given, name, label, none = "请选择", hint = undefined) {
  const offices = receiving(given);
  const field = selectField({ name, label, hint, options: [{ value: "", label: none }, ...grouped(offices)] });
  const select = field.querySelector("select");
  const id = `${idOf(name)}-narrow`;
  const narrow = h("input", { type: "search", id, autocomplete: "off" });
  narrow.addEventListener("input", () => {
    const wanted = narrow.value.trim();
    const kept = offices.filter((office) => !wanted || office.name.includes(wanted) || office.short.includes(wanted) || office.duties.some((duty) => duty.includes(wanted)));
    while (select.firstChild) select.firstChild.remove();
    select.append(h("option", { value: "" }, kept.length ? `${none}（${kept.length} 个单位）` : "没有这样的单位"));
    for (const group of grouped(kept)) select.append(h("optgroup", { label: group.label }, group.options.map((one) => h("option", { value: one.value }, one.label))));
    if (kept.length === 1) select.value = kept[0].id;
  });
  return [h("div", { class: "field" }, h("label", { for: id }, "按名称或职责找单位"), narrow), field];
}

function grouped(offices) {
  return ALL.map(([kind, label]) => ({ label, options: offices.filter((office) => office.kind === kind).map((office) => ({ value: office.id, label: office.name })) }))
    .filter(({ options }) => options.length > 0);
}
