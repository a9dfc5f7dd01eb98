import { compile, type CheckedForm } from '../domain/compile.ts';
import { editions } from '../forms/editions.ts';
import { prepareLine, type PreparedLine, type UnreadLine } from '../schemas/report-line.ts';
import { reportSchemas } from '../schemas/report.ts';
import { buildValidators } from '../schemas/validation.ts';
import { specimenLine } from './specimen.ts';

/** A city's thresholds judge reports and do not matter for what is done here. */
const forms = new Map(editions.map((edition) => [edition.id, compile(edition)]));
const validators = buildValidators([...forms.values()].flatMap(reportSchemas));

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

/**
 * How many specimens a new thread reads before anything else. Schemas are compiled when they are first used, and code is
 * made fast when it has run some hundred times; nobody waits for that yet.
 */
const practice = 200;

/** Most lines are on the newest form. */
const newest = [...forms.values()].at(-1) as CheckedForm;
for (let n = 0; n < practice; n++) prepareInThread([specimenLine(newest, n)]);
