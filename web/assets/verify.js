/* Proving a mobile number by a one-time code: used before filing and to see one's own petitions. */
import { busy, h } from "./dom.js";
import { call, session } from "./api.js";
import { digits } from "./dates.js";
import { clearErrors, showErrors, showProblem, textField, valuesOf } from "./forms.js";

const RESEND_AFTER_S = 60;
const PENDING = "verify.pending";

const pending = () => JSON.parse(sessionStorage.getItem(PENDING) || "{}");

async function sendCode(phone) {
  const { challenge } = await call("POST", "/codes", { body: { phone } });
  sessionStorage.setItem(PENDING, JSON.stringify({ challenge, phone, sent: Date.now() }));
}

/** What is wrong with a mobile number, in words, or nothing. */
export function phoneFault(phone) {
  if (!phone) return "请填写手机号";
  if (!/^\d+$/.test(phone)) return "手机号只能是数字，请检查有没有多打的字";
  if (phone.length !== 11) return `手机号是 11 位数字，您填了 ${phone.length} 位`;
  return phone.startsWith("1") ? "" : "手机号以 1 开头，请检查第一位";
}

export function phoneForm({ title, lead, phone, next }) {
  const button = h("button", { class: "button", type: "submit" }, "获取验证码");
  const form = h("form", { novalidate: true },
    h("h1", {}, title), lead,
    textField({ name: "phone", label: "手机号", hint: "11 位。验证码和办理进展会发到这个号码", type: "tel", class: "width-11", inputmode: "numeric", autocomplete: "tel-national", value: phone || "" }),
    h("div", { class: "actions" }, button));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const typed = digits(valuesOf(form).phone);
    const fault = phoneFault(typed);
    if (fault) return showErrors(form, [{ field: "phone", message: fault }]);
    clearErrors(form);
    try {
      await busy(button, "正在发送，请稍候…", () => sendCode(typed));
    } catch (problem) {
      return showProblem(form, problem, { fallback: "phone" });
    }
    return next(typed);
  });
  return form;
}

export function codeForm({ next, change }) {
  const { phone, sent, challenge } = pending();
  if (!challenge) return null;
  const button = h("button", { class: "button", type: "submit" }, "继续");
  const again = h("button", { class: "button quiet", type: "button" }, "重新发送");
  const form = h("form", { novalidate: true },
    h("h1", {}, "请填写短信验证码"),
    h("p", {}, "验证码已发到 ", h("strong", { class: "digits" }, masked(phone)), "，5 分钟内有效。"),
    textField({ name: "code", label: "6 位验证码", hint: "谁向您要验证码都别给，信访局的人也不会要", type: "text", class: "width-5 code-input", inputmode: "numeric", autocomplete: "one-time-code" }),
    h("div", { class: "actions" }, button, again, h("button", { class: "button quiet", type: "button", onclick: change }, "换个手机号")));
  countDown(again, sent);
  again.addEventListener("click", async () => {
    if (again.getAttribute("aria-disabled") === "true") return;
    try {
      await busy(again, "正在发送…", () => sendCode(phone));
      countDown(again, Date.now());
    } catch (problem) {
      showProblem(form, problem, {});
    }
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const code = digits(valuesOf(form).code);
    if (!/^\d{6}$/.test(code)) return showErrors(form, [{ field: "code", message: code ? "验证码是 6 位数字，请对照短信" : "请填写短信里的验证码" }]);
    clearErrors(form);
    try {
      await busy(button, "正在核对，请稍候…", () => open(code));
    } catch (problem) {
      return showProblem(form, problem, { fallback: "code", places: () => "code" });
    }
    return next(phone);
  });
  return form;
}

async function open(code) {
  const { phone, challenge } = pending();
  const opened = await call("POST", "/sessions", { body: { challenge, phone, code } });
  session.set("petitioner", { token: opened.token, phone });
  sessionStorage.removeItem(PENDING);
}

function countDown(button, sent) {
  const timer = setInterval(tick, 1000);
  function tick() {
    const left = Math.ceil(RESEND_AFTER_S - (Date.now() - sent) / 1000);
    const wait = left > 0 && left <= RESEND_AFTER_S;
    if (wait) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
    button.textContent = wait ? `${left} 秒后可重新发送` : "重新发送";
    if (!wait) clearInterval(timer);
  }
  tick();
}

export const masked = (phone) => `${phone.slice(0, 3)}****${phone.slice(7)}`;
