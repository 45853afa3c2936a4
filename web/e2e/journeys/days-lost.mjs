/* 不可抗力 for all open matters: the bureau lays it down, a leader looks and confirms, and the timer records it in every matter. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { DESKTOP, PHONE, assertSound, shoot, visit } from "../browser.mjs";
import { open } from "../desk.mjs";
import { say, signIn } from "../people.mjs";
import { ROOT } from "../stack.mjs";

async function at(rig, user, screen, refusals = []) {
  const page = await visit(rig, screen, { session: rig.sessions[user], refusals });
  await page.goto("/staff.html");
  if (!rig.sessions[user]) await signIn(rig, page, user);
  await page.getByRole("link", { name: "哪里晚了" }).click();
  await page.getByRole("link", { name: /^不可抗力认定/ }).click();
  await page.getByRole("heading", { name: "不可抗力认定", exact: true }).waitFor();
  return page;
}

export function daysLost(rig) {
  test("days that nobody could use are laid down by one, confirmed by another, and recorded in every open matter", async () => {
    const today = (await (await fetch(`${rig.base}/_local/clock`)).json()).now.slice(0, 10);
    const page = await at(rig, "bureau1", DESKTOP, [422]);
    const { case_number: number } = await say(rig, "bureau1", "/registrations", { channel: "letter", received_on: today, kind: "grievance", title: "小区井盖破损", text: "井盖破了三个月。", petitioner: { name: "冯春", address: "城关镇二社区" } });
    const form = page.getByRole("form", { name: "登记不可抗力认定" });
    await form.getByRole("button", { name: "登记，等候确认" }).click();
    await page.getByRole("alert").getByText("请填写文件名称和文号").waitFor();
    await form.getByLabel("从哪天起").fill(today);
    await form.getByLabel("到哪天止").fill("2019-01-01");
    await form.getByLabel("文件名称和文号").fill("青山县人民政府公告第9号");
    await form.getByLabel("由谁认定").fill("青山县人民政府");
    await form.getByLabel("发生了什么").fill("暴雪封路，全县道路中断。");
    await form.getByRole("button", { name: "登记，等候确认" }).click();
    await page.getByRole("alert").getByText("结束日期不能早于开始日期").waitFor();
    await assertSound(page, "a decision that cannot be");
    await form.getByLabel("到哪天止").fill(today);
    await form.getByRole("button", { name: "登记，等候确认" }).click();
    await page.getByText(/的认定已登记，等候另一人确认。/).waitFor();
    const laid = page.locator("[data-decision]").first();
    await laid.getByText("等候确认").waitFor();
    assert.equal(await laid.getByRole("button", { name: "确认生效" }).count(), 0, "nobody confirms his own");
    await assertSound(page, "a decision that waits");
    await shoot(page, "desktop-days-lost");

    const leader = await at(rig, "leader1", PHONE);
    const waiting = leader.locator("[data-decision]").first();
    assert.equal(await waiting.getByRole("button", { name: "确认生效" }).count(), 0, "nobody confirms what he has not looked at");
    await waiting.getByRole("button", { name: "看涉及多少件" }).click();
    const said = await waiting.getByText(/看过 \d+ 件在办的事项，涉及 \d+ 件/).textContent();
    const concerned = Number(/涉及 (\d+) 件/.exec(said)[1]);
    assert.ok(concerned >= 1, said);
    await assertSound(leader, "a decision looked at on a phone");
    await shoot(leader, "phone-days-lost");
    await waiting.getByRole("button", { name: "确认生效" }).click();
    await leader.getByText("认定已经生效。").waitFor();
    execFileSync("make", ["-s", "sweep"], { cwd: ROOT, env: rig.environment, encoding: "utf8" });
    await leader.getByRole("button", { name: "刷新进度" }).click();
    const progress = await leader.locator("[data-decision]").first().getByText(/已登记 \d+ 件，共 \d+ 件/).textContent();
    const [, done, total] = /已登记 (\d+) 件，共 (\d+) 件/.exec(progress).map(Number);
    assert.deepEqual([done, total >= concerned], [total, true], progress);
    await assertSound(leader, "a decision in force on a phone");
    await shoot(leader, "phone-days-lost-done");
    await leader.close();

    await open(page, number);
    await page.getByText(/暴雪封路，全县道路中断。/).first().waitFor();
    await page.close();
  });
}
