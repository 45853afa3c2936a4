/* Which unit may be competent, as one-tap choices above the form of a hand-over. The server says who and why; a person decides. */
import { announce, h, show } from "./dom.js";
import { call } from "./api.js";

/** An empty place that fills when the server has answered; without an answer the form does as before. */
export function proposals(found) {
  const place = h("div", {});
  call("GET", `/cases/${found.case_number}/proposal`, { as: "staff" })
    .then(({ items }) => items.length && show(place, choices(items)))
    .catch(() => {});
  return place;
}

const choices = (items) => h("fieldset", { class: "field" },
  h("legend", {}, "可能有权处理的单位"),
  h("p", { class: "hint" }, "按类别、地点和内容推荐，请核对后确定"),
  h("div", { class: "choices" }, items.map((item) => h("button", { type: "button", class: "button plain proposal", onclick: (event) => choose(event.currentTarget, item) },
    h("strong", {}, item.org_name), h("span", { class: "hint" }, item.why)))));

function choose(button, { org, org_name: name }) {
  const { to } = button.closest("form").elements;
  if (!Array.from(to.options).some(({ value }) => value === org)) to.append(h("option", { value: org }, name));
  to.value = org;
  to.focus();
  announce(`已选${name}，请核对后提交`);
}
