/* The people of the journeys: petitioners with a telephone of their own, staff with password and authenticator. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { randomInt, randomUUID } from "node:crypto";
import { ROOT } from "./stack.mjs";

export const PASSWORD = "Sunlight-2026!";
const ARRIVES_WITHIN_MS = 90000;

export const newPhone = () => `138${String(randomInt(1e8)).padStart(8, "0")}`;

export async function messages(rig, phone) {
  const answer = await fetch(`${rig.base}/_local/sms?phone=${phone}`);
  assert.equal(answer.status, 200, "the local stack shows the text messages it sent");
  return answer.json();
}

/** Waits for a text message to this phone; `after` is how many had come before. */
export async function messageTo(rig, phone, pattern, after = 0) {
  for (const end = Date.now() + ARRIVES_WITHIN_MS; Date.now() < end; await new Promise((wake) => setTimeout(wake, 500))) {
    for (const { text } of (await messages(rig, phone)).slice(after)) {
      const match = pattern.exec(text);
      if (match) return match;
    }
  }
  throw new Error(`no text message like ${pattern} came within ${ARRIVES_WITHIN_MS / 1000} s`);
}

function oneTimeCode(rig, user) {
  const told = execFileSync("make", ["-s", "totp", `USER=${user}`], { cwd: ROOT, env: rig.environment, encoding: "utf8" });
  return /\b\d{6}\b/.exec(told)[0];
}

/** A code that this user has not signed in with yet: none counts twice. */
export async function freshCode(rig, user) {
  for (const end = Date.now() + 65000; Date.now() < end; await new Promise((wake) => setTimeout(wake, 1000))) {
    const code = oneTimeCode(rig, user);
    if (code !== rig.codes[user]) return (rig.codes[user] = code);
  }
  throw new Error(`the authenticator of ${user} stands still`);
}

/** Signs in on the page; the session is kept so that the same code is never used twice. */
export async function signIn(rig, page, user) {
  await page.goto("/staff.html");
  await page.getByLabel("用户名").fill(user);
  await page.getByLabel("密码").fill(PASSWORD);
  await page.getByLabel("动态验证码").fill(await freshCode(rig, user));
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await page.getByRole("heading", { name: "待办" }).waitFor();
  rig.sessions[user] = ["staff", await page.evaluate(() => sessionStorage.getItem("session.staff"))];
}

/** Proves the phone on the filing page and returns when the first question stands there. */
export async function verifyPhone(rig, page, phone) {
  await page.goto("/file.html");
  await page.getByLabel("手机号").fill(phone);
  await page.getByRole("button", { name: "获取验证码" }).click();
  const [, code] = await messageTo(rig, phone, /验证码(\d{6})/);
  await page.getByLabel("6 位验证码").fill(code);
  await page.getByRole("button", { name: "继续" }).click();
  await page.getByRole("heading", { name: "您要办哪一种事？" }).waitFor();
}

export const STREET_LAMPS = {
  title: "青山镇东街路灯坏了两个月没人修",
  text: "9月中旬起，东街菜市场到小学这一段12盏路灯全部不亮。孩子放晚自习看不见路，已有两位老人摔倒。\n10月8日向社区反映，说已上报，至今没有修。",
  claims: ["尽快修好东街路灯", "说明两个月没有修的原因"],
  name: "张三",
  address: "青山镇东街12号",
};

/** Answers the questions up to the page that is to be checked. */
export async function answerQuestions(page, matter, { beforeNext = async () => {} } = {}) {
  const next = async (heading) => {
    await beforeNext();
    await page.getByRole("button", { name: "继续" }).click();
    await page.getByRole("heading", { name: heading }).waitFor();
  };
  await page.getByText("求解决、申诉").click();
  await next("出了什么事？");
  await page.getByLabel("用一句话说明").fill(matter.title);
  await page.getByLabel("事情的经过").fill(matter.text);
  await next("您希望怎样解决？");
  for (const [index, claim] of matter.claims.entries()) {
    if (index) await page.getByRole("button", { name: "再加一项要求" }).click();
    await page.getByLabel(`您的第${index + 1}项要求`, { exact: true }).fill(claim);
  }
  await next("在哪里，属于哪一类？");
  await page.getByLabel("事情发生在哪里").fill("青山镇东街");
  await next("怎么称呼您？");
  await page.getByLabel("姓名").fill(matter.name);
  await page.getByLabel("住址").fill(matter.address);
  await next("请核对，然后提交");
}

export async function submit(page) {
  await page.getByRole("button", { name: "确认提交" }).click();
  await page.getByRole("heading", { name: "已登记" }).waitFor();
  return {
    number: await page.locator("#case-number").getAttribute("data-value"),
    code: await page.locator("#query-code").getAttribute("data-value"),
  };
}

/** Files the matter of the street lamps and hands back its number and query code. */
export async function file(rig, page, phone, matter = STREET_LAMPS) {
  await verifyPhone(rig, page, phone);
  await answerQuestions(page, matter);
  return submit(page);
}

export async function track(page, { number, code }) {
  await page.goto("/track.html");
  await page.getByLabel("编号", { exact: true }).fill(number);
  await page.getByLabel("查询码", { exact: true }).fill(code);
  await page.getByRole("button", { name: "查询", exact: true }).click();
}

/** What is not the matter of this page goes the short way: a call with the session of who does it. */
export async function say(rig, user, path, body, version) {
  const { token } = JSON.parse(rig.sessions[user][1]);
  const answer = await fetch(`${rig.base}/api${path}`, {
    method: "POST", body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}`, "Idempotency-Key": randomUUID(), ...(version ? { "If-Match": `"${version}"` } : {}) },
  });
  const told = await answer.json();
  assert.ok(answer.ok, `${path}: ${JSON.stringify(told)}`);
  return told;
}
