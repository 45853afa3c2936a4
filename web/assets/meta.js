/* Reading the office's dictionary (GET /meta) into the shapes that fields want. */
import { h } from "./dom.js";
import { idOf, selectField } from "./forms.js";

/** Categories as options: a name with children becomes a group. */
export function categoriesOf(meta) {
  return (meta.categories || []).map((category) => {
    const children = category.children || [];
    return children.length
      ? { label: category.label, options: children.map((child) => ({ value: child.id, label: child.label })) }
      : { value: category.id, label: category.label };
  });
}

/** A closed list of labels, as {code: label} or {code: {label, law}}, in the server's order. */
export function choicesOf(meta, name) {
  return Object.entries((meta.labels || {})[name] || {}).map(([value, told]) => (
    typeof told === "string" ? { value, label: told } : { value, label: told.label, hint: told.law }));
}

export const stagesOf = (meta) => choicesOf(meta, "stages");

/** The offices that can receive a case, by group, with a box to narrow the list down. */
export function officeField(meta, name, label, none = "请选择") {
  const offices = (meta.offices || []).filter((office) => office.receives !== false);
  const field = selectField({ name, label, options: [{ value: "", label: none }, ...grouped(offices)] });
  const select = field.querySelector("select");
  const id = `${idOf(name)}-narrow`;
  const narrow = h("input", { type: "search", id, autocomplete: "off" });
  narrow.addEventListener("input", () => {
    const wanted = narrow.value.trim();
    const kept = offices.filter((office) => !wanted || office.name.includes(wanted));
    while (select.firstChild) select.firstChild.remove();
    select.append(h("option", { value: "" }, kept.length ? `${none}（${kept.length} 个单位）` : "没有这个名称的单位"));
    for (const group of grouped(kept)) select.append(h("optgroup", { label: group.label }, group.options.map((one) => h("option", { value: one.value }, one.label))));
    if (kept.length === 1) select.value = kept[0].id;
  });
  return [h("div", { class: "field" }, h("label", { for: id }, "按名称找单位"), narrow), field];
}

function grouped(offices) {
  const groups = new Map();
  for (const office of offices) {
    const words = office.kind_label || "单位";
    if (!groups.has(words)) groups.set(words, []);
    groups.get(words).push({ value: office.id, label: office.name });
  }
  return Array.from(groups, ([label, options]) => ({ label, options }));
}
