/* Writing down a report of misconduct that came by letter, visit or telephone (第二十二条、第三十条): sealed at once. Nothing is kept on this machine: no draft, and after the receipt no form. */
import { busy, h, loading, settle, show } from "./dom.js";
import { call, loadMeta, newKey, serverToday } from "./api.js";
import { day, digits, inFours, inThrees } from "./dates.js";
import { areaField, clearErrors, radioField, showErrors, showProblem, textField, valuesOf } from "./forms.js";
import { drawFields, readFields } from "./step-form.js";
import { problemCard } from "./staff-problem.js";

const OFFICES = [{ name: "accused", label: "被检举的单位", hint: "可以选几个", input: "offices" }];
const CHANNELS = [{ value: "letter", label: "来信" }, { value: "visit", label: "来访" }, { value: "phone", label: "来电" }];
const OPTIONAL = ["documents", "name", "address"];
const off = { autocomplete: "off" };

export async function drawRegisterReport(desk) {
  show(desk.view, loading());
  try {
    const [meta, today] = await Promise.all([loadMeta(), serverToday()]);
    drawForm(desk, meta, today);
  } catch (problem) {
    if (!desk.refused(problem)) show(desk.view, problemCard("登记检举控告", problem, () => drawRegisterReport(desk)));
  }
}

const warning = () => h("div", { class: "notice warn" },
  h("p", {}, h("strong", {}, "登记以后，内容立即密封。"), "这里不再显示，您也不能再查看、查找或者修改；只有有权处理的机关看得到全部内容，也看得到是谁登记的。"),
  h("ul", {},
    h("li", {}, "登记完，把打印的回执当面交给检举人。"),
    h("li", {}, "检举的是您的单位、上级单位或者其中的人员：不要登记，也不要拒绝，请检举人拨打 12388 或者直接到纪检监察机关。"),
    h("li", {}, "不得向被检举的人员和单位透露，也不得转给他们（《信访工作条例》第三十条第三款）。")));

function drawForm(desk, meta, today) {
  let key = newKey();
  const button = h("button", { class: "button", type: "submit" }, "登记并密封");
  const form = h("form", { novalidate: true, id: "register-report", ...off },
    group("怎么来的",
      radioField({ name: "channel", label: "来源", options: CHANNELS, inline: true }),
      textField({ name: "received_on", label: "收到日期", hint: "来信写收到的那一天，期限从这一天算起", type: "date", value: today, class: "width-11" })),
    group("检举的内容",
      textField({ name: "title", label: "用一句话说明检举什么", max: 60, ...off }),
      areaField({ name: "people", label: "检举谁", hint: "写明姓名和职务，一行写一个人；只检举单位的，可以空着", class: "short", ...off }),
      h("details", {}, h("summary", {}, "选择被检举的单位（选填）"), drawFields(OFFICES, { meta, me: {}, everywhere: true })),
      areaField({ name: "text", label: "事情的经过", hint: "按检举人的原话记：时间、地点、什么人、做了什么，有什么证据", max: 10000, ...off }),
      areaField({ name: "documents", label: "随附的材料（选填）", hint: "写明有哪些、几页；原件密封保管，随件移交", class: "short", ...off })),
    group("检举人",
      h("p", { class: "hint" }, "不愿意写姓名的，都空着，就是匿名。"),
      textField({ name: "name", label: "姓名（选填）", ...off }),
      textField({ name: "phone", label: "电话（选填）", class: "width-11", inputmode: "tel", ...off }),
      textField({ name: "address", label: "住址（选填）", ...off })),
    h("p", { class: "hint" }, "填的内容不存在这台机器上，刷新或者离开这一页就没有了。"),
    h("div", { class: "actions" }, button, h("a", { class: "button quiet", href: "#list" }, "不登记，清除")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = reportOf(form);
    const missing = [
      !body.channel && { field: "channel", message: "请选择来源" },
      !body.received_on && { field: "received_on", message: "请填写收到日期" },
      !body.title && { field: "title", message: "请用一句话说明检举什么" },
      !body.people && !(body.accused || []).length && { field: "people", message: "请写明检举谁，或者选择被检举的单位，至少一个" },
      !body.text && { field: "text", message: "请记下事情的经过" },
    ].filter(Boolean);
    if (missing.length) return showErrors(form, missing);
    clearErrors(form);
    try {
      const receipt = await busy(button, "正在密封，请稍候…", () => call("POST", "/reports/registrations", { body, key, as: "staff" }));
      return receipt && drawReceipt(desk, receipt, meta);
    } catch (problem) {
      if (problem.code === "key_reused") key = newKey();
      if ((problem.errors || []).some(({ code }) => code === "taken_in_elsewhere")) return drawElsewhere(desk, problem);
      return showProblem(form, problem);
    }
  });
  show(desk.view, h("h1", {}, "登记检举控告"), warning(), form);
  settle(desk.view, "登记检举控告");
}

const group = (words, ...content) => h("fieldset", { class: "card" }, h("legend", { class: "visually-hidden" }, words), h("h2", { "aria-hidden": "true" }, words), content);

function reportOf(form) {
  const values = valuesOf(form);
  const people = values.people.split("\n").map((line) => line.trim()).filter(Boolean);
  const body = { channel: values.channel, received_on: values.received_on, title: values.title, text: values.text, ...(people.length ? { people } : {}), ...readFields(OFFICES, form) };
  for (const name of OPTIONAL) if (values[name]) body[name] = values[name];
  if (values.phone) body.phone = digits(values.phone);
  return body;
}

/** Whoever works for the accused keeps nothing of it, not even on the screen. */
function drawElsewhere(desk, problem) {
  show(desk.view, h("div", { class: "narrow" }, h("h1", {}, problem.title),
    h("div", { class: "notice warn", role: "alert" }, h("p", {}, problem.detail), problem.law && h("p", { class: "hint" }, `《信访工作条例》${problem.law}`)),
    h("p", {}, "没有登记，填写的内容已经清除。"),
    h("p", {}, "纪检监察机关举报电话 ", h("a", { href: "tel:12388", class: "digits inline-target" }, "12388")),
    h("div", { class: "actions" }, h("a", { class: "button plain", href: "#list" }, "回到待办"))));
  settle(desk.view, problem.title);
}

const grouped = (text) => text.split(" ").map((part) => h("span", { class: "group" }, part));

/** What is printed says nothing of whom or what the report is about. */
function drawReceipt(desk, { case_number: number, query_code: code, received_on: on }, meta) {
  const bureau = (meta.offices.find(({ id }) => id === meta.bureau) || { name: "信访部门" }).name;
  show(desk.view, h("div", { class: "narrow" },
    h("div", { class: "ticket" }, h("h1", {}, "已收到"), h("dl", {},
      h("div", {}, h("dt", {}, "编号"), h("dd", { id: "case-number", "data-value": number }, grouped(inThrees(number)))),
      h("div", {}, h("dt", {}, "查询码"), h("dd", { id: "query-code", "data-value": code }, grouped(inFours(code))))),
      h("p", {}, `收到日期：${day(on)}`)),
    h("p", { class: "notice" }, "凭这两个号，在网上“查询进度”能查到办到哪个阶段，不显示内容。请收好，别给任何人；丢了，谁也补不回来。"),
    h("div", { class: "notice warn no-print" }, h("ul", {},
      h("li", {}, "这一页只显示一次。打印后当面交给检举人，不抄录、不留底；来电的，念给检举人记下。"),
      h("li", {}, "来信和材料的原件当天密封，回执放在里面，转交", bureau, "；检举它或者它的人员的，直接转交纪检监察机关。不复印、不传阅。"))),
    h("div", { class: "actions" }, h("button", { class: "button", type: "button", onclick: () => window.print() }, "打印回执"),
      h("button", { class: "button plain", type: "button", onclick: () => drawRegisterReport(desk) }, "清除，再登记一件"),
      h("a", { class: "button quiet", href: "#list" }, "清除，回到待办"))));
  settle(desk.view, "回执");
}
