import { writeXlsx } from 'hucre/xlsx';
import type { CheckedForm } from '../../domain/compile.ts';
import { contentFrom } from '../../domain/report.ts';
import { reportTitle, type ReportDocument } from './report-document.ts';
import { coverSheet, type Cover } from './workbook-cover.ts';
import { dataSheet } from './workbook-data.ts';
import { narrativeSheet } from './workbook-narrative.ts';
import { tableSheet, type WorkbookSource } from './workbook-table.ts';

/** A report as a workbook: a cover, every figure by its address, and a sheet for each section. */
export async function writeWorkbook(document: ReportDocument): Promise<Uint8Array> {
  const { report, agencyName } = document;
  return workbookOf(document, { title: reportTitle(agencyName, report.year), agencyName, report });
}

/** The same workbook with nothing in it, to be filled in where there is no network, and imported. */
export async function writeTemplate(form: CheckedForm): Promise<Uint8Array> {
  const { content } = contentFrom(form, {});
  return workbookOf({ form, report: content }, { title: '政府信息公开工作年度报告', instructions });
}

/** For whoever fills in a template. Totals are typed: a formula would make every slip in the other figures agree. */
const instructions = [
  '填写说明',
  '1. 在各表空白格中填写数值；没有的填 0，空白表示尚未填写。',
  '2. “总计”由填报人按实填写，不自动计算。与各项之和不符，或相加的各项还有空白时，该格变红，请核对。',
  '3. 金额按表头所注单位填写，最多六位小数。',
  '4. 文字部分在标题下逐段填写，每段一行。',
  '5. 数值需要加注的（如“其中修订若干件”），写在“数据”表该单元格一行的“注释”栏，不写在数值里。',
  '6. 请不要改动表头、行名、工作表名称和“数据”表中的公式。',
];

/** What belongs to no section stands before the first, so that nobody reads it as part of the last. */
async function workbookOf(source: WorkbookSource, cover: Cover): Promise<Uint8Array> {
  const { edition } = source.form;
  return writeXlsx({
    properties: { title: cover.title },
    defaultFont: { name: '宋体', size: 11 },
    sheets: [
      coverSheet(edition, cover),
      dataSheet(source),
      ...edition.sections.map((section) =>
        section.kind === 'table' ? tableSheet(source, section) : narrativeSheet(source.report, section),
      ),
    ],
  });
}
