/* Signing in with password and authenticator: as the first view, and again in the middle of a step when the session has ended. */
import { busy, h } from "./dom.js";
import { call, session } from "./api.js";
import { digits } from "./dates.js";
import { clearErrors, showErrors, showProblem, textField, valuesOf } from "./forms.js";

export function signInForm({ title, user = "", next }) {
  const button = h("button", { class: "button", type: "submit" }, "登录");
  const form = h("form", { novalidate: true, class: "card signin" },
    title,
    textField({ name: "user", label: "用户名", value: user, autocomplete: "username", autocapitalize: "none", spellcheck: "false" }),
    textField({ name: "password", label: "密码", type: "password", autocomplete: "current-password" }),
    textField({ name: "totp", label: "动态验证码", hint: "手机验证器上的 6 位数字", class: "width-5 code-input", inputmode: "numeric", autocomplete: "one-time-code" }),
    h("div", { class: "actions" }, button));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const typed = valuesOf(form);
    const body = { user: typed.user, password: form.elements.password.value, totp: digits(typed.totp) };
    const missing = [["user", "请填写用户名"], ["password", "请填写密码"], ["totp", "请填写 6 位动态验证码"]]
      .filter(([field]) => !body[field]).map(([field, message]) => ({ field, message }));
    if (missing.length) return showErrors(form, missing);
    clearErrors(form);
    try {
      const opened = await busy(button, "正在登录，请稍候…", () => call("POST", "/staff/sessions", { body }));
      if (!opened) return undefined;
      session.set("staff", { ...opened, user: body.user });
    } catch (problem) {
      return showProblem(form, problem);
    }
    return next();
  });
  return form;
}
