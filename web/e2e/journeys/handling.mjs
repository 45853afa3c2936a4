/* The main road at the desks: bureau forwards, unit accepts, replies, serves; the petitioner reads and rates. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DESKTOP, shoot, visit } from "../browser.mjs";
import { begin, confirm, open } from "../desk.mjs";
import { PASSWORD, STREET_LAMPS, file, freshCode, newPhone, signIn, track } from "../people.mjs";

const UNIT = { id: "housing", clerk: "housing-clerk", reader: "housing-reader", head: "housing-head" };

export function handling(rig) {
  // features: 1, 80
  test("the bureau forwards, the unit accepts, replies and serves, the petitioner reads the opinion and rates", async () => {
    const petitioner = await visit(rig, DESKTOP);
    const receipt = await file(rig, petitioner, newPhone());

    const bureau = await visit(rig, DESKTOP, { refusals: [422] });
    await signIn(rig, bureau, "bureau1");
    await shoot(bureau, "desktop-worklist");
    await bureau.getByLabel("按编号打开").fill(receipt.number);
    await bureau.getByRole("button", { name: "打开" }).click();
    await bureau.getByRole("heading", { name: STREET_LAMPS.title }).waitFor();
    const forward = await begin(bureau, "转送");
    await bureau.getByRole("button", { name: "确认转送" }).click();
    await bureau.getByRole("alert").getByText("必须填写").waitFor();
    await forward.getByLabel("转给哪个单位").selectOption(UNIT.id);
    await shoot(bureau, "desktop-forward");
    await confirm(bureau, "转送");
    await bureau.close();

    const unit = await visit(rig, DESKTOP);
    await signIn(rig, unit, UNIT.clerk);
    await unit.getByRole("link", { name: STREET_LAMPS.title }).first().waitFor();
    await open(unit, receipt.number);
    const accept = await begin(unit, "受理");
    await accept.getByLabel("承办人").fill("李承办");
    await confirm(unit, "受理");
    await track(petitioner, receipt);
    await petitioner.getByText(/正在办理/).first().waitFor();
    assert.match(await petitioner.locator(".status .due").textContent(), /最迟 .*办结，给您书面答复/);
    await shoot(petitioner, "desktop-track-accepted");

    for (const [label, way, note] of [["听取陈述", "电话", "信访人说明了路灯不亮的经过。"], ["调查核实", "上门走访", "到东街查看，走访三户居民。"]]) {
      const work = await begin(unit, label);
      await work.getByLabel(way).check();
      await work.getByLabel("谈了什么、查了什么").fill(note);
      await confirm(unit, label);
    }
    const reply = await begin(unit, "拟稿");
    await reply.getByLabel("查明的事实").fill("经到现场查看，东街12盏路灯因电缆被挖断不亮，情况属实。");
    for (const [index, answer] of ["已安排抢修，12月15日前恢复照明。", "原因是管线迁改后没有及时恢复供电，我们向您道歉。"].entries()) {
      const claim = reply.locator(`[data-claim="${index + 1}"]`);
      await claim.getByLabel(index ? "解释说明" : "予以支持").check();
      await claim.getByLabel("答复", { exact: true }).fill(answer);
      await claim.getByLabel("依据").fill("《城市道路照明设施管理规定》");
    }
    await shoot(unit, "desktop-reply");
    await confirm(unit, "拟稿");

    const reader = await visit(rig, DESKTOP);
    await signIn(rig, reader, UNIT.reader);
    await open(reader, receipt.number);
    await reader.getByRole("heading", { name: "处理意见稿（待核稿）" }).waitFor();
    await begin(reader, "核稿");
    await confirm(reader, "核稿");
    await reader.close();
    const head = await visit(rig, DESKTOP);
    await signIn(rig, head, UNIT.head);
    await open(head, receipt.number);
    const sign = await begin(head, "签发");
    for (const check of ["不拖延", "不敷衍", "不失信", "不草办"]) await sign.getByLabel(check).check();
    await sign.getByLabel("签发意见").fill("同意");
    await shoot(head, "desktop-sign");
    await confirm(head, "签发");
    await head.close();

    await open(unit, receipt.number);
    const serve = await begin(unit, "送达");
    await serve.getByLabel("当面领取").check();
    await serve.getByLabel("送达回证").fill("本人签收");
    await serve.getByLabel("信访问题的成因").selectOption("facility");
    await confirm(unit, "送达");
    await shoot(unit, "desktop-served");
    await unit.close();

    await petitioner.reload();
    await petitioner.getByRole("heading", { name: "给您的答复" }).waitFor();
    assert.match(await petitioner.locator(".opinion").textContent(), /予以支持.*12月15日前恢复照明/s);
    assert.match(await petitioner.locator(".opinion").textContent(), /请求上一级单位复查/);
    await shoot(petitioner, "desktop-opinion");
    await petitioner.getByRole("button", { name: "提交评价" }).click();
    await petitioner.getByRole("alert").getByText(/请选一项：.*办得怎么样？/).waitFor();
    const rating = petitioner.locator("#rating");
    await rating.getByRole("group", { name: /办得怎么样/ }).getByLabel("满意", { exact: true }).check();
    await rating.getByRole("group", { name: /信访局的工作/ }).getByLabel("基本满意").check();
    await rating.getByLabel("没有解决").check();
    await petitioner.getByRole("button", { name: "提交评价" }).click();
    await petitioner.getByRole("heading", { name: "谢谢您的评价" }).waitFor();
    assert.match(await petitioner.getByRole("region", { name: "您的评价" }).textContent(), /办理单位：满意 · 县信访局：基本满意 · 问题没有解决/);
    assert.equal(await petitioner.locator("#rating").count(), 0, "rated once");
    await petitioner.close();
  });

  // features: 7, 13
  test("the window registers a visit and hands over number and query code", async () => {
    const page = await visit(rig, DESKTOP);
    await signIn(rig, page, "window1");
    await page.getByRole("link", { name: "登记", exact: true }).click();
    await page.getByLabel("来源").selectOption("visit");
    await page.getByLabel("姓名").fill("王五");
    await page.getByLabel("住址").fill("白水镇三组");
    await page.getByLabel("申诉求决").check();
    await page.getByLabel("标题").fill("村口水渠堵塞");
    await page.getByLabel("事情的经过").fill("今年春天起村口水渠被泥沙堵住，浇不上水。");
    await page.getByLabel("诉求（选填）").fill("疏通水渠\n以后每年清一次");
    await page.getByRole("button", { name: "登记", exact: true }).click();
    await page.getByRole("heading", { name: "已登记" }).waitFor();
    await shoot(page, "desktop-registered");
    await page.getByRole("link", { name: "打开这一件" }).click();
    await page.getByRole("heading", { name: "村口水渠堵塞" }).waitFor();
    assert.match(await page.getByRole("region", { name: "信访事项" }).textContent(), /以后每年清一次/);
    await page.close();
  });

  // features: 83
  test("two clerks at one case: the slower one keeps what was typed and hears what happened", async () => {
    const petitioner = await visit(rig, DESKTOP);
    const receipt = await file(rig, petitioner, newPhone());
    await petitioner.close();
    const [slow, fast] = [await visit(rig, DESKTOP, { refusals: [409, 412], session: rig.sessions.bureau1 }), await visit(rig, DESKTOP, { session: rig.sessions.bureau1 })];
    await open(slow, receipt.number);
    const form = await begin(slow, "转送");
    await form.getByLabel("转给哪个单位").selectOption(UNIT.id);
    await form.getByLabel("附言").fill("请尽快办理");
    await open(fast, receipt.number);
    await (await begin(fast, "转送")).getByLabel("转给哪个单位").selectOption("education");
    await confirm(fast, "转送");
    await slow.getByRole("button", { name: "确认转送" }).click();
    await slow.getByRole("alert").getByText(/最新进展：转送/).waitFor();
    assert.equal(await form.getByLabel("附言").inputValue(), "请尽快办理");
    await shoot(slow, "desktop-conflict");
    await slow.close();
    await fast.close();
  });

  test("a session that ends in the middle of a step costs no word", async () => {
    const petitioner = await visit(rig, DESKTOP);
    const receipt = await file(rig, petitioner, newPhone());
    await petitioner.close();
    const page = await visit(rig, DESKTOP, { refusals: [401], session: rig.sessions.bureau1 });
    await open(page, receipt.number);
    const form = await begin(page, "转送");
    await form.getByLabel("转给哪个单位").selectOption(UNIT.id);
    await form.getByLabel("附言").fill("写了很久的一段话");
    await page.evaluate(() => sessionStorage.setItem("session.staff", JSON.stringify({ ...JSON.parse(sessionStorage.getItem("session.staff")), token: "x".repeat(43) })));
    await page.getByRole("button", { name: "确认转送" }).click();
    await page.getByRole("heading", { name: "登录已过期，请重新登录" }).waitFor();
    await shoot(page, "desktop-session-ended");
    await page.getByLabel("密码").fill(PASSWORD);
    await page.getByLabel("动态验证码").fill(await freshCode(rig, "bureau1"));
    await page.getByRole("button", { name: "登录", exact: true }).click();
    await page.getByRole("heading", { name: "登录已过期，请重新登录" }).waitFor({ state: "detached" });
    assert.equal(await form.getByLabel("附言").inputValue(), "写了很久的一段话");
    await confirm(page, "转送");
    await page.close();
  });

  // features: 39, 80
  test("lights and stages narrow the worklist down, and an empty one says what to do", async () => {
    const page = await visit(rig, DESKTOP, { session: rig.sessions.bureau1 });
    await page.goto("/staff.html");
    await page.getByRole("button", { name: /超期/ }).click();
    await page.getByText("没有符合这个条件的事项。").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), "light-red", "the pressed control keeps the focus");
    await page.getByRole("button", { name: "看全部" }).click();
    await page.locator(".worklist tbody tr").first().waitFor();
    await page.close();
    const unit = await visit(rig, DESKTOP, { session: rig.sessions[UNIT.clerk] });
    await unit.goto("/staff.html");
    await unit.getByLabel("范围").selectOption("办过的");
    await unit.getByRole("cell", { name: "已办结" }).first().waitFor();
    await unit.close();
  });
}
