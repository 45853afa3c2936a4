/* Administrators: next year's days off are laid down by one and confirmed by another; what the nightly check found. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DESKTOP, PHONE, assertSound, shoot, visit } from "../browser.mjs";
import { PASSWORD, freshCode, say, signIn } from "../people.mjs";

const OFF = ["2027-01-01", "2027-02-05", "2027-02-06", "2027-02-07", "2027-02-08", "2027-02-09", "2027-04-05", "2027-05-01", "2027-05-02", "2027-06-09", "2027-09-15", "2027-10-01", "2027-10-02", "2027-10-03"];
const CSV = ["日期,安排", ...OFF.map((day) => `${day},放假`), "2027-01-30,上班", "2027-10-09,上班"].join("\n");

async function signedIn(rig, user, screen, refusals = []) {
  const page = await visit(rig, screen, { refusals });
  await page.goto("/staff.html");
  await page.getByLabel("用户名").fill(user);
  await page.getByLabel("密码").fill(PASSWORD);
  await page.getByLabel("动态验证码").fill(await freshCode(rig, user));
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await page.getByRole("heading", { name: "工作日历", exact: true }).waitFor();
  return page;
}

/** A matter whose sixty days end in a year that has no notice yet: its date is provisional. */
async function accepted(rig) {
  for (const user of ["bureau1", "housing-clerk"]) {
    if (rig.sessions[user]) continue;
    const page = await visit(rig, DESKTOP);
    await signIn(rig, page, user);
    await page.close();
  }
  const received = (await (await fetch(`${rig.base}/_local/clock`)).json()).now.slice(0, 10);
  const { case_number: number } = await say(rig, "bureau1", "/registrations", { channel: "letter", received_on: received, kind: "grievance", title: "小区井盖破损", text: "井盖破了三个月。", petitioner: { name: "冯春", address: "城关镇二社区" } });
  await say(rig, "bureau1", `/cases/${number}/forward`, { to: "housing" }, 1);
  await say(rig, "housing-clerk", `/cases/${number}/accept`, { track: "petition_procedure", undertaker: "李工" }, 2);
  return number.replace(/(\d{3})(?=\d)/g, "$1 ");
}

/** In the page: what is sent there next arrives, and the answer does not. */
function loseOneAnswer(path) {
  const { fetch } = window;
  window.fetch = async (url, request) => {
    const answer = await fetch(url, request);
    if (request.method !== "POST" || !url.endsWith(path)) return answer;
    window.fetch = fetch;
    throw new TypeError("the answer is lost");
  };
}

const MOVES = /事项.*期限.*原来的日期.*改为/s;

export function admins(rig) {
  test("days off are laid down by one administrator, looked at, and confirmed by another", async () => {
    const matter = await accepted(rig);
    const page = await signedIn(rig, "admin1", DESKTOP, [422]);
    assert.equal(await page.getByRole("link", { name: "待办" }).count(), 0, "an administrator reads no case");
    await page.getByText(/工作日历不足九十天/).waitFor();
    const form = page.getByRole("form", { name: "录入放假安排" });
    await form.getByLabel("哪一年").fill("2027");
    await form.getByLabel("文件名称和文号").fill("国办发明电〔2026〕8号");
    await form.getByLabel("放假和调休上班的日子").fill(`${CSV}\n2027-03-03,上班`);
    await form.getByRole("button", { name: "录入，等候确认" }).click();
    await page.getByRole("alert").getByText(/不是周六、周日，不能写为调休上班/).waitFor();
    assert.equal(await form.getByLabel("放假和调休上班的日子").getAttribute("aria-invalid"), "true");
    await assertSound(page, "a notice that is wrong");
    await shoot(page, "desktop-days-off-wrong");
    await form.getByLabel("选文件").setInputFiles({ name: "2027.csv", mimeType: "text/csv", buffer: Buffer.from(CSV) });
    await page.waitForFunction((text) => document.querySelector('[name="content"]').value === text, CSV);
    await page.evaluate(loseOneAnswer, "/calendar/notices");
    await form.getByRole("button", { name: "录入，等候确认" }).click();
    await page.getByRole("alert").getByText("没有连上网络", { exact: true }).waitFor();
    await form.getByRole("button", { name: "录入，等候确认" }).click();
    await page.getByText("2027年放假安排已录入，等候另一位管理员确认。").waitFor();
    assert.equal(await page.locator("[data-notice]").count(), 1, "it went through the first time, and the second press says so");
    const laid = page.locator("[data-notice]").first();
    await laid.getByText("等候确认").waitFor();
    assert.equal(await laid.getByRole("button", { name: "确认生效" }).count(), 0, "nobody confirms his own");
    await laid.getByRole("button", { name: "看会动哪些日期" }).click();
    await laid.getByRole("row").filter({ hasText: matter }).getByText("不再是暂定").waitFor();
    assert.match(await laid.getByRole("table").textContent(), MOVES);
    await assertSound(page, "a notice that waits");
    await shoot(page, "desktop-days-off");
    await page.getByRole("link", { name: "核对清单" }).click();
    await page.getByRole("heading", { name: "核对清单", exact: true }).waitFor();
    await page.getByRole("heading", { name: "每日完整率" }).waitFor();
    await assertSound(page, "the findings");
    await shoot(page, "desktop-findings");
    await page.getByRole("button", { name: "已处理" }).click();
    await page.locator('#done-true[aria-pressed="true"]').waitFor();
    await page.close();

    const second = await signedIn(rig, "security1", PHONE);
    assert.equal(await second.getByRole("form", { name: "录入放假安排" }).count(), 0);
    const waiting = second.locator("[data-notice]").first();
    assert.equal(await waiting.getByRole("button", { name: "确认生效" }).count(), 0, "nobody confirms what he has not looked at");
    await waiting.getByRole("button", { name: "看会动哪些日期" }).click();
    await waiting.locator("tr").filter({ hasText: matter }).getByText("不再是暂定").waitFor();
    await assertSound(second, "a notice looked at on a phone");
    await shoot(second, "phone-days-off");
    await waiting.getByRole("button", { name: "确认生效" }).click();
    await second.getByText("2027年放假安排已经生效。").waitFor();
    await second.locator("[data-notice]").first().getByText("已经生效").waitFor();
    assert.equal(await second.getByText(/工作日历不足九十天/).count(), 0);
    await assertSound(second, "a notice in force on a phone");
    await second.close();
  });
}
