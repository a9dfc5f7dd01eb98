import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import t from 'tap';
import { decodeText } from '../../../src/documents/printed/decode-text.ts';
import type { Printed, PrintedCell, PrintedLine } from '../../../src/documents/printed/printed.ts';
import { readHtml } from '../../../src/documents/printed/read-html.ts';
import { readText } from '../../../src/documents/printed/read-text.ts';
import type { CellProvenance } from '../../../src/documents/reading.ts';
import { readCellText } from '../../../src/documents/reading/figure.ts';
import { normalForm } from '../../../src/documents/reading/normal-form.ts';
import { drawReport, pickWith } from '../../support/layouts/drawn.ts';
import { mutations } from '../../support/layouts/mutations.ts';
import { printers } from '../../support/layouts/printers.ts';
import { figuresIn, read } from '../../support/layouts/read.ts';
import { sheetOf } from '../../support/layouts/squares.ts';
import { formOf } from '../../support/forms.ts';
import { holds } from '../../support/property.ts';

/** Reports as published, beside the project where somebody has them. */
const folder = join(
  process.env['REPORTS_DIR'] ?? fileURLToPath(new URL('../../../../shared/reports', import.meta.url)),
  'full',
);

const published = existsSync(folder)
  ? readdirSync(folder)
      .filter((name) => /\.(?:html|txt|md)$/u.test(name))
      .map((name) => ({ name, text: decodeText(readFileSync(join(folder, name))) }))
  : [];

const made = ['asHtml', 'asBars', 'asTabs', 'asSpacedLines', 'asRunText', 'asOneLine'] as const;

function printedIn(name: string, text: string): Printed {
  return /html$/iu.test(name) ? readHtml(text) : readText(text);
}

/** A line and the place in it that a figure is said to stand at; a text that was parted at its titles has lines of one place. */
function standsAt({ lines }: Printed, { where, text }: CellProvenance): PrintedLine | undefined {
  const at = lines.filter(({ place }) =>
    Object.entries(place).every(([part, value]) => where[part as keyof typeof where] === value || part === 'column'),
  );
  return at.find(({ cells }) => cells.some((cell) => holdsText(cell, where.column, text)));
}

function holdsText({ text, column: first }: PrintedCell, column: number | undefined, figure: string): boolean {
  return column === undefined ? text.includes(figure) : first === column - 1 && text.trim() === figure;
}

/** What is said of a figure that is not so; nothing where all of it is. */
function untrue(
  printed: Printed,
  address: string,
  value: number,
  said: CellProvenance | undefined,
  edition: string,
): string[] {
  const line = said && standsAt(printed, said);
  if (!line) return [`${address} = ${value} does not stand where it is said to: ${JSON.stringify(said)}`];
  const read = readCellText(said.text);
  const digits = read.kind === 'figure' ? read.digits : said.text;
  const amount = formOf(edition).cellAt.get(address)?.value === 'amount';
  if (!amount && !digits.includes(String(Math.abs(value))))
    return [`${address} = ${value} does not stand in “${said.text}”`];
  return [];
}

/** @throws Error that names what was done to the document, and what was read of it that is not there */
function expectTruth(name: string, text: string, told: string): void {
  const printed = printedIn(name, text);
  const reading = read(printed, name);
  const faults = [...figuresIn(reading)].flatMap(([address, value]) =>
    untrue(printed, address, value, reading.provenance[address], reading.edition ?? ''),
  );
  if (faults.length > 0) throw new Error(`${name}, ${told}: ${faults.slice(0, 3).join('; ')}`);
}

function mutated(draw: fc.GeneratorValue, text: string): { readonly text: string; readonly told: string } {
  const pick = pickWith(draw);
  const names = Object.keys(mutations);
  const chosen = Array.from({ length: 1 + pick(6) }, () => names[pick(names.length)] as string);
  return {
    text: chosen.reduce((now, name) => (mutations[name] as (typeof mutations)[string])(now, pick), text),
    told: chosen.join(),
  };
}

const runs: fc.Parameters<unknown> = { seed: 20_240_331, numRuns: 60, endOnFailure: true };

for (const { name, text } of published) {
  await t.test(`${name}, whatever became of it: what is read stands there`, async (t) => {
    const isTrue = (draw: fc.GeneratorValue) => {
      const changed = mutated(draw, text);
      expectTruth(name, changed.text, changed.told);
    };
    holds(t, fc.property(fc.gen(), isTrue), runs);
  });
}

for (const name of made) {
  await t.test(`${name}, whatever became of it: what is read stands there`, async (t) => {
    const isTrue = (draw: fc.GeneratorValue) => {
      const { form, stated } = drawReport(pickWith(draw), 'filled');
      const sheet = sheetOf(form, '临江县某某局2023年政府信息公开工作年度报告', (address) =>
        String(stated.get(address)),
      );
      const changed = mutated(draw, printers[name](sheet));
      expectTruth(name, changed.text, changed.told);
    };
    holds(t, fc.property(fc.gen(), isTrue), runs);
  });
}

await t.test('a label on the line of a figure is that of its row', async (t) => {
  const isTrue = (draw: fc.GeneratorValue) => {
    const { form, stated } = drawReport(pickWith(draw), 'filled');
    const sheet = sheetOf(form, '临江县某某局2023年政府信息公开工作年度报告', (address) => String(stated.get(address)));
    const printed = readText(mutated(draw, printers.asTabs(sheet)).text);
    const reading = read(printed, 'report.txt');
    const labels = new Map(
      form.edition.sections
        .flatMap((section) => (section.kind === 'table' ? [section] : []))
        .flatMap(({ key: section, blocks }) =>
          blocks.flatMap(({ rows }) => rows.map(({ key, label }) => ({ row: `${section}.${key}.`, label }))),
        )
        .flatMap(({ row, label }) => (label ? [[normalForm(label['zh-CN']), row] as const] : [])),
    );
    for (const [address] of figuresIn(reading)) {
      const line = printed.lines.find(({ place }) => place.line === reading.provenance[address]?.where.line);
      const last = line?.cells
        .map(({ text }) => normalForm(text).replace(/^[一二三四五六七八\d]/u, ''))
        .findLast((label) => labels.has(label) && label.length > 2);
      const row = labels.get(last ?? '');
      if (row && !address.startsWith(row)) throw new Error(`${address} is read from the line of ${last}`);
    }
  };
  holds(t, fc.property(fc.gen(), isTrue), runs);
});
