import { Type, type TSchema } from 'typebox';
import { greatestFigure } from '../domain/cell.ts';
import type { CheckedForm } from '../domain/compile.ts';
import type { Column, Section } from '../domain/edition.ts';
import { sectionTitle, type FormTable } from '../domain/form.ts';
import { narrativeLength, textPattern } from './text.ts';

/**
 * In which direction a schema is for. What is read has every cell; what is written may leave out sections, rows and
 * cells, or say `null` for them: blank.
 */
export type Direction = 'read' | 'write';

/** The name of a component: `Requests2021` as read, `RequestsInput2021` as written. */
export function componentName(form: CheckedForm, name: string, direction: Direction): string {
  return `${name}${direction === 'write' ? 'Input' : ''}${form.edition.id}`;
}

/** The components of one edition's sections, in one direction: a row of each table block, then the sections. */
export function sectionSchemas(form: CheckedForm, direction: Direction): TSchema[] {
  return [
    ...form.tables.map((table) => rowSchema(form, table, direction)),
    ...form.edition.sections.map((section) => sectionOf(form, section, direction)),
  ];
}

/** The name of a section's component. */
export function sectionComponent(form: CheckedForm, section: Section, direction: Direction): string {
  return componentName(form, capitalised(section.key), direction);
}

function sectionOf(form: CheckedForm, section: Section, direction: Direction): TSchema {
  const properties = section.kind === 'table' ? rowsOf(form, section.key, direction) : { text: narrative() };
  return objectSchema(properties, direction, {
    $id: sectionComponent(form, section, direction),
    title: sectionTitle(section)['zh-CN'],
    description: `${section.label.en}. ${section.description.en}`,
  });
}

function rowsOf(form: CheckedForm, section: string, direction: Direction): Record<string, TSchema> {
  const rows = form.tables
    .filter((table) => table.section === section)
    .flatMap((table) => {
      const component = rowComponent(form, table, direction);
      return table.rows.map(({ key, name }) => {
        return [key, Type.Ref(`${component}#`, { title: name['zh-CN'], description: name.en })] as const;
      });
    });
  return Object.fromEntries(rows);
}

/** One schema for all the rows of a block: 25 references validate many times faster than 175 cells spelled out. */
function rowSchema(form: CheckedForm, table: FormTable, direction: Direction): TSchema {
  const columns = table.block.columns.map((column, position) => {
    const name = table.columns[position]?.name;
    return [column.key, cellSchema(column, name?.['zh-CN'] ?? '', name?.en ?? '')] as const;
  });
  return objectSchema(Object.fromEntries(columns), direction, { $id: rowComponent(form, table, direction) });
}

function rowComponent(form: CheckedForm, { section, block }: FormTable, direction: Direction): string {
  const blocks = form.tables.filter((table) => table.section === section);
  const part = blocks.length > 1 ? capitalised(block.key) : '';
  return componentName(form, `${capitalised(section)}${part}Row`, direction);
}

function cellSchema({ value, unit }: Column, title: string, english: string): TSchema {
  const greatest = greatestFigure(value);
  return Type.Unsafe<number | null>({
    type: [value === 'amount' ? 'number' : 'integer', 'null'],
    minimum: value === 'signedCount' ? -greatest : 0,
    maximum: greatest,
    ...(value === 'amount' && { 'x-maxDecimals': 6 }),
    title: unit ? `${title}（${unit['zh-CN']}）` : title,
    description: unit ? `${english}, in ${unit.en}; blank is null` : `${english}; blank is null`,
  });
}

function narrative(): TSchema {
  return Type.Unsafe<string | null>({
    type: ['string', 'null'],
    maxLength: narrativeLength,
    pattern: textPattern,
    title: '正文',
    description: 'Plain text, paragraphs divided by line breaks; blank is null',
  });
}

/** An object as read has every member; as written it may lack some, or be `null` as a whole. */
export function objectSchema(
  properties: Record<string, TSchema>,
  direction: Direction,
  options: Record<string, unknown>,
): TSchema {
  return Type.Unsafe({
    type: direction === 'write' ? ['object', 'null'] : 'object',
    properties,
    ...(direction === 'read' && { required: Object.keys(properties) }),
    additionalProperties: false,
    ...options,
  });
}

function capitalised(key: string): string {
  return key.charAt(0).toUpperCase() + key.slice(1);
}
