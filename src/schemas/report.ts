import { Type, type TSchema } from 'typebox';
import { verdicts } from '../domain/check.ts';
import type { CheckedForm } from '../domain/compile.ts';
import { agencyKinds, agencyLevels } from '../domain/agency.ts';
import { reportStatuses } from '../domain/report.ts';
import { agencyId } from './agency.ts';
import { listOf } from './list.ts';
import { mergePatchOf } from './merge-patch-of.ts';
import { componentName, objectSchema, sectionComponent, sectionSchemas, type Direction } from './section-of.ts';
import { date, dateTime, line } from './text.ts';
import { yearNumber } from './year.ts';

const status = Type.Enum([...reportStatuses], { title: '状态' });
export const verdict = Type.Enum([...verdicts], {
  title: '核对结论',
  description: '`inconsistent` where an error fails, else `incomplete` where something is blank',
});
export const revision = Type.Integer({ minimum: 1, title: '修订号' });
export const count = (title: string) => Type.Integer({ minimum: 0, title });
const edition = Type.String({ title: '表样版本', description: 'Edition of the form, from the year' });

const zeroReport = Type.Boolean({ title: '零报告', description: 'Every figure is 0, and that is meant' });
const asPrinted = Type.Boolean({
  title: '照印件录入',
  description: 'Published elsewhere in an earlier year: its errors are shown and block nothing',
});

/** Members only there when given; the people are never shown without a key. */
const particulars = {
  preparedBy: Type.Optional(line(100, { title: '填报人' })),
  reviewedBy: Type.Optional(line(100, { title: '审核人' })),
  phone: Type.Optional(line(50, { title: '电话' })),
  preparedOn: Type.Optional(date({ title: '填报日期' })),
  publishedUrl: Type.Optional(
    Type.String({
      format: 'uri',
      pattern: '^https?://',
      maxLength: 2_000,
      title: '公开网址',
      description: 'Where the agency published the report itself',
    }),
  ),
};

/** What the service itself says of a report. */
const managed = {
  agencyId,
  year: yearNumber,
  edition,
  status,
  reason: Type.Optional(
    Type.String({
      title: '退回或更正的理由',
      description: 'Why it was returned or reopened, until it is handed in again',
    }),
  ),
  revision,
  publishedRevision: Type.Optional(revision),
  verdict,
  submittedAt: Type.Optional(dateTime({ title: '报送时间' })),
  publishedAt: Type.Optional(dateTime({ title: '发布时间' })),
  updatedAt: dateTime({ title: '更新时间' }),
};

/** A report's summary in a list. */
const ReportSummarySchema = Type.Object(
  {
    ...managed,
    agencyName: Type.String({ title: '机关名称' }),
    errors: count('错误数'),
    warnings: count('警告数'),
    dueOn: Type.Optional(
      date({ title: '报送期限', description: 'Extensions included; with a key only, as the next two' }),
    ),
    overdue: Type.Optional(Type.Boolean({ title: '逾期未报', description: 'Not handed in, and the date is past' })),
    submittedLate: Type.Optional(
      Type.Boolean({ title: '迟报', description: 'First handed in after the date, whatever became of it since' }),
    ),
  },
  { $id: 'ReportSummary', additionalProperties: false },
);

export const reportListSchemas = [ReportSummarySchema, listOf('ReportList', Type.Ref('ReportSummary#'))];

/** The names of an edition's report components: as read, as written whole, as patched. */
export const reportName = (form: CheckedForm): string => componentName(form, 'Report', 'read');
export const reportInputName = (form: CheckedForm): string => componentName(form, 'Report', 'write');
export const reportPatchName = (form: CheckedForm): string => componentName(form, 'ReportPatch', 'read');

/** Every component of one edition; rows and sections in both directions, the report as read and as written. */
export function reportSchemas(form: CheckedForm): TSchema[] {
  return [
    ...sectionSchemas(form, 'read'),
    ...sectionSchemas(form, 'write'),
    sectionsSchema(form, 'read'),
    sectionsSchema(form, 'write'),
    notesSchema(form),
    reportSchema(form),
    reportInputSchema(form),
    reportPatchSchema(form),
    checkInputSchema(form),
  ];
}

function sectionsSchema(form: CheckedForm, direction: Direction): TSchema {
  const sections = form.edition.sections.map((section) => {
    return [section.key, Type.Ref(`${sectionComponent(form, section, direction)}#`)] as const;
  });
  return objectSchema(Object.fromEntries(sections), direction, {
    $id: componentName(form, 'Sections', direction),
    title: '各部分',
  });
}

function notesSchema(form: CheckedForm): TSchema {
  return Type.Unsafe<Record<string, string>>({
    $id: `Notes${form.edition.id}`,
    type: 'object',
    propertyNames: { enum: form.cells.map(({ address }) => address) },
    additionalProperties: line(500),
    title: '注释',
    description: 'What is printed with a figure, by cell address',
  });
}

export function reportSchema(form: CheckedForm) {
  const sections = Type.Ref(`${componentName(form, 'Sections', 'read')}#`);
  const notes = Type.Ref(`Notes${form.edition.id}#`);
  return Type.Object(
    { ...managed, edition: Type.Literal(form.edition.id), zeroReport, asPrinted, notes, sections, ...particulars },
    { $id: reportName(form), additionalProperties: false, title: form.edition.title['zh-CN'] },
  );
}

/** What may be written, and beside it what a report that was read holds besides: read-only, so that it can be sent back. */
function reportInputSchema(form: CheckedForm): TSchema {
  const readOnly = Object.entries({ ...managed, edition: Type.Literal(form.edition.id) }).map(([name, schema]) => {
    return [name, Type.Optional(Type.Unsafe({ ...schema, readOnly: true }))] as const;
  });
  return Type.Object(
    { ...content(form), ...particulars, ...Object.fromEntries(readOnly) },
    {
      $id: reportInputName(form),
      additionalProperties: false,
      title: form.edition.title['zh-CN'],
      description:
        'Read-only members may be sent back as they were read. They are not written, and a status or publication the report does not have is refused.',
    },
  );
}

/** A patch has no need to repeat what a report was read with: of that, only which report it is for. */
function reportPatchSchema(form: CheckedForm): TSchema {
  const { $id: _, ...notes } = notesSchema(form) as TSchema & { $id?: string };
  const identity = Type.Partial(Type.Object({ agencyId, year: yearNumber, edition: Type.Literal(form.edition.id) }));
  const members = Type.Object(
    { ...identity.properties, ...content(form), notes: Type.Optional(notes), ...particulars },
    { additionalProperties: false },
  );
  return mergePatchOf(members, { $id: reportPatchName(form), title: form.edition.title['zh-CN'] });
}

function content(form: CheckedForm) {
  return {
    zeroReport: Type.Optional(zeroReport),
    asPrinted: Type.Optional(asPrinted),
    notes: Type.Optional(Type.Ref(`Notes${form.edition.id}#`)),
    sections: Type.Optional(Type.Ref(`${componentName(form, 'Sections', 'write')}#`)),
  };
}

function checkInputSchema(form: CheckedForm): TSchema {
  const { zeroReport, notes, sections } = content(form);
  return Type.Object(
    {
      year: yearNumber,
      edition: Type.Optional(Type.Literal(form.edition.id, { description: 'That of the year where left out' })),
      sections,
      notes,
      zeroReport,
      agency: Type.Optional(agencyForCheck),
      lastYear: Type.Optional(lastYearForCheck),
    },
    { $id: componentName(form, 'Check', 'write'), additionalProperties: false, title: '待核对的报告' },
  );
}

const lastYearForCheck = Type.Object(
  {
    sections: Type.Unsafe({
      type: ['object', 'null'],
      description: 'Sections as they are written, on the form of the year before; held against it',
    }),
  },
  { additionalProperties: false, description: 'For the rules that compare with the year before' },
);

const agencyForCheck = Type.Object(
  {
    level: Type.Optional(Type.Enum([...agencyLevels])),
    kind: Type.Optional(Type.Enum([...agencyKinds])),
  },
  { additionalProperties: false, description: 'For the rules that depend on who reports' },
);
