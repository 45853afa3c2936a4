/* Who stands with the petitioner: representatives, joint signers, somebody for whom one files. Used online and at the window. */
import { h } from "./dom.js";
import { digits } from "./dates.js";
import { boxField, idOf, textField } from "./forms.js";

export const REPRESENTATIVES_AT_MOST = 20;
export const SIGNERS_AT_MOST = 500;

export const BLANK_PEOPLE = { representatives: [], joint_signers: [], proxy_name: "", proxy_relation: "", own_phone: "", open_to_join: false };
const LISTS = { representatives: "代表", joint_signers: "联名人" };

/** Two folded parts of the question about oneself; open when something stands in them already. */
export function drawPeople(draft) {
  const forAnother = Boolean(draft.proxy_name || draft.proxy_relation || draft.own_phone);
  const together = Boolean(draft.representatives.length || draft.joint_signers.length || draft.open_to_join);
  return [
    h("details", { open: forAnother }, h("summary", {}, "帮别人反映"), h("div", { class: "people" },
      h("p", { class: "hint" }, "上面写本人的姓名和住址，这里写您自己。刚才验证的手机号算您的，本人随时可以撤销代理。"),
      textField({ name: "proxy/name", label: "代理人（您自己）", value: draft.proxy_name, autocomplete: "off" }),
      textField({ name: "proxy/relation", label: "您是本人的什么人", hint: "例如：女儿、邻居、律师", value: draft.proxy_relation }),
      textField({ name: "phone", label: "本人的电话（选填）", hint: "有的，本人也会收到短信；不要填您自己的", value: draft.own_phone, class: "width-11", inputmode: "tel", autocomplete: "off" }))),
    h("details", { open: together }, h("summary", {}, "多人一起反映"), h("div", { class: "people" },
      h("p", { class: "hint" }, "同一件事只要提一次。可以推选代表，代表也能查进度、收短信；其他人写在联名人里。一起来访的，代表不超过 5 人。"),
      personList("representatives", draft.representatives, REPRESENTATIVES_AT_MOST),
      personList("joint_signers", draft.joint_signers, SIGNERS_AT_MOST),
      boxField({ name: "open_to_join", label: "允许别人凭编号加入，一起反映", hint: "加入的人看不到您是谁、住在哪里", value: draft.open_to_join }))),
  ];
}

export const readPeople = (values) => ({
  representatives: peopleIn(values, "representatives"), joint_signers: peopleIn(values, "joint_signers"),
  proxy_name: values["proxy/name"], proxy_relation: values["proxy/relation"], own_phone: digits(values.phone), open_to_join: values.open_to_join,
});

export function missPeople(draft) {
  const started = draft.proxy_name || draft.proxy_relation || draft.own_phone;
  return [
    ...(started && !draft.proxy_name ? [{ field: "proxy/name", message: "帮别人反映的，请写上代理人是谁" }] : []),
    ...(started && !draft.proxy_relation ? [{ field: "proxy/relation", message: "请填写您是本人的什么人" }] : []),
    ...Object.keys(LISTS).flatMap((list) => draft[list].flatMap((one, index) => (one.name ? [] : [{ field: `${list}/${index}/name`, message: `请填写第 ${index + 1} 位${LISTS[list]}的姓名` }]))),
  ];
}

/** As the interface wants them: only what was filled in. */
export function peopleOf(draft) {
  const body = {};
  for (const list of Object.keys(LISTS)) if (draft[list].length) body[list] = draft[list].map(({ name, phone }) => (phone ? { name, phone } : { name }));
  if (draft.proxy_name) body.proxy = { name: draft.proxy_name, relation: draft.proxy_relation };
  if (draft.own_phone) body.phone = draft.own_phone;
  if (draft.open_to_join) body.open_to_join = true;
  return body;
}

/** The lines of the page on which all is checked. */
export const peopleRows = (draft) => [
  draft.proxy_name && ["代理人", `${draft.proxy_name}（${draft.proxy_relation}）`, "you"],
  draft.representatives.length && ["代表", draft.representatives.map(({ name }) => name).join("，"), "you"],
  draft.joint_signers.length && ["联名人", draft.joint_signers.map(({ name }) => name).join("，"), "you"],
  draft.open_to_join && ["一起反映", "允许别人加入", "you"],
].filter(Boolean);

/** The people of one list, in order, those without any entry left out. */
export function peopleIn(values, list) {
  const found = [];
  for (let index = 0; values[`${list}/${index}/name`] !== undefined; index += 1) {
    const one = { name: values[`${list}/${index}/name`], phone: digits(values[`${list}/${index}/phone`]) };
    if (one.name || one.phone) found.push(one);
  }
  return found;
}

/** Rows of name and telephone that can be added and taken away. */
export function personList(list, people, most) {
  const words = LISTS[list];
  const rows = h("div", {});
  const add = h("button", { class: "button plain", type: "button" }, `加一位${words}`);
  const number = () => {
    Array.from(rows.children).forEach((row, index) => {
      row.querySelector("legend").textContent = `第${index + 1}位${words}`;
      row.querySelector("button").setAttribute("aria-label", `删去第${index + 1}位${words}`);
      for (const field of row.querySelectorAll("[data-field]")) {
        const control = field.querySelector("input");
        field.dataset.field = control.name = `${list}/${index}/${control.dataset.key}`;
        control.id = field.querySelector("label").htmlFor = idOf(control.name);
      }
    });
    add.hidden = rows.children.length >= most;
  };
  const append = ({ name = "", phone = "" } = {}) => {
    const remove = h("button", { class: "button quiet", type: "button" }, "删去");
    const row = h("fieldset", {}, h("legend", {}),
      textField({ name: `${list}/0/name`, label: "姓名", value: name, "data-key": "name", autocomplete: "off" }),
      textField({ name: `${list}/0/phone`, label: "电话（选填）", value: phone, "data-key": "phone", class: "width-11", inputmode: "tel", autocomplete: "off" }), remove);
    remove.addEventListener("click", () => {
      row.remove();
      number();
      add.focus();
      rows.dispatchEvent(new Event("input", { bubbles: true }));
    });
    rows.append(row);
    number();
    return row;
  };
  people.forEach(append);
  number();
  add.addEventListener("click", () => append().querySelector("input").focus());
  return h("div", { class: "field" }, rows, add);
}
