import { compile, type CheckedForm } from '../domain/compile.ts';
import { editions } from '../forms/editions.ts';
import { prepareLine, type PreparedLine, type UnreadLine } from '../schemas/report-line.ts';
import { reportLineName, reportSchemas } from '../schemas/report.ts';
import { buildValidators } from '../schemas/validation.ts';

/** A city's thresholds judge reports and do not matter for what is done here. */
const forms = new Map(editions.map((edition) => [edition.id, compile(edition)]));
const validators = buildValidators([...forms.values()].flatMap(reportSchemas));
// A schema is compiled when it is first asked for, which takes a tenth of a second: most lines are on the newest form, and
// nobody waits for them yet.
validators.component(reportLineName([...forms.values()].at(-1) as CheckedForm));

/** What the thread does with the lines of one message; one that cannot be prepared is told by whoever writes it. */
export default function prepareInThread(lines: readonly UnreadLine[]): (PreparedLine | undefined)[] {
  return lines.map((line) => {
    try {
      return prepareLine(validators, forms.get(line.edition) as CheckedForm, line);
    } catch {
      return undefined;
    }
  });
}
