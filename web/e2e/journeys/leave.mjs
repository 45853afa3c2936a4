/* Leave: a head says when he is away, his people see it, and the administrator ends it for him. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DESKTOP, PHONE, assertSound, shoot, visit } from "../browser.mjs";
import { PASSWORD, freshCode, signIn } from "../people.mjs";

const daysFrom = (iso, days) => new Date(Date.parse(iso.slice(0, 10)) + days * 86400000).toISOString().slice(0, 10);
const today = async (rig) => (await (await fetch(`${rig.base}/_local/clock`)).json()).now;

async function at(rig, user, screen, refusals = []) {
  const page = await visit(rig, screen, { session: rig.sessions[user], refusals });
  await page.goto("/staff.html");
  if (!rig.sessions[user]) await signIn(rig, page, user);
  await page.getByRole("link", { name: "请假", exact: true }).click();
  await page.getByRole("heading", { name: "请假登记" }).waitFor();
  return page;
}

export function leave(rig) {
  // features: 60
  test("a head says when he is away, his people see it, and it is ended", async () => {
    const now = await today(rig);
    const page = await at(rig, "housing-head", DESKTOP, [422]);
    const row = page.locator('[data-user="housing-head"]');
    await row.getByText("✓ 在岗").waitFor();
    await row.getByRole("button", { name: "登记请假" }).click();
    const form = page.getByRole("form", { name: /^请假登记/ });
    await form.getByRole("button", { name: "确认登记" }).click();
    await page.getByRole("alert").getByText("请填写到哪天止").waitFor();
    await form.getByLabel("从哪天起").fill(daysFrom(now, 3));
    await form.getByLabel("到哪天止").fill(daysFrom(now, 1));
    await form.getByRole("button", { name: "确认登记" }).click();
    await page.getByRole("alert").getByText("结束日期不能早于开始日期").waitFor();
    await assertSound(page, "days of leave that cannot be");
    await form.getByLabel("从哪天起").fill(now.slice(0, 10));
    await form.getByLabel("到哪天止").fill(daysFrom(now, 4));
    await form.getByText(/日至.*日的提醒将发给同岗位在岗的人；没有的，发给上一级。/).waitFor();
    await shoot(page, "desktop-leave-form");
    await form.getByRole("button", { name: "确认登记" }).click();
    await page.locator(".notice.good").getByText(/月\d+日至.*月\d+日的提醒将发给同岗位在岗的人；没有的，发给上一级。/).waitFor();
    await row.getByText("◆ 请假中").waitFor();
    await assertSound(page, "a leave that was set");
    await shoot(page, "desktop-leave");
    await page.close();

    const clerk = await at(rig, "housing-clerk", PHONE);
    const seen = clerk.locator('[data-user="housing-head"]');
    await seen.getByText("◆ 请假中").waitFor();
    assert.equal(await seen.getByRole("button").count(), 0, "a clerk sees it and has no say");
    assert.equal(await clerk.locator('[data-user="bureau1"]').count(), 0, "another office's leave is its own affair");
    await assertSound(clerk, "who is away, on a phone");
    await shoot(clerk, "phone-leave");
    await clerk.close();
  });

  test("an administrator ends it for who cannot, and finds nobody who is not there", async () => {
    const page = await visit(rig, DESKTOP, { refusals: [404] });
    await page.goto("/staff.html");
    await page.getByLabel("用户名").fill("admin1");
    await page.getByLabel("密码").fill(PASSWORD);
    await page.getByLabel("动态验证码").fill(await freshCode(rig, "admin1"));
    await page.getByRole("button", { name: "登录", exact: true }).click();
    await page.getByRole("heading", { name: "工作日历", exact: true }).waitFor();
    await page.getByRole("link", { name: "请假", exact: true }).click();
    const search = page.getByRole("form", { name: "查找工作人员" });
    await search.getByLabel("用户名").fill("nobody-here");
    await search.getByRole("button", { name: "查找" }).click();
    await page.getByRole("alert").getByText("没有找到这位工作人员").waitFor();
    await search.getByLabel("用户名").fill("housing-head");
    await search.getByRole("button", { name: "查找" }).click();
    const row = page.locator('[data-user="housing-head"]');
    await row.getByText("◆ 请假中").waitFor();
    await assertSound(page, "leave looked up by an administrator");
    await row.getByRole("button", { name: "销假" }).click();
    await page.getByText("已销假，提醒重新发给本人。").waitFor();
    await row.getByText("✓ 在岗").waitFor();
    await page.close();

    const head = await at(rig, "housing-head", PHONE);
    await head.locator('[data-user="housing-head"]').getByText("✓ 在岗").waitFor();
    await head.close();
  });
}
