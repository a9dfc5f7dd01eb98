import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import t from 'tap';
import type { CheckedForm } from '../../src/domain/compile.ts';
import type { Figures } from '../../src/domain/figures.ts';
import { contentFrom, type SectionsInput } from '../../src/domain/report.ts';
import { documentReader } from '../../src/documents/read-document.ts';
import type { ReportDocument } from '../../src/documents/writing/report-document.ts';
import { writeCsvData } from '../../src/documents/writing/write-csv.ts';
import { writeDocx } from '../../src/documents/writing/write-docx.ts';
import { writeHtml } from '../../src/documents/writing/write-html.ts';
import { writeWorkbook } from '../../src/documents/writing/write-xlsx.ts';
import { sparseFigures, tablesOf } from '../support/figures.ts';
import { forms } from '../support/forms.ts';
import { holdsAfterWaiting } from '../support/property.ts';

const read = documentReader(forms);

/** How a report is written in every format that is read back. */
const formats: Readonly<Record<string, (document: ReportDocument) => Promise<string | Uint8Array> | string>> = {
  html: writeHtml,
  docx: writeDocx,
  xlsx: writeWorkbook,
  csv: (document) => writeCsvData(document, true),
  json: ({ agencyName, report }) => JSON.stringify({ agencyName, ...report }),
};

/** Word files and workbooks take their time. */
const runs: Readonly<Record<string, number>> = { docx: 10, xlsx: 10 };

/** Lines people write, and lines made to be taken for something else. */
const line = fc.oneof(
  fc.constantFrom(
    '',
    '本年度共收到申请 3 件，均已答复。',
    '　　一是完善制度；二是加强培训。',
    '二、主动公开政府信息情况',
    '三、收到和处理政府信息公开申请情况',
    '行政许可 12',
    '| 规章 | 1 | 2 | 3 |',
    '规章\u00a01',
    '=1+1',
    "'quoted",
    '<b>不是标签</b> & "引号"',
    'two  blanks',
    '- 4 -',
    '打印本页',
  ),
  fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replace(/[\p{C}\p{Z}]/gu, '') || '无'),
);

const text = fc.oneof(
  fc.constant(null),
  fc.array(line, { minLength: 1, maxLength: 6 }).map((lines) => lines.join('\n').trim() || '无。'),
);

const note = fc.constantFrom('其中修订16件', '含上年结转', "'=x", '见附件');

interface Written {
  readonly figures: Figures;
  readonly texts: readonly (string | null)[];
  readonly noted: readonly (readonly [number, string])[];
}

function written(form: CheckedForm): fc.Arbitrary<Written> {
  return fc.record({
    figures: sparseFigures(form),
    texts: fc.array(text, { minLength: form.narratives.length, maxLength: form.narratives.length }),
    noted: fc.array(fc.tuple(fc.nat(form.cells.length - 1), note), { maxLength: 3 }),
  });
}

function documentFrom(form: CheckedForm, { figures, texts, noted }: Written): ReportDocument {
  const narratives = form.narratives.map(({ key }, index) => [key, { text: texts[index] ?? null }]);
  const notes = noted
    .filter(([index]) => !Number.isNaN(figures[index]))
    .map(([index, said]) => [form.cells[index]?.address ?? '', said]);
  const { content } = contentFrom(form, {
    sections: { ...tablesOf(form, figures), ...(Object.fromEntries(narratives) as SectionsInput) },
    notes: Object.fromEntries(notes) as Record<string, string>,
  });
  const { first } = form.edition.years;
  const report = { ...content, agencyId: 'a', year: first, edition: form.edition.id, status: 'published' as const };
  return {
    form,
    agencyName: '青山县林业局',
    language: 'zh-CN',
    report: report,
  };
}

for (const form of forms) {
  for (const [format, write] of Object.entries(formats)) {
    await t.test(`edition ${form.edition.id}, ${format}: what is written is read back as it was`, async (t) => {
      await holdsAfterWaiting(
        t,
        fc.asyncProperty(written(form), async (content) => {
          const document = documentFrom(form, content);
          const file = await write(document);
          const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file;
          const reading = await read({ name: `report.${format}`, bytes });
          const { sections, notes } = document.report;
          const told = [reading.sections, reading.notes, reading.year, reading.agencyName];
          return isDeepStrictEqual(told, [sections, notes, document.report.year, document.agencyName]);
        }),
        { numRuns: runs[format] ?? 40 },
      );
    });
  }
}
