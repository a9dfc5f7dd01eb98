import type { Cell } from '../domain/cell.ts';
import type { CheckedForm } from '../domain/compile.ts';
import { unpackTable, writtenFigure, type Figures } from '../domain/figures.ts';
import { dependentsOf } from '../domain/dependents.ts';
import type { Actor } from '../domain/event.ts';
import { recheck } from '../domain/judge.ts';
import { publish, type ReportInput, type ReportKey, type SectionsInput } from '../domain/report.ts';
import { editionOf } from '../domain/year.ts';
import { putAgencies, type BatchCounts } from '../operations/put-agencies.ts';
import { putReport } from '../operations/put-report.ts';
import { putYear } from '../operations/put-year.ts';
import { rechecking } from '../operations/recheck-reports.ts';
import { formOf, surroundingsOf, type Service } from '../operations/service.ts';
import { absent, agencies, openYear, phrases, slips, years, type DemoAgency } from './demo-city.ts';
import { figuresOf, withSlips, type FormOfYear } from './demo-figures.ts';

/** What loading the demo wrote; a second time everything is unchanged and nothing is published. */
export interface DemoSummary {
  readonly agencies: BatchCounts;
  readonly years: BatchCounts;
  readonly reports: BatchCounts;
  /** How many reports were made public. */
  readonly published: number;
}

/**
 * Fills a store with the fictional city 示例市: its agencies, five years, their reports, all but the last year's
 * published. `actor` is the id of the key the revisions are put down to. What the demo says replaces what a store says
 * of the same agencies, years and drafts.
 *
 * @throws Problem `report-state` where a published report of the demo has other content, as that of another version of
 *   this program.
 */
export async function loadDemo(service: Service, actor: string): Promise<DemoSummary> {
  const by: Actor = { keyId: actor, role: 'admin' };
  const registered = await putAgencies(service, { act: 'putAgencies', by }, agencies);
  const yearCounts = { created: 0, updated: 0, unchanged: 0 };
  for (const year of years) {
    const write = { year, conditions: {}, act: 'putYear', by };
    yearCounts[(await putYear(service, write, {})).outcome] += 1;
  }

  const reportCounts = { created: 0, updated: 0, unchanged: 0 };
  let published = 0;
  const formOfYear: FormOfYear = (year) => formOf(service, editionOf(year, service.editions).id);
  for (const { agency, year } of filed()) {
    const key = { agencyId: agency.id, year };
    const { edition } = formOfYear(year);
    const write = { key, conditions: { ifMatch: '*' }, edition: edition.id, act: 'putReport', by };
    reportCounts[(await putReport(service, write, reportOf(agency, year, formOfYear))).outcome] += 1;
    if (year !== openYear && (await publishDraft(service, key, by))) published += 1;
  }
  return { agencies: registered, years: yearCounts, reports: reportCounts, published };
}

function filed(): { readonly agency: DemoAgency; readonly year: number }[] {
  return years
    .flatMap((year) => agencies.map((agency) => ({ agency, year })))
    .filter((report) => !absent.some(({ agencyId, year }) => agencyId === report.agency.id && year === report.year));
}

/** Publishes a report that has never been handed in; `false` where it is past that. */
async function publishDraft(service: Service, key: ReportKey, by: Actor): Promise<boolean> {
  return service.store.changeReport<boolean>(key, (found) => {
    const { report, neighbours } = found;
    if (report?.status !== 'draft') return { result: () => false };
    const around = surroundingsOf(service, found, report.edition);
    const now = service.now().toISOString();
    const next = recheck(around, publish(report, now), now);
    const dependents = dependentsOf({ key, agency: around.agency, before: report, after: next }, neighbours);
    return {
      write: next,
      deed: { act: 'publishReport', by, at: now },
      ...rechecking(service, dependents),
      result: () => true,
    };
  });
}

function reportOf(agency: DemoAgency, year: number, formOfYear: FormOfYear): ReportInput {
  const form = formOfYear(year);
  const made = slips.filter((slip) => slip.agencyId === agency.id && slip.year === year);
  const figures = withSlips(form, figuresOf(agency, year, formOfYear), made);
  return {
    zeroReport: figures.every((figure) => figure === 0),
    preparedBy: '示例填报员',
    reviewedBy: '示例审核员',
    phone: '0000-0000000',
    preparedOn: `${year + 1}-01-15`,
    sections: sectionsOf(form, figures, agency, year),
  };
}

function sectionsOf(form: CheckedForm, figures: Figures, agency: DemoAgency, year: number): SectionsInput {
  const texts: Readonly<Record<string, () => string>> = {
    overview: () => overview(form, figures, agency, year),
    improvements: () => improvements(agency, year),
    other: () => '没有收取信息处理费，也没有其他需要报告的事项。',
  };
  const sections = form.edition.sections.map(({ key, kind }) => [
    key,
    kind === 'table' ? unpackTable(form, key, figures) : { text: texts[key]?.() ?? '无。' },
  ]);
  return Object.fromEntries(sections) as SectionsInput;
}

function overview(form: CheckedForm, figures: Figures, agency: DemoAgency, year: number): string {
  const say = (lines: readonly string[]) => inTurn(lines, agency, year);
  return [
    `本报告由${agency.name}编制，机关和数据均为虚构，仅供演示。统计期限为${year}年1月1日至12月31日。`,
    `（一）主动公开。${say(phrases.disclosure)}`,
    `（二）依申请公开。${requestsInWords(form, figures)}`,
    `（三）政府信息管理。${say(phrases.management)}`,
    `（四）平台建设。${say(phrases.platform)}`,
    `（五）监督保障。${say(phrases.supervision)}`,
  ].join('\n');
}

/** Two problems of the list: another pair for every agency, and for each of its years. */
function improvements(agency: DemoAgency, year: number): string {
  const { improvements: problems } = phrases;
  const pairs = problems.flatMap((one, n) => problems.slice(n + 1).map((other) => `${one}\n${other}`));
  return pairs[(agencies.indexOf(agency) + 4 * year) % pairs.length] as string;
}

/** The figures of table three as that table states them. */
function requestsInWords(form: CheckedForm, figures: Figures): string {
  const total = (row: string) => writtenFigure(form.cellAt.get(`requests.${row}.total`) as Cell, figures);
  const [received, carriedIn] = [total('received'), total('carriedIn')];
  if (received === 0 && carriedIn === 0) return '全年未收到政府信息公开申请，也没有上年结转的申请。';
  return (
    `全年新收政府信息公开申请${received}件，上年结转${carriedIn}件；` +
    `办结${total('concluded')}件，结转下年度继续办理${total('carriedOut')}件。`
  );
}

/** A list's next line for an agency each year; neighbours in the city do not say the same either. */
function inTurn(lines: readonly string[], agency: DemoAgency, year: number): string {
  return lines[(agencies.indexOf(agency) + year) % lines.length] as string;
}

/** A database the demo must not be mixed into. */
export class DemoRefused extends Error {
  override readonly name = 'DemoRefused';
}

/**
 * The `demo` command: loads the fictional city and says what was written.
 *
 * @throws DemoRefused where the database holds agencies of anybody else's: fiction and facts do not mix.
 */
export async function runDemo(service: Service): Promise<void> {
  const ours = new Set(agencies.map(({ id }) => id));
  const found = await service.store.agencies({ today: '' }, { limit: ours.size + 1 });
  if (found.some(({ id }) => !ours.has(id))) {
    throw new DemoRefused(
      'The database holds agencies that are not the demo’s. Load the demo into another: NIANBAO_DB=data/demo.db',
    );
  }
  const { agencies: registered, years: opened, reports, published } = await loadDemo(service, 'demo');
  const total = (counts: BatchCounts) => counts.created + counts.updated + counts.unchanged;
  console.log(
    `示例市 loaded: ${total(registered)} agencies, ${total(opened)} years, ${total(reports)} reports ` +
      `(${reports.created} new, ${published} now published).`,
  );
  await service.store.close();
}
