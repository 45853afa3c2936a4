/* Writing down a report of misconduct that came by letter, visit or telephone (第二十二条、第三十条): sealed at once. Nothing is kept on this machine: no draft, and after the receipt no form. */
import { busy, group, h, loading, settle, show } from "./dom.js";
import { call, loadMeta, newKey, serverToday } from "./api.js";
import { digits, fullDay } from "./dates.js";
import { areaField, clearErrors, radioField, showErrors, showProblem, textField, told, valuesOf } from "./forms.js";
import { officeOf } from "./meta.js";
import { PEOPLE_HINT, accusationOf, accusedOffices, missingIn } from "./report-form.js";
import { signInAgain } from "./staff-do.js";
import { problemCard } from "./staff-problem.js";
import { ticket } from "./ticket.js";

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
      areaField({ name: "people", label: "检举谁", hint: PEOPLE_HINT, class: "short", ...off }),
      accusedOffices(meta),
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
      ...missingIn(body, "请记下事情的经过"),
    ].filter(Boolean);
    if (missing.length) return showErrors(form, missing);
    clearErrors(form);
    try {
      const receipt = await busy(button, "正在密封，请稍候…", () => call("POST", "/reports/registrations", { body, key, as: "staff" }));
      return receipt && drawReceipt(desk, receipt, meta);
    } catch (problem) {
      if (problem.code === "key_reused") key = newKey();
      if (problem.status === 401) return signInAgain(form, desk);
      if ((problem.errors || []).some(({ code }) => code === "taken_in_elsewhere")) return drawElsewhere(desk, problem);
      return showProblem(form, problem);
    }
  });
  show(desk.view, h("h1", {}, "登记检举控告"), warning(), form);
  settle(desk.view, "登记检举控告");
}

function reportOf(form) {
  const values = valuesOf(form);
  const body = { channel: values.channel, received_on: values.received_on, ...accusationOf(form) };
  for (const name of OPTIONAL) if (values[name]) body[name] = values[name];
  if (values.phone) body.phone = digits(values.phone);
  return body;
}

/** Whoever works for the accused keeps nothing of it, not even on the screen. */
function drawElsewhere(desk, problem) {
  show(desk.view, h("div", { class: "narrow" }, h("h1", {}, problem.title),
    h("div", { class: "notice warn", role: "alert" }, told(problem).slice(1)),
    h("p", {}, "没有登记，填写的内容已经清除。"),
    h("p", {}, "纪检监察机关举报电话 ", h("a", { href: "tel:12388", class: "digits inline-target" }, "12388")),
    h("div", { class: "actions" }, h("a", { class: "button plain", href: "#list" }, "回到待办"))));
  settle(desk.view, problem.title);
}

/** What is printed says nothing of whom or what the report is about. */
function drawReceipt(desk, receipt, meta) {
  const bureau = officeOf(meta).name;
  show(desk.view, h("div", { class: "narrow" },
    ticket("已收到", receipt, { after: h("p", {}, `收到日期：${fullDay(receipt.received_on)}`) }),
    h("p", { class: "notice" }, "凭这两个号，在网上“查询进度”能查到办到哪个阶段，不显示内容。请收好，别给任何人；丢了，谁也补不回来。"),
    h("div", { class: "notice warn no-print" }, h("ul", {},
      h("li", {}, "这一页只显示一次。打印后当面交给检举人，不抄录、不留底；来电的，念给检举人记下。"),
      h("li", {}, "来信和材料的原件当天密封，回执放在里面，转交", bureau, "；检举该局或者其工作人员的，直接转交纪检监察机关。不复印、不传阅。"))),
    h("div", { class: "actions" }, h("button", { class: "button", type: "button", onclick: () => window.print() }, "打印回执"),
      h("button", { class: "button plain", type: "button", onclick: () => drawRegisterReport(desk) }, "清除，再登记一件"),
      h("a", { class: "button quiet", href: "#list" }, "清除，回到待办"))));
  settle(desk.view, "回执");
}
