/* A report of misconduct that came by letter or visit: written down at a window, printed for the reporter, and gone. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DESKTOP, assertSound, shoot, visit } from "../browser.mjs";
import { signIn, track } from "../people.mjs";

const NARROW = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const TITLE = "石桥镇危房改造名额收好处费";
const WORDS = /危房|好处费|赵有田|刘春生/;

async function openForm(rig, page, user) {
  if (!rig.sessions[user]) await signIn(rig, page, user);
  await page.goto("/staff.html#register");
  await page.getByRole("link", { name: "登记检举控告" }).click();
  await page.getByRole("heading", { name: "登记检举控告" }).waitFor();
}

async function writeDown(page, { unit }) {
  await page.getByLabel("来信", { exact: true }).check();
  await page.getByLabel("用一句话说明检举什么").fill(TITLE);
  await page.getByLabel("检举谁").fill("危改办负责人赵有田");
  await page.getByText("选择被检举的单位（选填）").click();
  await page.getByRole("checkbox", { name: unit }).check();
  await page.getByLabel("事情的经过").fill("今年五月，赵有田向三户申请人各收两千元，说不交就排不上。");
  await page.getByLabel("随附的材料（选填）").fill("转账截图打印件1页");
  await page.getByLabel("姓名（选填）").fill("刘春生");
}

export function reportsOnPaper(rig) {
  // features: 6
  test("a letter that reports misconduct is sealed at the window and nothing of it stays on the screen or the machine", async () => {
    const page = await visit(rig, NARROW, { session: rig.sessions.window1, refusals: [404] });
    await openForm(rig, page, "window1");
    await page.getByText("登记以后，内容立即密封。").waitFor();
    await page.getByRole("button", { name: "登记并密封" }).click();
    await page.getByRole("alert").getByText("请写明检举谁").waitFor();
    await assertSound(page, "the form of a report on paper");
    await writeDown(page, { unit: "青山县石桥镇人民政府" });
    await shoot(page, "phone-report-on-paper");
    await page.getByRole("button", { name: "登记并密封" }).click();
    await page.getByRole("heading", { name: "已收到" }).waitFor();
    await assertSound(page, "the receipt of a report on paper");
    await shoot(page, "phone-report-on-paper-receipt");
    const receipt = { number: await page.locator("#case-number").getAttribute("data-value"), code: await page.locator("#query-code").getAttribute("data-value") };
    assert.doesNotMatch(await page.locator("body").textContent(), WORDS, "the receipt says nothing of the report");
    await page.emulateMedia({ media: "print" });
    assert.ok(await page.locator("#query-code").isVisible());
    assert.ok(!await page.getByText("这一页只显示一次").isVisible(), "what is meant for the clerk is not printed");
    await page.emulateMedia({ media: "screen" });
    await page.getByRole("button", { name: "清除，再登记一件" }).click();
    await page.getByRole("heading", { name: "登记检举控告" }).waitFor();
    assert.equal(await page.getByLabel("用一句话说明检举什么").inputValue(), "");
    const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }));
    assert.doesNotMatch(kept, WORDS, "nothing is kept on this machine");
    assert.ok(!kept.includes(receipt.code));
    await page.goto(`/staff.html#case/${receipt.number}`);
    await page.getByText(/没有找到/).first().waitFor();
    await page.close();

    const reporter = await visit(rig, NARROW);
    await track(reporter, receipt);
    await reporter.locator("#stage").getByText("已收到").waitFor();
    await reporter.close();

    const bureau = await visit(rig, DESKTOP, { session: rig.sessions.bureau1 });
    if (!rig.sessions.bureau1) await signIn(rig, bureau, "bureau1");
    await bureau.goto("/staff.html#reports");
    await bureau.getByRole("link", { name: TITLE }).first().click();
    await bureau.getByText("来信", { exact: true }).waitFor();
    await bureau.getByText("转账截图打印件1页").waitFor();
    assert.match(await bureau.getByRole("region", { name: "谁打开过" }).textContent(), /window1登记人 · .*bureau1\d/, "who took it down did not open it");
    await assertSound(bureau, "a report on paper opened");
    await shoot(bureau, "desktop-report-on-paper-opened");
    await bureau.close();
  });

  test("a window of the accused unit is told where to send the reporter, and its form is cleared", async () => {
    const page = await visit(rig, NARROW, { session: rig.sessions["housing-clerk"], refusals: [422] });
    await openForm(rig, page, "housing-clerk");
    await writeDown(page, { unit: "青山县住房和城乡建设局" });
    await page.getByRole("button", { name: "登记并密封" }).click();
    await page.getByRole("heading", { name: "不能由本单位登记" }).waitFor();
    await page.getByText(/不要拒绝检举人/).waitFor();
    await assertSound(page, "the refusal at the accused unit");
    await shoot(page, "phone-report-on-paper-refused");
    assert.doesNotMatch(await page.locator("body").textContent(), WORDS, "nothing of it stays");
    await page.close();
  });
}
