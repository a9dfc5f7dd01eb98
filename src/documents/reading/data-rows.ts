import type { CheckedForm } from '../../domain/compile.ts';
import { dataColumns, type DataColumn } from '../own-words.ts';
import { unguarded } from '../formula-guard.ts';
import type { Place, PrintedLine } from '../printed/printed.ts';
import type { DocumentReading, Unread } from '../reading.ts';
import { DocumentRefused } from '../refusal.ts';
import type { Aligned } from './aligned.ts';
import type { Slot } from './entry.ts';
import { readCellText } from './figure.ts';
import type { Target } from './target.ts';

/** A report as data: what stands for each cell, or narrative, by its address. */
export interface DataRows extends Pick<DocumentReading, 'agencyName' | 'year' | 'edition' | 'notes'> {
  readonly rows: ReadonlyMap<string, DataRow>;
  /** What stands differently for one address: every value of it. */
  readonly conflicts: ReadonlyMap<string, DataRow>;
}

interface DataRow {
  readonly value: string;
  readonly where: Place;
}

/**
 * Sets rows of data apart from what is printed: those below a head that names addresses and values.
 *
 * @throws DocumentRefused `unsupported` for the rows of several reports
 */
export function partDataRows(lines: readonly PrintedLine[]): { data?: DataRows; rest: PrintedLine[] } {
  const heads = lines.findIndex((line) => columnsIn(line) !== undefined);
  const columns = heads < 0 ? undefined : columnsIn(lines[heads] as PrintedLine);
  if (!columns) return { rest: [...lines] };
  const sheet = lines[heads]?.place.sheet;
  const after = lines.findIndex((line, index) => index > heads && line.place.sheet !== sheet);
  const end = after < 0 ? lines.length : after;
  const rest = [...lines.slice(0, heads), ...lines.slice(end)];
  return { data: dataIn(lines.slice(heads + 1, end), columns, sheet === undefined ? unguarded : asItIs), rest };
}

/** A workbook knows texts from formulas. */
const asItIs = (text: string): string => text;

type Columns = ReadonlyMap<DataColumn, number>;

/** Where each column of data stands, if a line is their head. */
function columnsIn({ cells }: PrintedLine): Columns | undefined {
  const named = (Object.keys(dataColumns) as DataColumn[]).flatMap((name) => {
    const head = cells.find(({ text }) => text === name || text === dataColumns[name]);
    return head ? [[name, head.column] as const] : [];
  });
  const columns = new Map(named);
  return columns.has('cell') && columns.has('value') ? columns : undefined;
}

function dataIn(lines: readonly PrintedLine[], columns: Columns, written: (text: string) => string): DataRows {
  const textAt = ({ cells }: PrintedLine, column: DataColumn) => {
    const text = cells.find((cell) => cell.column === columns.get(column))?.text ?? '';
    return written(text);
  };
  const stated = lines.filter((line) => textAt(line, 'cell') !== '');
  const only = (column: DataColumn) => onlyOne(stated.map((line) => textAt(line, column)));
  const [agencyName, year, edition] = [only('agency'), only('year'), only('edition')];
  only('agencyId');
  const rows = stated.map((line) => ({
    address: textAt(line, 'cell'),
    value: textAt(line, 'value'),
    where: line.place,
  }));
  return {
    ...(agencyName !== undefined && { agencyName }),
    ...(year !== undefined && /^20\d\d$/u.test(year) && { year: Number(year) }),
    ...(edition !== undefined && { edition }),
    notes: Object.fromEntries(
      stated.flatMap((line) => (textAt(line, 'note') === '' ? [] : [[textAt(line, 'cell'), textAt(line, 'note')]])),
    ),
    ...withoutConflicts(rows),
  };
}

/** What a column says of the whole report, if it says anything. */
function onlyOne(texts: readonly string[]): string | undefined {
  const [only, ...others] = new Set(texts.filter((text) => text !== ''));
  if (others.length > 0) throw severalReports();
  return only;
}

function severalReports(): DocumentRefused {
  return new DocumentRefused('unsupported', {
    'zh-CN': '文件中有多个机关、年度或表样的数据。请一个文件只放一份报告。',
    en: 'The file holds data of several agencies, years or editions. Send one report per file.',
  });
}

/** The rows by address; of an address that is stated differently nobody knows which value it has. */
function withoutConflicts(
  stated: readonly (DataRow & { readonly address: string })[],
): Pick<DataRows, 'rows' | 'conflicts'> {
  const [rows, conflicts] = [new Map<string, DataRow>(), new Map<string, DataRow>()];
  for (const [address, all] of Map.groupBy(stated, (row) => row.address)) {
    const values = [...new Set(all.map(({ value }) => value))];
    const row = { value: values.join(' / '), where: (all[0] as DataRow).where };
    (values.length === 1 ? rows : conflicts).set(address, row);
  }
  return { rows, conflicts };
}

/** The rows of data that are figures, as lines of the form; every amount is in 万元. */
export function alignData({ rows }: DataRows, targets: readonly Target[]): Aligned[] {
  const own = targets.filter(({ kind, edition }) => kind === 'row' && edition === undefined);
  return own.flatMap((target) => {
    const found = target.cells.map((address) => rows.get(address));
    if (found.every((row) => row === undefined)) return [];
    const slots = found.map((row) => row && slotOf(row));
    const unit = { text: '（万元）', normal: '万元', where: {} };
    return {
      target,
      entry: {
        standing: 'ruled' as const,
        own: [unit],
        above: [],
        heads: [],
        slots: slots.filter((slot) => slot !== undefined),
      },
      placings: { sure: true, ways: [slots.map((slot) => slot && { slot })] },
      confidence: 1,
    };
  });
}

function slotOf({ value, where }: DataRow): Slot {
  return { text: value, read: readCellText(value), where };
}

/**
 * What was read of a workbook's tables, beside its sheet of data: notes stand there alone; a figure that is not the
 * table's own was typed there, and nobody knows which of the two is meant.
 */
export function besideData(reading: DocumentReading, { rows, notes }: DataRows): DocumentReading {
  const sections = structuredClone(reading.sections) as Record<string, Record<string, Record<string, number | null>>>;
  const provenance = { ...reading.provenance };
  const conflicts: Unread[] = [];
  for (const [address, { value, where }] of rows) {
    const [section = '', row = '', column = ''] = address.split('.');
    const cells = sections[section]?.[row];
    const figure = cells?.[column] ?? null;
    if (!cells || readCellText(value).kind !== 'figure' || Number(value) === figure) continue;
    cells[column] = null;
    delete provenance[address];
    conflicts.push({ reason: 'conflict', cell: address, text: `${figure ?? ''} / ${value}`, where });
  }
  const told = new Set(conflicts.map(({ cell }) => cell));
  const unread = [...reading.unread.filter(({ cell }) => !cell || !told.has(cell)), ...conflicts];
  return { ...reading, sections, provenance, unread, notes: { ...reading.notes, ...notes } };
}

/** What could not be read: `found` in the cells, or stated differently, or of rows the form has no place for. */
export function unreadRows(data: DataRows, form: CheckedForm, found: readonly Unread[]): Unread[] {
  const conflicts = [...data.conflicts].map(([address, { value, where }]) => {
    const cell = form.cellAt.get(address);
    return { reason: 'conflict' as const, ...(cell && { cell: address }), text: value, where };
  });
  const others = found.filter(({ cell }) => cell === undefined || !data.conflicts.has(cell));
  return [...others, ...conflicts, ...strangeRows(data, form)];
}

function strangeRows({ rows }: DataRows, form: CheckedForm): Unread[] {
  const known = new Set(form.edition.sections.map(({ key }) => key));
  return [...rows].flatMap(([address, { value, where }]) =>
    value === '' || form.cellAt.has(address) || known.has(address)
      ? []
      : [{ reason: 'other-edition' as const, text: `${address} ${value}`, where }],
  );
}
