/* A petitioner files on a phone and follows the matter with what the text messages said. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DESKTOP, PHONE, shoot, visit } from "../browser.mjs";
import { STREET_LAMPS, answerQuestions, file, messageTo, newPhone, submit, track, verifyPhone } from "../people.mjs";

/** What office browsers of Chrome 85 lack; a page that calls it fails. */
const OLD_BROWSER = () => {
  for (const [owner, name] of [[Object, "hasOwn"], [Array.prototype, "at"], [String.prototype, "at"], [Crypto.prototype, "randomUUID"], [window, "structuredClone"],
    [Element.prototype, "replaceChildren"], [AbortSignal, "timeout"], [Array.prototype, "findLast"], [Array.prototype, "toSorted"]]) delete owner[name];
};

export function filing(rig) {
  // features: 2, 5, 19, 69
  test("a petitioner files on a phone and tracks with the query code of the second text message", async () => {
    const page = await visit(rig, PHONE);
    const phone = newPhone();
    await page.goto("/");
    await page.getByRole("link", { name: /^我要反映/ }).last().click();
    await page.waitForURL(/file\.html/);
    await verifyPhone(rig, page, phone);
    let step = 0;
    await answerQuestions(page, STREET_LAMPS, { beforeNext: () => shoot(page, `phone-file-${++step}`) });
    await shoot(page, "phone-file-check");
    const receipt = await submit(page);
    await shoot(page, "phone-file-done");
    assert.match(receipt.number, /^\d{12}$/);
    const [, number] = await messageTo(rig, phone, /您反映的事已登记，编号(\d{12})/);
    const [, , code] = await messageTo(rig, phone, /编号(\d{12})的查询码是(\d{16})/);
    assert.deepEqual({ number, code }, receipt);

    await track(page, { number, code });
    await page.getByRole("heading", { name: STREET_LAMPS.title }).waitFor();
    assert.equal(await page.locator("#stage").textContent(), "已登记，正在确定由谁办");
    assert.match(await page.locator(".status .due").textContent(), /最迟 \d+月\d+日（星期.）/);
    await page.getByText("这个日期怎么算的").first().click();
    assert.match(await page.locator(".clocks details p").first().textContent(), /\d+月\d+日|\d{4}-\d\d-\d\d/);
    await shoot(page, "phone-track");
    assert.doesNotMatch(page.url(), /\d{12}/, "no number enters the address");
    await page.close();
  });

  // features: 2, 83
  test("what was typed survives a reload and Back, and a second press registers nothing twice", async () => {
    const page = await visit(rig, DESKTOP);
    await verifyPhone(rig, page, newPhone());
    await answerQuestions(page, STREET_LAMPS);
    await page.reload();
    await page.getByRole("heading", { name: "请核对，然后提交" }).waitFor();
    await page.goBack();
    await page.getByRole("heading", { name: "怎么称呼您？" }).waitFor();
    assert.equal(await page.getByLabel("姓名").inputValue(), STREET_LAMPS.name);
    await page.goForward();
    await page.getByRole("heading", { name: "请核对，然后提交" }).waitFor();
    const sent = [];
    page.on("request", (request) => { if (request.url().endsWith("/api/petitions")) sent.push(request.headers()["idempotency-key"]); });
    await page.getByRole("button", { name: "确认提交" }).dblclick();
    await page.getByRole("heading", { name: "已登记" }).waitFor();
    assert.equal(new Set(sent).size, 1, "one key for one petition");
    await page.reload();
    await page.getByRole("heading", { name: "已登记" }).waitFor();
    await page.goto("/file.html");
    await page.getByRole("heading", { name: "这件事已经提交" }).waitFor();
    await page.close();
  });

  test("a browser of the age of Chrome 85 files and tracks too", async () => {
    const page = await visit(rig, DESKTOP, { script: OLD_BROWSER });
    const receipt = await file(rig, page, newPhone());
    await page.getByRole("link", { name: "查看进度" }).click();
    await page.getByRole("heading", { name: STREET_LAMPS.title }).waitFor();
    assert.equal((await page.locator("#case-number").textContent()).replace(/ /g, ""), receipt.number);
    await page.close();
  });

  // features: 3
  test("somebody who lost the query code finds his petitions with his phone", async () => {
    const page = await visit(rig, PHONE);
    const phone = newPhone();
    await file(rig, page, phone);
    await page.goto("/track.html#mine");
    await page.getByRole("link", { name: STREET_LAMPS.title }).click();
    await page.locator("#stage").waitFor();
    await page.close();
  });
}
