import type { Database } from 'better-sqlite3';
import { hash } from 'node:crypto';
import type { Edition } from '../domain/edition.ts';
import { layOut, type Form } from '../domain/form.ts';
import { compileIndicators, type CompiledIndicator } from '../domain/indicator.ts';
import { totalCells } from '../domain/totals.ts';
import { settingStore } from './settings.ts';

/** What the rows were made of. */
const setting = 'formRows';

/**
 * Keeps the cells and the indicators of the editions as rows, for the views that other programs read. They are written
 * where they are not what these editions give, and not otherwise.
 */
export function saveFormRows(database: Database, editions: readonly Edition[]): void {
  const rows = rowsOf(editions);
  const settings = settingStore(database);
  const version = hash('sha256', JSON.stringify(rows), 'base64url');
  if (settings.get(setting) === version) return;
  database
    .transaction(() => {
      replaceRows(database, rows);
      settings.save(setting, version);
    })
    .immediate();
}

type FormRows = ReturnType<typeof rowsOf>;

function rowsOf(editions: readonly Edition[]) {
  const forms = editions.map(layOut).map((form) => ({ form, indicators: compileIndicators(form) }));
  return {
    cells: forms.flatMap(({ form }) => cellRows(form)),
    indicators: forms.flatMap(({ form, indicators }) => indicators.map((one, n) => indicatorRow(form, one, n))),
    terms: forms.flatMap(({ form, indicators }) => indicators.flatMap((one) => termRows(form, one))),
  };
}

function cellRows(form: Form) {
  const totals = new Set(totalCells(form).map(({ cell }) => cell.index));
  return form.cells.map(({ address, section, row, column, index, label, unit }) => ({
    edition: form.edition.id,
    cell: address,
    section,
    row,
    column,
    position: index,
    labelZh: label['zh-CN'],
    labelEn: label.en,
    unitZh: unit?.['zh-CN'] ?? null,
    unitEn: unit?.en ?? null,
    isTotal: Number(totals.has(index)),
  }));
}

function indicatorRow({ edition }: Form, { id, label, formula, denominator }: CompiledIndicator, position: number) {
  return {
    edition: edition.id,
    indicator: id,
    position,
    labelZh: label['zh-CN'],
    labelEn: label.en,
    formulaZh: formula['zh-CN'],
    formulaEn: formula.en,
    isRatio: Number(denominator !== undefined),
  };
}

function termRows(form: Form, { id, numerator, denominator }: CompiledIndicator) {
  return Object.entries({ numerator, denominator }).flatMap(([side, sum]) => {
    const added = Array.from(sum?.added ?? [], (place) => ({ place, sign: 1 }));
    const subtracted = Array.from(sum?.subtracted ?? [], (place) => ({ place, sign: -1 }));
    return [...added, ...subtracted].map(({ place, sign }, position) => ({
      edition: form.edition.id,
      indicator: id,
      side,
      position,
      cell: form.cells[place]?.address,
      sign,
    }));
  });
}

/** Terms go with what they are terms of. */
function replaceRows(database: Database, { cells, indicators, terms }: FormRows): void {
  database.exec('DELETE FROM form_cells; DELETE FROM form_indicators');
  const cell = database.prepare(`
    INSERT INTO form_cells (
      edition, cell, section, row_key, column_key, position, label_zh, label_en, unit_zh, unit_en, is_total
    )
    VALUES (
      :edition, :cell, :section, :row, :column, :position, :labelZh, :labelEn, :unitZh, :unitEn, :isTotal
    )
  `);
  const indicator = database.prepare(`
    INSERT INTO form_indicators (
      edition, indicator, position, label_zh, label_en, formula_zh, formula_en, is_ratio
    )
    VALUES (:edition, :indicator, :position, :labelZh, :labelEn, :formulaZh, :formulaEn, :isRatio)
  `);
  const term = database.prepare(`
    INSERT INTO form_indicator_terms (edition, indicator, side, position, cell, sign)
    VALUES (:edition, :indicator, :side, :position, :cell, :sign)
  `);
  for (const row of cells) cell.run(row);
  for (const row of indicators) indicator.run(row);
  for (const row of terms) term.run(row);
}
