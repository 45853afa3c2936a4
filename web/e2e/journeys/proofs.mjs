/* What a petitioner takes away: deadline proofs to print, the records of the case, receipts; and the page that checks them. */
import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { test } from "node:test";
import { DESKTOP, PHONE, assertFits, assertSound, shoot, visit } from "../browser.mjs";
import { begin, confirm, open } from "../desk.mjs";
import { file, newPhone, signIn, track } from "../people.mjs";
import { ROOT } from "../stack.mjs";

const SIGNED_WITHIN_MS = 120000;
const WIDTHS = [320, 360, 390];

const saved = async (page, words) => {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: words, exact: true }).click()]);
  await page.getByText(`已下载：${download.suggestedFilename()}`).waitFor();
  return readFileSync(await download.path());
};

const asFile = (name, content) => ({ name, mimeType: "application/json", buffer: Buffer.from(content) });

async function toProofs(page) {
  await page.getByRole("link", { name: "办理凭据" }).click();
  await page.getByRole("heading", { name: "办结时限证明" }).waitFor();
}

/** Receipts are signed a little later, by somebody else than who answers requests. */
async function awaitReceipts(page) {
  for (const end = Date.now() + SIGNED_WITHIN_MS; Date.now() < end; await page.waitForTimeout(2000)) {
    await page.reload();
    await page.getByRole("heading", { name: "已签名的回执" }).waitFor();
    if (await page.locator(".receipt").count()) return;
  }
  throw new Error("no receipt was signed");
}

/** The same receipts with another day, signed by a key made here, which stands in the file as the published one. */
function forged(receipts) {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const spki = publicKey.export({ type: "spki", format: "der" });
  const key = createHash("sha256").update(spki).digest("hex").slice(0, 32);
  const items = receipts.items.map((item) => {
    const statement = item.statement.replace(/"at":"\d{4}/, '"at":"2020');
    assert.notEqual(statement, item.statement);
    return { alg: "ES256", key, statement, signature: sign("sha256", Buffer.from(statement), { key: privateKey, dsaEncoding: "ieee-p1363" }).toString("base64") };
  });
  return JSON.stringify({ items, keys: [{ alg: "ES256", key, spki: spki.toString("base64") }] });
}

async function check(page, files, keys = []) {
  await page.getByLabel("公布的公钥").setInputFiles(keys);
  await page.getByLabel("要核验的文件").setInputFiles(files);
}

export function proofs(rig) {
  test("a petitioner prints the deadline proofs, takes the case away, and it holds on the page that checks it", async () => {
    const page = await visit(rig, DESKTOP, { refusals: [404] });
    const receipt = await file(rig, page, newPhone());
    await track(page, receipt);
    await toProofs(page);
    assert.ok(!page.url().includes(receipt.number), "the number stands in the address");
    await page.getByText("在期限内，剩余15天").waitFor();
    assert.match(await page.locator(".proof").first().textContent(), /预警单位内部的预警不在此列/, "what is kept from him is not said to be nothing");
    assert.match(await page.locator(".proof").first().textContent(), /到期日\d{4}年/, "on paper a date has its year");
    await awaitReceipts(page);
    const shown = await page.locator(".receipts > .hint .hash").textContent();
    await assertSound(page, "the proofs");
    await shoot(page, "desktop-proofs");
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.getByRole("button", { name: "打印" }).isVisible(), false);
    assert.equal(await page.locator(".proof").first().isVisible(), true);
    assert.match(await page.locator(".footer").innerText(), /咨询电话：\d/, "the paper says where to ask");
    await shoot(page, "print-proofs");
    await page.emulateMedia({ media: "screen" });

    const whole = await saved(page, "下载这件事的全部记录");
    const receipts = await saved(page, "下载回执");
    const roots = await saved(page, "下载每夜公布的校验值和公钥");
    await page.getByRole("button", { name: "下载已列入公布的证明" }).click();
    await page.getByText(/每天凌晨公布/).waitFor();
    await page.getByRole("link", { name: "返回" }).click();
    await page.locator("#stage").waitFor();

    const damaged = Buffer.from(whole);
    damaged[damaged.length - 9] ^= 1;
    await page.goto("/verify.html");
    await check(page, [asFile("whole.json", whole), asFile("damaged.json", damaged)]);
    await page.getByText("✓ 通过：whole.json").waitFor();
    assert.match(await page.locator("#results").textContent(), /没有核对签名/);
    await page.getByText("✕ 不通过：damaged.json").waitFor();

    const published = asFile("roots.json", roots);
    const forgery = asFile("forged.json", forged(JSON.parse(receipts)));
    await check(page, [asFile("receipts.json", receipts), forgery]);
    await page.getByText("○ 没能核验：forged.json").waitFor();
    await page.getByText("○ 没能核验：receipts.json").waitFor();
    await check(page, [asFile("whole.json", whole), asFile("receipts.json", receipts), forgery, asFile("empty.json", '{"items":[]}')], [published]);
    await page.getByText("✓ 通过：receipts.json").waitFor();
    await page.getByText("✓ 通过：whole.json").waitFor();
    await page.getByText("✕ 不通过：forged.json").waitFor();
    await page.getByText("✕ 不通过：empty.json").waitFor();
    assert.match(await page.locator(".notice.good", { hasText: "receipts.json" }).textContent(), new RegExp(`签名公钥 ${shown}`), "whose signature it is, is told, as on the paper");
    await assertSound(page, "the page that checks");
    await shoot(page, "desktop-verify");
    await page.close();

    // Kept on a disk and opened from there, without any server, it works as well.
    const context = await rig.browser.newContext({ ...PHONE, offline: true });
    const alone = await context.newPage();
    await alone.goto(pathToFileURL(join(ROOT, "web", "verify.html")).href);
    assert.equal(await alone.getByRole("link", { name: "首页" }).count(), 0, "what leads nowhere is not shown");
    await check(alone, [asFile("whole.json", whole), asFile("receipts.json", receipts)], [published]);
    await alone.getByText("✓ 通过：whole.json").waitFor();
    await alone.getByText("✓ 通过：receipts.json").waitFor();
    await shoot(alone, "phone-verify-from-disk");
    await context.close();
  });

  test("a browser that cannot check says so, and calls no file false", async () => {
    const page = await visit(rig, PHONE, { script: "Object.defineProperty(crypto, 'subtle', { value: undefined });" });
    await page.goto("/verify.html");
    await check(page, [asFile("any.json", "{}")]);
    await page.getByText("这个浏览器不能核验").waitFor();
    assert.equal(await page.getByText("不通过").count(), 0);
    await page.close();
  });

  test("proofs and the page that checks fit every telephone, big letters and strong contrast", async () => {
    const page = await visit(rig, PHONE);
    const receipt = await file(rig, page, newPhone());
    await track(page, receipt);
    await page.context().setOffline(true);
    await page.getByRole("link", { name: "办理凭据" }).click();
    await page.getByRole("alert").getByText("没有连上网络", { exact: true }).waitFor();
    await page.context().setOffline(false);
    await page.getByRole("button", { name: "再试一次" }).click();
    await page.getByRole("heading", { name: "办结时限证明" }).waitFor();
    page.faults.splice(0, page.faults.length, ...page.faults.filter((fault) => !fault.includes("ERR_INTERNET_DISCONNECTED")));
    for (const place of ["proofs", "verify"]) {
      if (place === "verify") {
        await page.goto("/verify.html");
        await check(page, [asFile("wrong.json", "{}")]);
        await page.getByText("✕ 不通过：wrong.json").waitFor();
      }
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 740 });
        await assertFits(page, `${place} at ${width} px`);
        await shoot(page, `phone-${width}-${place}`);
      }
      await page.getByRole("button", { name: "高对比" }).click();
      await assertSound(page, `${place} with contrast`);
      await page.getByRole("button", { name: "长辈模式" }).click();
      await assertSound(page, `${place} with contrast and big letters`);
      await shoot(page, `phone-elder-${place}`);
      await page.getByRole("button", { name: "高对比" }).click();
      await page.getByRole("button", { name: "长辈模式" }).click();
    }
    await page.close();
  });

  test("staff open the same proofs from the case", async () => {
    const petitioner = await visit(rig, PHONE);
    const receipt = await file(rig, petitioner, newPhone());
    await petitioner.close();
    const bureau = await visit(rig, DESKTOP, { session: rig.sessions.bureau1 });
    if (!rig.sessions.bureau1) await signIn(rig, bureau, "bureau1");
    await open(bureau, receipt.number);
    const forward = await begin(bureau, "转送");
    await forward.getByLabel("转给哪个单位").selectOption("housing");
    await confirm(bureau, "转送");
    await toProofs(bureau);
    await bureau.getByText("按期完成，提前15天").waitFor();
    assert.match(await bureau.locator(".proof").first().textContent(), /预警没有发出/);
    await bureau.getByRole("link", { name: "返回" }).click();
    await bureau.getByRole("heading", { name: "现在要做" }).waitFor();
    await bureau.close();
  });
}
