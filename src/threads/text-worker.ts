import { compile, type CheckedForm } from '../domain/compile.ts';
import { prepareTexts, type PreparedTexts, type TextsToPrepare } from '../domain/prepared-texts.ts';
import { editions } from '../forms/editions.ts';

const forms = new Map<string, CheckedForm>();

/** What the thread does with the texts of one message. A city's thresholds judge reports and do not matter for it. */
export default function prepareInThread(texts: readonly TextsToPrepare[]): PreparedTexts[] {
  return texts.map((one) => prepareTexts(formOf(one.edition), one));
}

function formOf(id: string): CheckedForm {
  const edition = editions.find((one) => one.id === id);
  if (!edition) throw new Error(`no edition ${id}`);
  const form = forms.get(id) ?? compile(edition);
  forms.set(id, form);
  return form;
}
