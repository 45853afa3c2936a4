/* What a petitioner does of his own accord: adds material, urges, withdraws. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, shoot, visit } from "../browser.mjs";
import { STREET_LAMPS, answerQuestions, messageTo, newPhone, submit, track, verifyPhone } from "../people.mjs";

export function ownSteps(rig) {
  // features: 20
  test("a petitioner adds material, urges once a day and withdraws, each told by text message", async () => {
    const page = await visit(rig, PHONE, { refusals: [422] });
    const phone = newPhone();
    await verifyPhone(rig, page, phone);
    await answerQuestions(page, STREET_LAMPS);
    const receipt = await submit(page);
    await track(page, receipt);
    await page.getByRole("heading", { name: "您还可以" }).waitFor();

    const together = page.getByText("补充和催办", { exact: true });
    await together.click();
    await page.getByText("补充材料", { exact: true }).click();
    await page.getByRole("button", { name: "提交补充" }).click();
    await page.getByText("请写下要补充的内容").first().waitFor();
    await page.getByLabel("要补充的内容").fill("昨晚又有一位老人摔倒。");
    await page.getByRole("button", { name: "提交补充" }).click();
    await page.getByRole("heading", { name: "已经补充" }).waitFor();
    await shoot(page, "phone-own-steps");

    await together.click();
    await page.getByText("催一催", { exact: true }).first().click();
    await page.getByRole("button", { name: "催一催" }).click();
    await page.getByRole("heading", { name: "催办已收到" }).waitFor();
    await messageTo(rig, phone, /您的催办已收到。编号\d{12}/);
    await together.click();
    await page.getByText("催一催", { exact: true }).first().click();
    await page.getByRole("button", { name: "催一催" }).click();
    await page.getByText("今天已经催办过，明天可以再催").first().waitFor();
    assert.equal(await page.getByRole("alert").getByText("依据《信访工作条例》第二十八条").count(), 1, "a refusal names its article, once");

    await page.getByText("撤回", { exact: true }).click();
    await page.getByRole("button", { name: "确认撤回" }).click();
    await page.getByRole("heading", { name: "已经撤回" }).waitFor();
    assert.match(await page.locator("#stage").textContent(), /您已撤回/);
    assert.equal(await together.count(), 0, "who withdrew may still complain, nothing else");
    assert.equal(await page.getByText("撤回", { exact: true }).count(), 0);
    await messageTo(rig, phone, /已按您的意思撤回/);
    await page.close();
  });
}
