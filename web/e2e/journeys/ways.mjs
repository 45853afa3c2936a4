/* The other ways in: being led to the right kind or the right body, and reporting misconduct without a name. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DESKTOP, PHONE, assertSound, shoot, visit } from "../browser.mjs";
import { newPhone, signIn, track, verifyPhone } from "../people.mjs";

async function answer(page, question, label) {
  await page.getByRole("heading", { name: question }).waitFor();
  await page.getByLabel(label).check();
  await page.getByRole("button", { name: "继续" }).click();
}

export function ways(rig) {
  // features: 14
  test("the guide asks one question a screen and ends in a kind that is chosen already", async () => {
    const page = await visit(rig, PHONE);
    await verifyPhone(rig, page, newPhone());
    await page.getByRole("link", { name: "不确定该怎么选？一步步问我" }).click();
    await page.getByRole("button", { name: "继续" }).click();
    await page.getByRole("alert").getByText(/请选一项/).waitFor();
    await answer(page, "您这次来，主要想做什么？", "问政策，问一件事怎么办");
    await page.getByRole("heading", { name: "建议您选：问政策" }).waitFor();
    await assertSound(page, "the suggestion of the guide");
    await shoot(page, "phone-guide-suggestion");
    await page.getByRole("button", { name: "就选这一种，继续" }).click();
    await page.getByRole("heading", { name: "出了什么事？" }).waitFor();
    await page.getByRole("link", { name: "上一步" }).click();
    await page.getByRole("heading", { name: "您要办哪一种事？" }).waitFor();
    assert.ok(await page.getByLabel("问政策").isChecked());
    await page.close();
  });

  // features: 14
  test("the guide names the body that is competent with its time limit, and bars nothing", async () => {
    const page = await visit(rig, PHONE);
    await verifyPhone(rig, page, newPhone());
    await page.getByRole("link", { name: "不确定该怎么选？一步步问我" }).click();
    await answer(page, "您这次来，主要想做什么？", "有事要求解决，或者对处理结果不服");
    await answer(page, /法院、检察院、公安机关/, "不是");
    await answer(page, /仲裁机构/, "是，和用人单位之间的劳动、人事争议");
    await page.getByRole("heading", { name: "这件事，有专门的地方办" }).waitFor();
    await page.getByText("劳动人事争议仲裁委员会").waitFor();
    await page.getByText(/申请劳动争议仲裁：自知道或者应当知道权利被侵害之日起1年/).waitFor();
    await shoot(page, "phone-guide-elsewhere");
    await page.goBack();
    await page.getByRole("heading", { name: /仲裁机构/ }).waitFor();
    assert.ok(await page.getByLabel("是，和用人单位之间的劳动、人事争议").isChecked(), "Back restores the answer");
    await page.goForward();
    await page.getByRole("button", { name: "仍然在这里反映" }).click();
    await page.getByRole("heading", { name: "出了什么事？" }).waitFor();
    await page.close();
  });

  test("a report without a name is tracked by stage and day alone, and read by the body that has it", async () => {
    const page = await visit(rig, PHONE);
    const sent = [];
    page.on("request", (request) => { if (request.url().endsWith("/api/reports")) sent.push(request.headers().authorization); });
    await page.goto("/");
    await page.getByRole("link", { name: "检举控告" }).first().click();
    await page.getByRole("button", { name: "提交检举控告" }).click();
    await page.getByRole("alert").getByText("请写明检举谁").waitFor();
    await page.getByLabel("用一句话说明检举什么").fill("白水镇农机补贴款发放不公");
    await page.getByLabel("检举谁").fill("白水镇农业办副主任吴大成");
    await page.getByLabel("事情的经过").fill("2026年4月，他把三户没有买农机的亲戚报进了补贴名单，村里公示栏上看得到。");
    await shoot(page, "phone-report");
    await page.getByRole("button", { name: "提交检举控告" }).click();
    await page.getByRole("heading", { name: "已收到您的检举控告" }).waitFor();
    await shoot(page, "phone-report-done");
    assert.deepEqual(sent, [undefined], "nothing ties it to a session");
    const receipt = { number: await page.locator("#case-number").getAttribute("data-value"), code: await page.locator("#query-code").getAttribute("data-value") };
    await track(page, receipt);
    await page.locator("#stage").waitFor();
    await assertSound(page, "a report tracked");
    await shoot(page, "phone-report-tracked");
    assert.doesNotMatch(await page.locator("main").textContent(), /农机|吴大成/, "nothing of its content is shown");
    await page.close();

    const bureau = await visit(rig, DESKTOP, { session: rig.sessions.bureau1 });
    await bureau.goto("/staff.html");
    if (!rig.sessions.bureau1) await signIn(rig, bureau, "bureau1");
    await bureau.getByRole("link", { name: "检举控告", exact: true }).click();
    await bureau.getByRole("link", { name: "白水镇农机补贴款发放不公" }).first().click();
    await bureau.getByText("匿名", { exact: true }).waitFor();
    await assertSound(bureau, "a report opened");
    await bureau.getByText("移送有权处理的机关", { exact: true }).click();
    await shoot(bureau, "desktop-report-opened");
    await bureau.close();
  });
}
