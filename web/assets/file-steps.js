/* The questions of the filing form, in order: each knows how to draw itself, what it reads and what it misses. */
import { h } from "./dom.js";
import { letters, digits } from "./dates.js";
import { drawPeople, missPeople, readPeople } from "./file-people.js";
import { areaField, idOf, radioField, selectField, textField } from "./forms.js";

const TITLE_MAX = 60;
const TEXT_MAX = 10000;
const CLAIM_MAX = 300;
const CLAIMS_AT_MOST = 10;

export const KINDS = [
  { value: "grievance", label: "求解决、申诉", hint: "自己的权益受到影响，请求帮助解决" },
  { value: "suggestion", label: "提建议", hint: "对工作、对政策有意见和建议" },
  { value: "consultation", label: "问政策", hint: "不清楚规定，想问明白" },
];

/** A question: id, heading, the fields it owns, draw(draft, meta) -> nodes, read(values) -> part of the draft, miss(draft) -> errors. */
export const QUESTIONS = [
  {
    id: "kind", heading: "您要办哪一种事？", fields: ["kind"],
    draw: (draft) => [
      radioField({ name: "kind", label: "请选一种", value: draft.kind, options: KINDS }),
      h("p", {}, h("a", { class: "inline-target", href: "#guide" }, "不确定该怎么选？一步步问我")),
      h("details", {}, h("summary", {}, "检举干部违纪违法，或者事情已经在法院、仲裁、复议"),
        h("p", {}, "检举党员、干部违纪违法，请走", h("a", { href: "report.html" }, "检举控告"), "的单独通道，或者打纪检监察机关的电话 ", h("a", { href: "tel:12388" }, "12388"), "。"),
        h("p", {}, "诉讼、仲裁、行政复议能解决的事，由法律规定的单位办理，而且有期限，请别误了日子。您仍然可以在这里反映，我们会告诉您该找谁。")),
    ],
    read: (values) => ({ kind: values.kind || "" }),
    miss: (draft) => need(draft.kind, "kind", "请选择您要办哪一种事"),
  },
  {
    id: "matter", heading: "出了什么事？", fields: ["title", "text"],
    draw: (draft) => [
      textField({ name: "title", label: "用一句话说明", hint: "例如：青山镇东街路灯坏了两个月没人修", value: draft.title, max: TITLE_MAX }),
      areaField({ name: "text", label: "事情的经过", hint: "什么时候、在哪里、发生了什么、找过谁。手机上可以点键盘的话筒说话", value: draft.text, max: TEXT_MAX }),
    ],
    read: (values) => ({ title: values.title, text: values.text }),
    miss: (draft) => [
      ...need(draft.title, "title", "请用一句话说明是什么事"), ...tooLong(draft.title, TITLE_MAX, "title", "这一句话"),
      ...need(draft.text, "text", "请写一写事情的经过"), ...tooLong(draft.text, TEXT_MAX, "text", "事情的经过"),
    ],
  },
  {
    id: "claims", heading: "您希望怎样解决？", fields: ["claims"],
    draw: (draft) => [
      h("p", { class: "hint" }, "一项一项写，每一项都会答复您。没有具体要求的，可以空着。"),
      claimList(draft.claims.length ? draft.claims : [""]),
    ],
    read: (values) => ({ claims: Object.keys(values).filter((name) => name.startsWith("claims/")).map((name) => values[name]).filter(Boolean) }),
    miss: (draft) => draft.claims.flatMap((claim, index) => tooLong(claim, CLAIM_MAX, `claims/${index}`, `第 ${index + 1} 项要求`)),
  },
  {
    id: "where", heading: "在哪里，属于哪一类？", fields: ["place", "category"],
    draw: (draft, meta) => [
      textField({ name: "place", label: "事情发生在哪里（选填）", hint: "乡镇、村或社区，门牌或大致位置", value: draft.place }),
      meta.categories.length > 0 && selectField({ name: "category", label: "属于哪一类（选填）", hint: "拿不准就不选，工作人员会看", value: draft.category, options: [{ value: "", label: "不确定" }, ...meta.categories] }),
    ],
    read: (values) => ({ place: values.place, category: values.category || "" }),
    miss: () => [],
  },
  {
    id: "you", heading: "怎么称呼您？", fields: ["name", "address", "identity_number", "representatives", "joint_signers", "proxy", "phone", "open_to_join"],
    draw: (draft) => [
      h("p", { class: "hint" }, "这些只给办理这件事的工作人员看。"),
      textField({ name: "name", label: "姓名", value: draft.name, autocomplete: "name" }),
      textField({ name: "address", label: "住址", hint: "书面告知和答复要用，请写到门牌", value: draft.address, autocomplete: "street-address" }),
      textField({ name: "identity_number", label: "身份证号（选填）", hint: "18 位。不填也能反映", value: draft.identity_number, class: "width-16", autocomplete: "off" }),
      drawPeople(draft),
    ],
    read: (values) => ({ ...readPeople(values), name: values.name, address: values.address, identity_number: digits(values.identity_number).toUpperCase() }),
    miss: (draft) => [
      ...need(draft.name, "name", "请填写姓名"), ...need(draft.address, "address", "请填写住址，书面答复要用"),
      ...(draft.identity_number && draft.identity_number.length !== 18
        ? [{ field: "identity_number", message: `身份证号是 18 位，您填了 ${draft.identity_number.length} 位` }] : []),
      ...missPeople(draft),
    ],
  },
];

const need = (value, field, message) => (value ? [] : [{ field, message }]);
const tooLong = (value, max, field, what) => (letters(value) > max ? [{ field, message: `${what}最多 ${max} 字，现在多了 ${letters(value) - max} 字` }] : []);

/** The question that asks for this field ("claims/2" belongs to "claims"). */
export const questionOf = (field) => QUESTIONS.find((question) => question.fields.includes(field.split("/")[0]));

function claimList(claims) {
  const list = h("div", {});
  const add = h("button", { class: "button plain", type: "button" }, "再加一项要求");
  const number = () => {
    const fields = Array.from(list.children);
    fields.forEach((field, index) => {
      const control = field.querySelector("textarea");
      const name = `claims/${index}`;
      Object.assign(control, { name, id: idOf(name) });
      field.dataset.field = name;
      field.querySelector("label").textContent = `您的第${index + 1}项要求`;
      field.querySelector("label").htmlFor = control.id;
      const remove = field.querySelector("button");
      remove.setAttribute("aria-label", `删去第${index + 1}项要求`);
      remove.hidden = fields.length === 1;
    });
    add.hidden = fields.length >= CLAIMS_AT_MOST;
  };
  const append = (text) => {
    const field = h("div", { class: "field" },
      h("div", { class: "claim-head" }, h("label", {}), h("button", { class: "button quiet", type: "button" }, "删去")),
      h("textarea", { class: "short" }));
    field.querySelector("textarea").value = text;
    field.querySelector("button").addEventListener("click", () => {
      const other = field.previousElementSibling || field.nextElementSibling;
      field.remove();
      number();
      other.querySelector("textarea").focus();
    });
    list.append(field);
    number();
    return field;
  };
  claims.forEach(append);
  add.addEventListener("click", () => append("").querySelector("textarea").focus());
  return [list, add];
}
