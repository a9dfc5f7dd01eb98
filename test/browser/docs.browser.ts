import { existsSync } from 'node:fs';
import { chromium, type Page } from 'playwright-core';
import t, { type Test } from 'tap';
import { agencies, openYear } from '../../src/cli/demo-city.ts';
import { adminKey, testApp } from '../support/app.ts';

/** A name as of another machine's: browsers make exceptions for their own. */
const name = 'nianbao.test';

const flags = [
  `--host-resolver-rules=MAP ${name} 127.0.0.1`,
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/** How long the browser may take over one thing, in milliseconds. */
const patience = 10_000;

/** A page of the documentation, and what it did beside showing it. */
interface Docs {
  readonly page: Page;
  /** Addresses outside the service that it asked for. */
  readonly strangers: readonly string[];
  /** Errors in its console, and scripts that threw. */
  readonly errors: readonly string[];
}

if (existsSync(executablePath)) {
  await t.test('Swagger UI in a browser', { timeout: 120_000 }, tryDocs);
} else {
  t.comment(`No browser at ${executablePath}: set CHROMIUM_PATH to try Swagger UI in one.`);
  t.plan(0, 'there is no Chromium here');
}

async function tryDocs(t: Test): Promise<void> {
  const { page, strangers, errors } = await openDocs(t);

  await t.test('takes the key', async () => {
    await page.getByRole('button', { name: 'Authorize' }).first().click();
    const dialog = page.locator('.auth-container', { hasText: 'Bearer' });
    await dialog.locator('input').fill(adminKey);
    await dialog.getByRole('button', { name: 'Apply credentials' }).click();
    await dialog.getByRole('button', { name: 'Remove authorization' }).waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
  });

  if (!t.passing()) return;

  await t.test('asks for the report of its example', async (t) => {
    const operation = await open(page, 'getReport');
    const agencyId = await operation.getByPlaceholder('agencyId').inputValue();
    t.ok(
      agencies.some(({ id }) => id === agencyId),
      'the example is an agency of the demo',
    );
    await operation.getByRole('button', { name: 'Execute' }).click();
    const answer = operation.locator('.live-responses-table .response');
    t.equal((await answer.locator('.response-col_status').innerText()).trim(), '200');
    t.match(JSON.parse(await answer.locator('.highlight-code code, .highlight-code pre').first().innerText()), {
      agencyId,
      sections: { requests: { concluded: {} } },
    });
  });

  await t.test('asks for a draft, which takes the key', async (t) => {
    const operation = await open(page, 'getReport');
    await operation.getByPlaceholder('year').fill(String(openYear));
    await operation.getByRole('button', { name: 'Execute' }).click();
    const answer = operation.locator('.live-responses-table .response', { hasText: '"draft"' });
    await answer.waitFor();
    t.equal((await answer.locator('.response-col_status').innerText()).trim(), '200');
  });

  await t.test('shows the official labels of the form', async (t) => {
    const operation = await open(page, 'putReport');
    await operation.getByRole('tab', { name: 'Schema' }).first().click();
    await operation.getByRole('button', { name: 'Expand all' }).first().click();
    const label = operation.getByText('本年新收政府信息公开申请数量').first();
    await label.waitFor();
    t.ok(await label.isVisible(), 'the first row of table three is called what the notice calls it');
  });

  t.same(strangers, [], 'it asks nobody but the service');
  t.same(errors, [], 'and nothing goes wrong in it');
}

/** The documentation of the demo city in a browser that can reach nothing else. */
async function openDocs(t: Test): Promise<Docs> {
  const { app } = await testApp(t, { demo: true });
  const url = (await app.listen({ host: '127.0.0.1', port: 0 })).replace('127.0.0.1', name);
  const browser = await chromium.launch({ executablePath, args: flags });
  t.teardown(() => browser.close());
  const page = await browser.newPage();
  page.setDefaultTimeout(patience);
  const [strangers, errors]: [string[], string[]] = [[], []];
  await page.route('**', async (route) => {
    const asked = route.request().url();
    if (new URL(asked).origin === url || /^(data|blob):/.test(asked)) return route.continue();
    strangers.push(asked);
    return route.abort();
  });
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${url}/docs`);
  return { page, strangers, errors };
}

/** Opens an operation, unless it is open. */
async function open(page: Page, operationId: string) {
  const operation = page.locator(`[id$="-${operationId}"]`);
  await operation.waitFor();
  if (!(await operation.getAttribute('class'))?.includes('is-open')) {
    await operation.locator('.opblock-summary-control').click();
  }
  return operation;
}
