/* What every journey at a desk does: open a case, begin a step, confirm it. */

export async function open(page, number) {
  await page.goto(`/staff.html#case/${number}`);
  await page.getByRole("heading", { name: "现在要做" }).waitFor();
}

/** The steps that are seldom needed lie folded. */
export async function unfold(page) {
  const rest = page.locator(".more-steps:not([open]) > summary");
  if (await rest.count()) await rest.click();
}

/** Opens the form of a step; the caller fills it, `confirm` sends it. */
export async function begin(page, label) {
  const button = page.getByRole("button", { name: label, exact: true });
  if (!await button.count()) await unfold(page);
  await button.click();
  return page.getByRole("form", { name: label });
}

export async function confirm(page, label) {
  await page.getByRole("button", { name: `确认${label}` }).click();
  await page.getByText(`${label}：已办好。`).waitFor();
}
