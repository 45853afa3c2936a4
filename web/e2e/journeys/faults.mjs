/* What goes wrong is told in Chinese beside the field, and nothing typed is lost. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DESKTOP, PHONE, shoot, visit } from "../browser.mjs";
import { STREET_LAMPS, answerQuestions, messageTo, newPhone, track, verifyPhone } from "../people.mjs";

export function faults(rig) {
  test("a wrong query code says what to compare and keeps what was typed", async () => {
    const page = await visit(rig, PHONE, { refusals: [401, 404, 422] });
    await track(page, { number: "260000000011", code: "0000000000000000" });
    const summary = page.getByRole("alert");
    await summary.waitFor();
    assert.match(await summary.textContent(), /编号.*查询码.*不正确/);
    assert.equal(await page.getByLabel("查询码", { exact: true }).inputValue(), "0000000000000000");
    assert.equal(await page.getByLabel("查询码", { exact: true }).getAttribute("aria-invalid"), "true");
    await shoot(page, "phone-wrong-code");
    await track(page, { number: "26000", code: "1" });
    assert.match(await page.getByRole("alert").textContent(), /编号是 12 位数字，您填了 5 位/);
    await page.close();
  });

  test("a wrong phone number is told at the field, and full-width digits are taken", async () => {
    const page = await visit(rig, PHONE);
    await page.goto("/file.html");
    await page.getByLabel("手机号").fill("1380013");
    await page.getByRole("button", { name: "获取验证码" }).click();
    assert.match(await page.locator(".field-error").textContent(), /手机号是 11 位数字，您填了 7 位/);
    assert.match(await page.title(), /^有误：/);
    const focused = await page.evaluate(() => document.activeElement.className);
    assert.equal(focused, "error-summary", "the focus is on the summary");
    await page.getByRole("alert").getByRole("link").click();
    assert.equal(await page.evaluate(() => document.activeElement.id), "field-phone");
    const phone = newPhone();
    await page.getByLabel("手机号").fill(phone.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)));
    await page.getByRole("button", { name: "获取验证码" }).click();
    await messageTo(rig, phone, /验证码\d{6}/);
    await page.close();
  });

  test("a wrong one-time code is told at the field", async () => {
    const page = await visit(rig, DESKTOP, { refusals: [401, 422] });
    const phone = newPhone();
    await page.goto("/file.html");
    await page.getByLabel("手机号").fill(phone);
    await page.getByRole("button", { name: "获取验证码" }).click();
    const [, code] = await messageTo(rig, phone, /验证码(\d{6})/);
    await page.getByLabel("6 位验证码").fill(code === "000000" ? "000001" : "000000");
    await page.getByRole("button", { name: "继续" }).click();
    await page.locator(".field-error").waitFor();
    assert.match(await page.locator(".field-error").textContent(), /验证码/);
    await page.close();
  });

  test("what the server finds wrong leads from the check page to its field", async () => {
    const page = await visit(rig, DESKTOP, { refusals: [422] });
    await verifyPhone(rig, page, newPhone());
    await answerQuestions(page, STREET_LAMPS);
    await page.getByRole("link", { name: /修改\s*身份证号/ }).click();
    await page.getByLabel("身份证号").fill("11010519491231002x");
    await page.getByRole("button", { name: "继续" }).click();
    await page.getByRole("heading", { name: "请核对，然后提交" }).waitFor();
    await page.getByRole("link", { name: /修改\s*身份证号/ }).click();
    await page.getByLabel("身份证号").fill("110105194912310021");
    await page.getByRole("button", { name: "继续" }).click();
    await page.getByRole("button", { name: "确认提交" }).click();
    await page.getByRole("alert").getByRole("link").click();
    await page.getByRole("heading", { name: "怎么称呼您？" }).waitFor();
    assert.equal(await page.getByLabel("身份证号").getAttribute("aria-invalid"), "true");
    await shoot(page, "desktop-identity-error");
    await page.close();
  });

  test("a lost network loses nothing: the same petition goes in when it is back", async () => {
    const page = await visit(rig, PHONE);
    await verifyPhone(rig, page, newPhone());
    await answerQuestions(page, STREET_LAMPS);
    await page.context().setOffline(true);
    await page.getByText("现在没有网络").waitFor();
    await page.getByRole("button", { name: "确认提交" }).click();
    await page.getByRole("alert").getByText("没有连上网络", { exact: true }).waitFor();
    await shoot(page, "phone-offline");
    await page.context().setOffline(false);
    await page.getByRole("button", { name: "确认提交" }).click();
    await page.getByRole("heading", { name: "已登记" }).waitFor();
    page.faults.splice(0, page.faults.length, ...page.faults.filter((fault) => !fault.includes("ERR_INTERNET_DISCONNECTED")));
    await page.close();
  });

  test("words that look like markup stay words", async () => {
    const page = await visit(rig, DESKTOP);
    const title = "<img src=x onerror=alert(1)>𠮷家的路灯";
    await verifyPhone(rig, page, newPhone());
    await answerQuestions(page, { ...STREET_LAMPS, title, name: "㛃𠮷" });
    await page.getByRole("button", { name: "确认提交" }).click();
    await page.getByRole("heading", { name: "已登记" }).waitFor();
    await page.getByRole("link", { name: "查看进度" }).click();
    await page.getByRole("heading", { name: title }).waitFor();
    await page.close();
  });
}
