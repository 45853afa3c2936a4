/* What a petitioner takes away: deadline proofs to print, the export of the case, receipts; and the page that checks them. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { test } from "node:test";
import { DESKTOP, PHONE, assertSound, shoot, visit } from "../browser.mjs";
import { begin, confirm, open } from "../desk.mjs";
import { file, newPhone, signIn, track } from "../people.mjs";
import { ROOT } from "../stack.mjs";

const saved = async (page, words) => {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: words }).click()]);
  return readFileSync(await download.path());
};

const asFile = (name, buffer) => ({ name, mimeType: "application/json", buffer });

export function proofs(rig) {
  test("a petitioner prints the deadline proofs, takes the case away, and it holds on the page that checks it", async () => {
    const page = await visit(rig, DESKTOP);
    const receipt = await file(rig, page, newPhone());
    await track(page, receipt);
    await page.getByRole("button", { name: "办理凭据" }).click();
    await page.getByRole("heading", { name: "办结时限证明" }).waitFor();
    assert.ok(!page.url().includes(receipt.number), "the number stands in the address");
    await page.getByText("在期限内，剩余15天").waitFor();
    await assertSound(page, "the proofs");
    await shoot(page, "desktop-proofs");
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.getByRole("button", { name: "打印" }).isVisible(), false);
    assert.equal(await page.locator(".proof").first().isVisible(), true);
    await page.emulateMedia({ media: "screen" });

    const whole = await saved(page, "下载案件导出");
    const damaged = Buffer.from(whole);
    damaged[damaged.length - 9] ^= 1;
    await page.goto("/verify.html");
    await page.getByLabel("要核验的文件").setInputFiles([asFile("whole.json", whole), asFile("damaged.json", damaged)]);
    await page.getByText("✓ 通过：whole.json").waitFor();
    await page.getByText("✕ 不通过：damaged.json").waitFor();
    await assertSound(page, "the page that checks");
    await shoot(page, "desktop-verify");
    await page.close();

    // Kept on a disk and opened from there, without any server, it works as well.
    const context = await rig.browser.newContext({ ...PHONE, offline: true });
    const alone = await context.newPage();
    await alone.goto(pathToFileURL(join(ROOT, "web", "verify.html")).href);
    await alone.getByLabel("要核验的文件").setInputFiles([asFile("whole.json", whole)]);
    await alone.getByText("✓ 通过：whole.json").waitFor();
    await context.close();
  });

  test("staff open the same proofs from the case", async () => {
    const petitioner = await visit(rig, PHONE);
    const receipt = await file(rig, petitioner, newPhone());
    await petitioner.close();
    const bureau = await visit(rig, DESKTOP);
    await signIn(rig, bureau, "bureau1");
    await open(bureau, receipt.number);
    const forward = await begin(bureau, "转送");
    await forward.getByLabel("转给哪个单位").selectOption("housing");
    await confirm(bureau, "转送");
    await bureau.getByRole("button", { name: "办结时限证明、导出" }).click();
    await bureau.getByRole("heading", { name: "办结时限证明" }).waitFor();
    await bureau.getByText("按期完成，提前15天").waitFor();
    await bureau.getByRole("link", { name: "返回" }).click();
    await bureau.getByRole("heading", { name: "现在要做" }).waitFor();
    await bureau.close();
  });
}
