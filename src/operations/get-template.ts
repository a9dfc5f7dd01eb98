import type { CheckedForm } from '../domain/compile.ts';
import { writeTemplate } from '../documents/writing/write-xlsx.ts';
import type { FoundDocument } from './get-document.ts';
import type { Service } from './service.ts';
import { weakContentTag } from './tags.ts';

/** The blank workbook of an edition, to be filled in offline. */
export function getTemplate({ rulesVersion }: Service, form: CheckedForm): FoundDocument {
  const { id, title } = form.edition;
  return {
    tag: weakContentTag(`template ${id} ${rulesVersion}`),
    fileName: `${title['zh-CN']}.xlsx`,
    make: () => writeTemplate(form),
  };
}
