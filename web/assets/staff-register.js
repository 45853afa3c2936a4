/* Registering what came by letter, visit, telephone and the like, for somebody who does not do it online (第二十二条). */
import { busy, group, h, loading, settle, show } from "./dom.js";
import { call, loadMeta, newKey, serverToday } from "./api.js";
import { day, digits } from "./dates.js";
import { areaField, boxField, clearErrors, radioField, selectField, showErrors, showProblem, textField, valuesOf } from "./forms.js";
import { categoriesOf, choicesOf } from "./meta.js";
import { signInAgain } from "./staff-do.js";
import { problemCard } from "./staff-problem.js";
import { ticket } from "./ticket.js";
import { peopleIn, personList, REPRESENTATIVES_AT_MOST, SIGNERS_AT_MOST } from "./file-people.js";
import { limitSentence } from "./words.js";

const LEVELS = [["national", "国家"], ["province", "省"], ["city", "市"]];
const FROM_ABOVE = ["from_above", ...LEVELS.map(([level]) => `${level}_received_on`), "above_due"];
const OPTIONAL = ["open_to_join", "level_skipping", "helper", "external_number", "category", "place", ...FROM_ABOVE];
const PERSON = ["name", "phone", "address", "identity_number"];

export async function drawRegister(desk) {
  show(desk.view, loading());
  let meta;
  let today;
  try {
    [meta, today] = await Promise.all([loadMeta(), serverToday()]);
  } catch (problem) {
    if (!desk.refused(problem)) show(desk.view, problemCard("登记", problem, () => drawRegister(desk)));
    return;
  }
  let key = newKey();
  const button = h("button", { class: "button", type: "submit" }, "登记");
  const form = h("form", { novalidate: true }, h("h1", {}, "登记信访事项"),
    h("p", { class: "notice" }, "检举、控告党员、干部和工作人员违纪违法的，不在这里登记：", h("a", { href: "#register-report" }, "登记检举控告"), "（登记后立即密封）。"), fields(meta, today), h("div", { class: "actions" }, button));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const values = valuesOf(form);
    const missing = [!values.channel && { field: "channel", message: "请选择来源" }, !values.kind && { field: "kind", message: "请选择种类" },
      !values.title && { field: "title", message: "请填写标题" }, !values.text && { field: "text", message: "请记下事情的经过" }].filter(Boolean);
    if (missing.length) return showErrors(form, missing);
    clearErrors(form);
    try {
      const receipt = await busy(button, "正在登记，请稍候…", () => call("POST", "/registrations", { body: registrationOf(values), key, as: "staff" }));
      return receipt && drawReceipt(desk, receipt);
    } catch (problem) {
      if (problem.code === "key_reused") key = newKey();
      return problem.status === 401 ? signInAgain(form, desk) : showProblem(form, problem);
    }
  });
  show(desk.view, form);
  settle(desk.view, "登记");
}

function fields(meta, today) {
  return h("div", { class: "register" },
    group("怎么来的",
      selectField({ name: "channel", label: "来源", options: [{ value: "", label: "请选择" }, ...choicesOf(meta, "channels")] }),
      textField({ name: "received_on", label: "收到日期", type: "date", value: today, class: "width-11" }),
      textField({ name: "helper", label: "代录人（选填）", hint: "替信访人填写的工作人员或亲友" }),
      textField({ name: "earlier_case", label: "以前反映过的，填那一件的编号（选填）", hint: "12 位。登记后两件自动关联", class: "width-16", inputmode: "numeric", autocomplete: "off" }),
      textField({ name: "external_number", label: "上级系统编号（选填）" }),
      fromAbove()),
    group("信访人",
      textField({ name: "petitioner/name", label: "姓名" }),
      textField({ name: "petitioner/phone", label: "电话", hint: "手机或带区号的座机，没有可以不填", inputmode: "tel" }),
      textField({ name: "petitioner/address", label: "住址" }),
      textField({ name: "petitioner/identity_number", label: "身份证号（选填）", class: "width-16", autocomplete: "off" }),
      beside()),
    group("反映的事",
      radioField({ name: "kind", label: "种类", options: choicesOf(meta, "kinds"), inline: true }),
      textField({ name: "title", label: "标题", max: 60 }),
      areaField({ name: "text", label: "事情的经过", hint: "按信访人的原话记", max: 10000 }),
      areaField({ name: "claims", label: "诉求（选填）", hint: "一行写一项", class: "short" }),
      textField({ name: "place", label: "地点（选填）" }),
      selectField({ name: "category", label: "类别（选填）", options: [{ value: "", label: "不确定" }, ...categoriesOf(meta)] })));
}

/** Who came along, who acts for somebody else: seldom, so folded away. */
const beside = () => h("details", {}, h("summary", {}, "多人一起来、代理"), h("div", { class: "people" },
  textField({ name: "persons", label: "来了多少人", hint: "一个人来的不填", type: "number", min: 1, class: "width-5", inputmode: "numeric" }),
  h("p", { class: "hint" }, "多人来访应当推选代表，不超过 5 人（第二十条）。"),
  personList("representatives", [], REPRESENTATIVES_AT_MOST),
  personList("joint_signers", [], SIGNERS_AT_MOST),
  textField({ name: "proxy/name", label: "代理人", hint: "替本人来反映的，填代理人；上面填本人", autocomplete: "off" }),
  textField({ name: "proxy/phone", label: "代理人电话", class: "width-11", inputmode: "tel", autocomplete: "off" }),
  textField({ name: "proxy/relation", label: "代理人是本人的什么人", autocomplete: "off" }),
  boxField({ name: "open_to_join", label: "允许别人加入，一起反映" }),
  boxField({ name: "level_skipping", label: "越级来访", hint: "照常登记，做好解释和引导" })));

/** What only a matter handed down from above has, folded away. */
const fromAbove = () => h("details", {}, h("summary", {}, "上级转送、交办下来的"),
  selectField({ name: "from_above", label: "由哪一级转交下来", hint: "信访人最先向哪一级提出", options: [{ value: "", label: "不是上级转交的" }, ...LEVELS.map(([value, label]) => ({ value, label }))] }),
  LEVELS.map(([level, label]) => textField({ name: `${level}_received_on`, label: `${label}收到的日期`, type: "date", class: "width-11" })),
  textField({ name: "above_due", label: "上级要求在哪天前反馈结果", hint: "交办的才有", type: "date", class: "width-11" }));

function registrationOf(values) {
  const petitioner = {};
  for (const name of PERSON) {
    const value = values[`petitioner/${name}`];
    if (value) petitioner[name] = name === "name" || name === "address" ? value : digits(value);
  }
  const body = { channel: values.channel, received_on: values.received_on, kind: values.kind, title: values.title, text: values.text, petitioner };
  for (const name of OPTIONAL) if (values[name]) body[name] = values[name];
  for (const list of ["representatives", "joint_signers"]) {
    const people = peopleIn(values, list);
    if (people.length) body[list] = people.map(({ name, phone }) => (phone ? { name, phone } : { name }));
  }
  const proxy = Object.fromEntries(["name", "phone", "relation"].map((name) => [name, values[`proxy/${name}`]]).filter(([, value]) => value));
  if (proxy.phone) proxy.phone = digits(proxy.phone);
  if (Object.keys(proxy).length) body.proxy = proxy;
  if (values.persons) body.persons = Number(values.persons);
  if (values.earlier_case) body.earlier_case = digits(values.earlier_case);
  const claims = values.claims.split("\n").map((claim) => claim.trim()).filter(Boolean);
  if (claims.length) body.claims = claims;
  return body;
}

function drawReceipt(desk, receipt) {
  show(desk.view, h("div", { class: "narrow" },
    ticket("已登记", receipt),
    (receipt.warnings || []).map((warning) => h("p", { class: "notice warn" }, `${warning.message}（${warning.law}）`)),
    h("p", { class: "notice" }, "请把编号和查询码打印或抄给信访人，查询码不要留底。有手机的，短信也会发出。"),
    h("div", { class: "card" }, h("h2", {}, "承诺日期"), h("ul", {}, (receipt.promises || []).map((promise) => h("li", {}, `最迟 ${day(promise.due)}：${limitSentence(promise)}`)))),
    h("div", { class: "actions" }, h("button", { class: "button", type: "button", onclick: () => window.print() }, "打印回执"),
      h("a", { class: "button plain", href: `#case/${receipt.case_number}` }, "打开这一件"),
      h("button", { class: "button quiet", type: "button", onclick: () => drawRegister(desk) }, "再登记一件"))));
  settle(desk.view, "已登记");
}
