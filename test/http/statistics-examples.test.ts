import * as echarts from 'echarts';
import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import t from 'tap';
import { testApp } from '../support/app.ts';
import { blocksOf, readDocument, sectionOf } from '../support/markdown.ts';
import { received, statistics } from '../support/statistics-rows.ts';

const written = 'http://localhost:3000';
const section = sectionOf(readDocument('README.md'), 'Statistics');
const blockOf = (language: string) => blocksOf(section).find((block) => block.language === language)?.text ?? '';

const { app, anonymous } = await testApp(t, { demo: true });
const here = await app.listen({ port: 0, host: '127.0.0.1' });

/** What a program says. */
const said = async (program: string, args: string[]) => (await promisify(execFile)(program, args)).stdout;
const isThere = (program: string, ...args: string[]) => spawnSync(program, args).status === 0;

await t.test('every address in the README is answered with something', async (t) => {
  const addresses = [...section.matchAll(/http:\/\/localhost:3000(\/v1\/statistics\?[^\s'"`]*)/g)].map(
    ([, address = '']) => address,
  );
  t.equal(addresses.length, 5, 'one for each who reads');
  for (const address of addresses) {
    const answer = await anonymous('GET', address);
    t.equal(answer.statusCode, 200, address);
    const isCsv = /^text\/csv/.test(String(answer.headers['content-type']));
    const rows = isCsv ? answer.body.trim().split('\r\n').slice(1) : (answer.json<{ items?: [] }>().items ?? [0]);
    t.ok(rows.length > 0, address);
  }
});

await t.test('ECharts takes an answer in columns as it is, and draws the bars', async (t) => {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 600, height: 400 });
  t.teardown(() => chart.dispose());
  chart.setOption({ animation: false });
  const code = blockOf('js').replaceAll(written, here);
  // The example as somebody types it, who has a chart.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  await (new Function('chart', `return (async () => {${code}})()`) as (chart: echarts.ECharts) => Promise<void>)(chart);

  const cells = [received, 'requests.carriedOut.total'];
  const { items, columns } = await statistics(anonymous, `cells=${cells.join(',')}&agency=shili&groupBy=year`);
  const heights = barsIn(chart.renderToSVGString());
  t.equal(heights.length, cells.length, 'a colour for each figure');
  const pixels = (heights[0]?.[0] ?? 0) / Number(items[0]?.[received]);
  for (const [place, cell] of cells.entries()) {
    t.equal(heights[place]?.length, items.length, 'a bar for each year');
    for (const [n, item] of items.entries()) {
      t.ok(Math.abs((heights[place]?.[n] ?? 0) - Number(item[cell]) * pixels) < 0.1, `${cell} ${String(item['year'])}`);
    }
  }
  const words = textsIn(chart.renderToSVGString());
  const labels = columns.filter(({ name }) => cells.includes(name)).map(({ label }) => label);
  for (const text of [...labels, ...items.map(({ year }) => String(year))]) t.ok(words.includes(text), text);
});

/** The heights of the bars in a drawing, by colour, from left to right. */
function barsIn(svg: string): number[][] {
  const bars = [...svg.matchAll(/<path d="M([\d.]+) ([\d.]+)l([\d.]+) 0l0 (-?[\d.]+)l-[\d.]+ 0Z" fill="([^"]+)"/g)];
  const byColour = Map.groupBy(bars, ([, , , , , colour = '']) => colour);
  return [...byColour.values()].map((of) => of.map(([, , , , height]) => Math.abs(Number(height))));
}

function textsIn(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text);
}

const noShell = !(isThere('curl', '--version') && isThere('sqlite3', '--version')) && 'no curl or no sqlite3 here';
const noPython = !isThere('python3', '--version') && 'no Python here';
const noPandas = !isThere('python3', '-c', 'import pandas') && 'no pandas here';

await t.test('the shell', { skip: noShell }, async (t) => {
  const lines = (await said('bash', ['-c', blockOf('sh').replaceAll(written, here)])).trim().split('\n');
  const { items } = await statistics(anonymous, `groupBy=agency&consolidated=exclude&sort=-${received}&top=3`);
  t.same(
    lines,
    items.map((item) => `${String(item['agencyName'])}|${String(item[received])}`),
  );
});

await t.test('pandas', { skip: noPandas }, async (t) => {
  const table = await said('python3', ['-c', blockOf('python').replaceAll(written, here)]);
  const { items } = await statistics(anonymous, 'consolidated=exclude&groupBy=year,level');
  for (const item of items) t.match(table, String(item[received]));
});

await t.test('what pandas is given is the CSV that Python reads', { skip: noPython }, async (t) => {
  const [, address = ''] = /"(http[^"]+)"/.exec(blockOf('python')) ?? [];
  const program = `import csv, io, json, urllib.request
text = urllib.request.urlopen("${address.replaceAll(written, here)}").read().decode("utf-8")
print(json.dumps(list(csv.DictReader(io.StringIO(text, newline="")))))`;
  const rows = JSON.parse(await said('python3', ['-c', program])) as unknown;
  const { items } = await statistics(anonymous, 'consolidated=exclude&groupBy=year,level');
  t.same(
    rows,
    items.map((item) => Object.fromEntries(Object.entries(item).map(([name, value]) => [name, String(value)]))),
  );
});
