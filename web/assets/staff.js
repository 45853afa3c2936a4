/* The desk of the staff: sign in, and one view per hash. What may be done comes from the server with every case. */
import { busy, h, settle, show } from "./dom.js";
import { call, session } from "./api.js";
import { digits } from "./dates.js";
import { clearErrors, showErrors, showProblem, textField, valuesOf } from "./forms.js";
import { drawList } from "./staff-list.js";
import { drawCase } from "./staff-case.js";
import { drawRegister } from "./staff-register.js";
import { drawMessages } from "./staff-messages.js";

const view = document.getElementById("view");
const nav = document.getElementById("desk-nav");

const VIEWS = [
  { id: "list", words: "待办", draw: drawList },
  { id: "register", words: "登记", draw: drawRegister },
  { id: "messages", words: "消息", draw: drawMessages },
];

/** Every view gets the page and a way to say that the session has ended. */
function draw() {
  const me = session.get("staff");
  drawNav(me);
  if (!me) return drawSignIn();
  const [id, number] = location.hash.slice(1).split("/");
  const desk = { view, me, refused };
  if (id === "case" && /^\d{12}$/.test(number)) return drawCase(desk, number);
  const known = VIEWS.find((one) => one.id === id);
  if (!known) return location.replace("#list");
  return known.draw(desk);
}

/** A dead session leads to the sign-in form and back to the same view; everything else is for the view to tell. */
function refused(problem) {
  if (problem.status !== 401) return false;
  draw();
  return true;
}

function drawNav(me) {
  nav.hidden = !me;
  if (!me) return;
  const now = location.hash.slice(1).split("/")[0];
  show(nav, h("ul", { class: "wrap" },
    VIEWS.map(({ id, words }) => h("li", {}, h("a", { href: `#${id}`, "aria-current": id === now || (id === "list" && now === "case") ? "page" : undefined }, words))),
    h("li", { class: "who" }, h("span", {}, `${me.org_name || me.org} · ${me.name}`), h("button", { type: "button", onclick: signOut }, "退出"))));
}

async function signOut() {
  await call("DELETE", "/sessions/current", { as: "staff" }).catch(() => { /* it ends here in any case, and on the server by itself */ });
  session.clear("staff");
  draw();
}

function drawSignIn() {
  const button = h("button", { class: "button", type: "submit" }, "登录");
  const form = h("form", { novalidate: true, class: "card signin" },
    h("h1", {}, "工作人员登录"),
    textField({ name: "user", label: "用户名", autocomplete: "username", autocapitalize: "none", spellcheck: "false" }),
    textField({ name: "password", label: "密码", type: "password", autocomplete: "current-password" }),
    textField({ name: "totp", label: "动态验证码", hint: "手机验证器上的 6 位数字", class: "width-5 code-input", inputmode: "numeric", autocomplete: "one-time-code" }),
    h("div", { class: "actions" }, button));
  form.addEventListener("submit", (event) => { event.preventDefault(); signIn(form, button); });
  show(view, form);
  settle(view, "工作人员登录");
}

async function signIn(form, button) {
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
  return draw();
}

window.addEventListener("hashchange", draw);
draw();
