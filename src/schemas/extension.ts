import { Type } from 'typebox';
import { agencyId } from './agency.ts';
import { listOf } from './list.ts';
import { date, dateTime, saidPattern } from './text.ts';
import { yearNumber } from './year.ts';

const granted = {
  due: date({ title: '延期至', description: 'The last day to hand in; later than the date of the agency’s level' }),
  reason: Type.String({ minLength: 1, maxLength: 2_000, pattern: saidPattern, title: '理由' }),
};

const extension = {
  year: yearNumber,
  agencyId,
  ...granted,
  grantedBy: Type.String({ description: 'The key of whoever granted it' }),
  grantedAt: dateTime(),
};

const afterPublishBy = date({
  title: '公布期限',
  description: 'The day the report has to be public by; only where more time is granted than that leaves',
});

const ListedExtensionSchema = Type.Object(
  { ...extension, agencyName: Type.String({ title: '机关名称' }) },
  { $id: 'ListedExtension', additionalProperties: false, title: '延期' },
);

/** Later due dates granted to single agencies. */
export const extensionSchemas = [
  Type.Object(
    { ...extension, afterPublishBy: Type.Optional(afterPublishBy) },
    { $id: 'Extension', additionalProperties: false, title: '延期' },
  ),
  Type.Object(granted, { $id: 'ExtensionInput', additionalProperties: false, title: '延期（写入）' }),
  ListedExtensionSchema,
  listOf('ExtensionList', Type.Ref('ListedExtension#')),
];
