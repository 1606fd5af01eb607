import { expect, test } from "#tests/support/journey.ts";

test("an account's mails get its name, colour and words, and the preview shows them @scripts-off", async ({
  ownerPage: page,
  account,
}) => {
  await page.goto(`/a/${account.slug}/settings/mail`);
  await expect(page.getByRole("heading", { level: 1, name: "Mail" })).toBeVisible();
  const save = () => page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByLabel("Sender name").fill("Büro Süd");
  await page.getByLabel("Reply-to address").fill("nobody");
  await page.getByLabel("Invitation in German").fill("Mehr auf www.evil.example");
  await page.getByLabel("Default language").selectOption("Deutsch");
  await save();
  // What was typed stays, and each fault stands at its field.
  await expect(page.getByLabel("Sender name")).toHaveValue("Büro Süd");
  await expect(page.getByText("This is not a valid e-mail address.")).toBeVisible();
  await expect(page.getByText("Mail programs would make a link of “www.evil.example”.")).toBeVisible();

  await page.getByLabel("Reply-to address").fill("help@acme.test");
  await page.getByLabel("Invitation in German").fill("Unser neues Zuhause.");
  await page.getByLabel("Pick the logo colour").fill("#aa3300");
  await page.getByLabel("Quiet hours from").fill("22:00");
  await page.getByLabel("Quiet hours to").fill("06:30");
  await page.getByLabel("Time zone").selectOption("Europe/Berlin");
  await save();
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(page.getByLabel("Logo colour", { exact: true })).toHaveValue("#aa3300");
  await expect(page.getByLabel("Quiet hours to")).toHaveValue("06:30");

  const mail = page.frameLocator("iframe");
  await expect(mail.getByText("Unser neues Zuhause.")).toBeVisible();
  await expect(mail.getByRole("link", { name: "Einladung annehmen" })).toHaveCSS(
    "background-color",
    "rgb(170, 51, 0)",
  );
  await expect(page.getByText("Büro Süd via Rollcall").last()).toBeVisible();
  await page.getByRole("navigation", { name: "Reminder" }).getByRole("link", { name: "日本語" }).click();
  await expect(page.getByRole("main")).toContainText("招待を受ける:");
  await expect(mail.getByRole("link", { name: "招待を受ける" })).toBeVisible();
});

test("the previewed mail runs nothing, fetches nothing and is framed by the console alone", async ({
  ownerPage: page,
  account,
}) => {
  const answer = await page.request.get(
    `/a/${account.slug}/settings/mail/preview?kind=invitation&language=es`,
  );
  expect(await answer.text()).toContain("Aceptar la invitación");
  expect(answer.headers()).toMatchObject({
    "content-security-policy":
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox",
    "x-frame-options": "SAMEORIGIN",
    "cache-control": "private, no-store",
  });
});
