/* Supervision (督查检查) at the desks: a list of problems until all are put right, a check with drawn cases, an appraisal and a reception day. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DESKTOP, PHONE, assertSound, shoot, visit } from "../browser.mjs";
import { begin, confirm } from "../desk.mjs";
import { say, signIn } from "../people.mjs";

const UNIT = { id: "housing", name: "青山县住房和城乡建设局", clerk: "housing-clerk" };
const PROBLEMS = ["三件事项没有按期书面告知信访人", "答复意见没有写明依据", "回访记录缺失"];

const daysFrom = (iso, days) => new Date(Date.parse(iso.slice(0, 10)) + days * 86400000).toISOString().slice(0, 10);
const today = async (rig) => (await (await fetch(`${rig.base}/_local/clock`)).json()).now;

async function at(rig, user, screen = DESKTOP) {
  const page = await visit(rig, screen, { session: rig.sessions[user], refusals: [422] });
  await page.goto("/staff.html");
  if (!rig.sessions[user]) await signIn(rig, page, user);
  await page.locator(".lights").waitFor();
  return page;
}

async function toTasks(page) {
  await page.getByRole("link", { name: "督查检查", exact: true }).click();
  await page.getByRole("heading", { name: "督查检查", exact: true }).waitFor();
}

async function openTask(page, title) {
  await toTasks(page);
  await page.getByRole("link", { name: title }).first().click();
  await page.getByRole("heading", { name: title }).waitFor();
}

/** Chooses the kind in the form that opens a task. */
async function beginTask(page, kind) {
  await toTasks(page);
  await page.getByRole("link", { name: "立项" }).first().click();
  const form = page.getByRole("form", { name: "督查检查立项" });
  await form.getByLabel(kind).check();
  return form;
}

async function finishTask(page, title) {
  await page.getByRole("button", { name: "确认立项" }).click();
  await page.getByRole("heading", { name: title }).waitFor();
}

const stage = (page) => page.locator("#stage").textContent();

/** A suggestion that the unit answered and served: something that can be drawn. */
async function concluded(rig, title) {
  const { case_number: number } = await say(rig, "bureau1", "/registrations", {
    channel: "letter", received_on: (await today(rig)).slice(0, 10), kind: "suggestion", title, text: "建议小区装充电桩。", petitioner: { name: "郑明", address: "城关镇二社区" },
  });
  let version = 1;
  const step = async (user, action, body) => { ({ version } = await say(rig, user, `/cases/${number}/${action}`, body, version)); };
  await step("bureau1", "forward", { to: UNIT.id });
  await step(UNIT.clerk, "accept", { track: "suggestion", undertaker: "李工" });
  await step(UNIT.clerk, "reply", { facts: "经现场查看，小区有电力容量。", answers: [{ claim: 1, finding: "support", answer: "采纳您的建议，2027年3月1日前装好十个充电桩，由李工负责。", basis: "《青山县充电设施建设办法》第五条" }] });
  await step(UNIT.clerk, "serve", { method: "mail", proof: "挂号信回执" });
  return number;
}

export function inspections(rig) {
  // features: 62, 63, 64
  test("a list of problems is opened, signed for, answered item by item, rechecked and closed", async () => {
    const now = await today(rig);
    const title = `三季度问题清单 ${now.slice(11, 19)}`;
    const bureau = await at(rig, "bureau1");
    const form = await beginTask(bureau, "问题清单");
    await bureau.getByRole("button", { name: "确认立项" }).click();
    await bureau.getByRole("alert").getByText("请选择被检查的单位").waitFor();
    await assertSound(bureau, "an opening with its errors");
    await shoot(bureau, "desktop-inspection-open-errors");
    await form.getByLabel("标题").fill(title);
    await form.getByLabel("按名称或职责找单位").fill("住房");
    await form.getByLabel("被检查的单位").selectOption(UNIT.id);
    await form.getByLabel("需要整改的问题").fill(PROBLEMS.join("\n"));
    await form.getByLabel("要求反馈的日期").fill(daysFrom(now, -1));
    await bureau.getByRole("button", { name: "确认立项" }).click();
    await bureau.getByRole("alert").getByText("反馈日期应在明天至一年以内").waitFor();
    assert.equal(await form.getByLabel("要求反馈的日期").getAttribute("aria-invalid"), "true", "the error stands at its field");
    await form.getByLabel("要求反馈的日期").fill(daysFrom(now, 10));
    await shoot(bureau, "desktop-inspection-open");
    await finishTask(bureau, title);
    assert.equal(await stage(bureau), "待反馈");
    await shoot(bureau, "desktop-inspection-opened");

    const unit = await at(rig, UNIT.clerk, PHONE);
    await toTasks(unit);
    const row = unit.locator("tr").filter({ hasText: title });
    await row.getByText("要本单位反馈").waitFor();
    assert.equal(await unit.getByRole("link", { name: "立项" }).count(), 0, "a clerk opens none");
    await assertSound(unit, "the tasks of a unit on a phone");
    await shoot(unit, "phone-inspections");
    await openTask(unit, title);
    await begin(unit, "签收");
    await confirm(unit, "签收");
    const answer = await begin(unit, "反馈整改");
    await answer.getByLabel("第1项的整改情况").fill("已补发告知书3份，信访人已经签收。");
    for (const no of [1, 2, 3]) await answer.getByLabel(`第${no}项的责任人`).fill("李工");
    await unit.getByRole("button", { name: "确认反馈整改" }).click();
    await unit.getByRole("alert").getByText("请填写第2项的整改情况").waitFor();
    assert.equal(await answer.getByLabel("第2项的整改情况").getAttribute("aria-invalid"), "true", "what is missing is told at its item");
    assert.equal(await answer.getByLabel("第1项的整改情况").inputValue(), "已补发告知书3份，信访人已经签收。", "nothing typed is lost");
    await assertSound(unit, "an answer with its errors on a phone");
    await shoot(unit, "phone-inspection-answer-errors");
    await answer.getByLabel("第2项的整改情况").fill("已在答复意见中补写依据。");
    await answer.getByLabel("第3项的整改情况").fill("正在补做回访。");
    await confirm(unit, "反馈整改");
    assert.equal(await stage(unit), "已反馈，待复查");
    await shoot(unit, "phone-inspection-answered");
    await toTasks(unit);
    await unit.getByRole("button", { name: "已反馈，待复查" }).click();
    await unit.locator("tr").filter({ hasText: title }).getByText("检查本单位").waitFor();
    await unit.close();

    await toTasks(bureau);
    await bureau.getByRole("button", { name: "已反馈，待复查" }).click();
    await bureau.getByRole("link", { name: title }).click();
    await bureau.getByRole("heading", { name: title }).waitFor();
    const recheck = await begin(bureau, "复查");
    await recheck.getByLabel("第3项").check();
    await recheck.getByLabel("复查情况").fill("第3项的回访还没有做完。");
    await bureau.getByRole("button", { name: "确认复查" }).click();
    await bureau.getByRole("alert").getByText("请重新指定反馈日期").waitFor();
    await recheck.getByLabel("重新反馈的日期").fill(daysFrom(now, 5));
    await assertSound(bureau, "a recheck");
    await shoot(bureau, "desktop-inspection-recheck");
    await confirm(bureau, "复查");
    assert.match(await bureau.locator('[data-item="3"]').textContent(), /没有整改到位，继续整改/);
    assert.match(await bureau.locator('[data-item="1"]').textContent(), /已整改到位/);
    await shoot(bureau, "desktop-inspection-rechecked");

    const again = await at(rig, UNIT.clerk);
    await openTask(again, title);
    const second = await begin(again, "反馈整改");
    assert.equal(await second.getByLabel(/的整改情况/).count(), 1, "what is put right is not asked again");
    await second.getByLabel("第3项的整改情况").fill("三件事项已经全部回访。");
    await second.getByLabel("第3项的责任人").fill("赵工");
    await shoot(again, "desktop-inspection-answer-again");
    await confirm(again, "反馈整改");
    await again.close();

    await bureau.reload();
    await bureau.getByRole("heading", { name: title }).waitFor();
    const last = await begin(bureau, "复查");
    await last.getByLabel("复查情况").fill("看过回访记录，属实。");
    await confirm(bureau, "复查");
    assert.equal(await stage(bureau), "已办结");
    await assertSound(bureau, "a task that is closed");
    await shoot(bureau, "desktop-inspection-closed");
    await bureau.emulateMedia({ media: "print" });
    await shoot(bureau, "print-inspection");
    await bureau.emulateMedia({ media: "screen" });
    await toTasks(bureau);
    await bureau.getByRole("button", { name: "已办结", exact: true }).click();
    await bureau.getByRole("link", { name: title }).waitFor();
    await shoot(bureau, "desktop-inspections-closed");
    await bureau.getByRole("button", { name: "待办", exact: true }).click();
    await bureau.close();
  });

  // features: 62, 65
  test("a random check draws closed cases, each is gone through with its sheet, a point is corrected with a reason", async () => {
    await (await at(rig, "bureau1")).close();
    await (await at(rig, UNIT.clerk)).close();
    const matters = [await concluded(rig, "建议小区装充电桩"), await concluded(rig, "建议小区装快递柜")];
    const title = `四季度抽查 ${(await today(rig)).slice(11, 19)}`;
    const page = await at(rig, "bureau1");
    const form = await beginTask(page, "抽查");
    await form.getByLabel("标题").fill(title);
    await form.getByLabel("被检查的单位").selectOption(UNIT.id);
    await form.getByLabel("抽取几件").fill("21");
    await page.getByRole("button", { name: "确认立项" }).click();
    await page.getByRole("alert").getByText("不能大于20").waitFor();
    await form.getByLabel("抽取几件").fill("20");
    await shoot(page, "desktop-inspection-open-check");
    await finishTask(page, title);
    assert.equal(await stage(page), "进行中");
    for (const number of matters) await page.locator(`[data-sheet="${number}"]`).waitFor();
    await assertSound(page, "a check with its sheets");
    await shoot(page, "desktop-inspection-sheets");

    const [first] = matters;
    await begin(page, "办结");
    await page.getByRole("button", { name: "确认办结" }).click();
    await page.getByRole("alert").getByText(/没有逐件核对评分/).waitFor();
    const sheet = page.locator(`[data-sheet="${first}"]`);
    await sheet.getByRole("button", { name: /核对评分/ }).click();
    const score = page.getByRole("form", { name: "评分" });
    assert.equal(await score.locator('[name="number"]:checked').inputValue(), first, "the case that was pressed is chosen");
    await score.getByLabel("改哪一项的得分").selectOption("based");
    await score.getByLabel("这一项的得分").fill("4");
    await page.getByRole("button", { name: "确认评分" }).click();
    await page.getByRole("alert").getByText("改分的，请写明理由").waitFor();
    await score.getByLabel("改分的理由").fill("引用的是已废止的条款。");
    await shoot(page, "desktop-inspection-score");
    await confirm(page, "评分");
    assert.match(await sheet.textContent(), /已核对/);
    assert.match(await sheet.textContent(), /改分的理由：引用的是已废止的条款。/);
    for (const other of await page.locator(".sheet[open]").evaluateAll((sheets) => sheets.map(({ dataset }) => dataset.sheet))) {
      await page.locator(`[data-sheet="${other}"]`).getByRole("button", { name: /核对评分/ }).click();
      await page.getByRole("button", { name: "确认评分" }).click();
      await page.locator(`[data-sheet="${other}"]:not([open])`).waitFor();
    }
    await page.getByText("全部核对").waitFor();
    await page.close();

    const unit = await at(rig, UNIT.clerk, PHONE);
    await openTask(unit, title);
    await unit.locator(`[data-sheet="${first}"] > summary`).click();
    await assertSound(unit, "a sheet on a phone");
    await shoot(unit, "phone-inspection-sheet");
    await unit.locator(`[data-sheet="${first}"]`).getByRole("link", { name: "打开这一件" }).click();
    await unit.getByRole("heading", { name: "建议小区装充电桩" }).waitFor();
    await unit.getByRole("link", { name: "回到督查检查" }).click();
    await unit.getByRole("heading", { name: title }).waitFor();
    await unit.close();

    const end = await at(rig, "bureau1");
    await openTask(end, title);
    await begin(end, "办结");
    await confirm(end, "办结");
    assert.equal(await stage(end), "已办结");
    await end.close();
  });

  // features: 70, 99
  test("a reception day is recorded with its leader and matters, and an appraisal with its votes", async () => {
    await (await at(rig, "bureau1")).close();
    const now = (await today(rig)).slice(11, 19);
    const { case_number: matter } = await say(rig, "bureau1", "/registrations", {
      channel: "visit", received_on: (await today(rig)).slice(0, 10), kind: "grievance", title: "石桥镇灌渠漏水", text: "灌渠漏水，浇不上地。", petitioner: { name: "钱守田", address: "石桥镇五组" },
    });
    const page = await at(rig, "supervisor1");
    const reception = await beginTask(page, "领导接访");
    assert.equal(await reception.getByLabel("被检查的单位").count(), 0, "a reception is of no unit");
    await reception.getByLabel("标题").fill(`县长接访日 ${now}`);
    await shoot(page, "desktop-inspection-open-reception");
    await finishTask(page, `县长接访日 ${now}`);
    const record = await begin(page, "接访记录");
    await record.getByLabel("王立新").check();
    await record.getByLabel("接待人数").fill("6");
    await record.getByLabel("有关事项的编号").fill("261234567890");
    await page.getByRole("button", { name: "确认接访记录" }).click();
    await page.getByRole("alert").getByText("没有找到这件信访事项").waitFor();
    await record.getByLabel("有关事项的编号").fill(matter);
    await record.getByLabel("接访情况").fill("当场交办一件，其余五件当场答复。");
    await shoot(page, "desktop-inspection-reception-form");
    await confirm(page, "接访记录");
    await page.getByText("王立新接待 6 人").waitFor();
    await shoot(page, "desktop-inspection-reception");
    await begin(page, "办结");
    await confirm(page, "办结");

    const appraisal = await beginTask(page, "民主评议");
    await appraisal.getByLabel("标题").fill(`信访干部民主评议 ${now}`);
    await appraisal.getByLabel("被检查的单位").selectOption(UNIT.id);
    await finishTask(page, `信访干部民主评议 ${now}`);
    const votes = await begin(page, "民主评议结果");
    for (const [label, count] of [["参加人数", "40"], ["满意票数", "30"], ["基本满意票数", "6"], ["不满意票数", "5"]]) await votes.getByLabel(label, { exact: true }).fill(count);
    await page.getByRole("button", { name: "确认民主评议结果" }).click();
    await page.getByRole("alert").getByText("各项票数之和超过了参加人数").waitFor();
    await votes.getByLabel("不满意票数").fill("3");
    await confirm(page, "民主评议结果");
    assert.match(await page.getByRole("region", { name: "民主评议结果" }).textContent(), /40 人参加.*没有投票1 票/);
    await assertSound(page, "votes");
    await shoot(page, "desktop-inspection-votes");
    await begin(page, "办结");
    await confirm(page, "办结");
    await page.close();
  });

  test("a task is opened and found by keyboard alone, and nothing scrolls sideways at 360 px", async () => {
    const page = await at(rig, "bureau1", { viewport: { width: 360, height: 740 } });
    await page.goto("/staff.html#inspections/new");
    const form = page.getByRole("form", { name: "督查检查立项" });
    await form.getByLabel("自查").focus();
    await page.keyboard.press("Space");
    await form.getByLabel("标题").waitFor();
    await assertSound(page, "an opening at 360 px");
    await shoot(page, "narrow-inspection-open");
    await form.getByLabel("标题").focus();
    await page.keyboard.insertText("自查安排");
    await form.getByLabel("被检查的单位").focus();
    await page.keyboard.press("ArrowDown");
    await form.getByLabel("依据和要求").focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "自查安排" }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1", "the focus goes on with the heading");
    await assertSound(page, "a task at 360 px");
    await shoot(page, "narrow-inspection");
    await page.getByRole("link", { name: "督查检查", exact: true }).click();
    await page.getByRole("heading", { name: "督查检查", exact: true }).waitFor();
    await assertSound(page, "the tasks at 360 px");
    await shoot(page, "narrow-inspections");
    await page.close();
  });
}
