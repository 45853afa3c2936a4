/* 群发通知: one clerk writes, the leader looks and releases, it arrives, a petitioner refuses the next, a report tells. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { DESKTOP, PHONE, assertSound, shoot, visit } from "../browser.mjs";
import { file, messageTo, messages, newPhone, signIn, track } from "../people.mjs";
import { ROOT } from "../stack.mjs";

const NEWS = "明天上午信访接待大厅停电，网上和电话照常受理";
const MORE = "后天接待大厅照常开放";

async function atTheDesk(rig, user, screen, refusals = []) {
  if (!rig.sessions[user]) {
    const first = await visit(rig, DESKTOP);
    await signIn(rig, first, user);
    await first.close();
  }
  const page = await visit(rig, screen, { session: rig.sessions[user], refusals });
  await page.goto("/staff.html#announcements");
  await page.getByRole("heading", { name: "群发通知", exact: true }).waitFor();
  return page;
}

async function write(page, text) {
  const form = page.getByRole("form", { name: "起草群发通知" });
  await form.getByLabel("写什么").fill(text);
  await form.getByRole("button", { name: "起草，等候发布" }).click();
  await page.getByText("已起草，等候另一位同事发布。").waitFor();
}

async function release(page, text) {
  await page.reload();
  const row = page.locator("[data-announcement]").filter({ hasText: text });
  await row.getByRole("button", { name: "发布前先看" }).click();
  await row.getByText(`【青山县信访局】${text}。不想再收请打`).waitFor();
  await row.getByRole("button", { name: "发布", exact: true }).click();
  await page.getByText("已发布。几分钟内开始发送，法定通知优先。").waitFor();
}

/** What the timer does every five minutes. */
const sweep = (rig) => execFileSync("make", ["-s", "sweep"], { cwd: ROOT, env: rig.environment, encoding: "utf8" });

export function announcements(rig) {
  test("a bulk notice is written by one, released by another, and refused by a petitioner", async () => {
    const phone = newPhone();
    const citizen = await visit(rig, PHONE);
    const filed = await file(rig, citizen, phone);

    const desk = await atTheDesk(rig, "bureau1", DESKTOP, [422]);
    await desk.getByText("还没有群发过通知。").waitFor();
    await assertSound(desk, "no bulk notice yet");
    await desk.getByRole("form", { name: "起草群发通知" }).getByLabel("写什么").fill("【通知】详见www.example");
    await desk.getByRole("button", { name: "起草，等候发布" }).click();
    await desk.getByRole("alert").getByText(/不要写网址/).waitFor();
    await write(desk, NEWS);
    const own = desk.locator("[data-announcement]").filter({ hasText: NEWS });
    await own.getByRole("button", { name: "发布前先看" }).click();
    await own.getByText("起草和发布应当由两个人分别进行，请另一位同事发布。").waitFor();
    assert.equal(await own.getByRole("button", { name: "发布", exact: true }).count(), 0, "nobody releases his own");
    await assertSound(desk, "a bulk notice that waits");
    await shoot(desk, "desktop-announcement");

    const leader = await atTheDesk(rig, "leader1", PHONE);
    await release(leader, NEWS);
    await assertSound(leader, "a bulk notice that is released, on a phone");
    assert.equal(await leader.getByRole("form").count(), 0, "a leader releases and writes none");
    sweep(rig);
    await messageTo(rig, phone, new RegExp(NEWS));

    await track(citizen, filed);
    await citizen.getByText("短信设置").click();
    const box = citizen.getByLabel("不再接收群发短信");
    await box.check();
    await citizen.getByText("已记下：不再给您发群发短信。").first().waitFor();
    await assertSound(citizen, "who refuses bulk notices");
    await shoot(citizen, "phone-refusal");
    await citizen.close();

    await write(desk, MORE);
    await release(leader, MORE);
    sweep(rig);
    await leader.reload();
    const row = leader.locator("[data-announcement]").filter({ hasText: MORE });
    await row.getByText("已发完").waitFor();
    await row.getByRole("button", { name: "看发送情况" }).click();
    await row.getByText("本人不接收").waitFor();
    assert.equal((await messages(rig, phone)).filter(({ text }) => text.includes(MORE)).length, 0);
    await assertSound(leader, "the report of a bulk notice, on a phone");
    await shoot(leader, "phone-announcement-report");
    await leader.close();

    await desk.close();
    const window = await atTheDesk(rig, "window1", PHONE);
    assert.equal(await window.locator("[data-announcement]").count(), 0, "the window enters refusals and reads no notice");
    const entered = window.getByRole("form", { name: "登记退订" });
    await entered.getByLabel("手机号").fill(phone);
    await entered.getByLabel("重新接收").check();
    await entered.getByRole("button", { name: "记下" }).click();
    await window.getByText("已记下：这个号码重新接收群发短信。").waitFor();
    await assertSound(window, "a refusal entered at the window, on a phone");
    await window.close();
  });
}
