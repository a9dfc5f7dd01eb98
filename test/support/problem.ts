import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { LightMyRequestResponse } from 'fastify';
import type { Test } from 'tap';
import { checkSchemas } from '../../src/schemas/check.ts';
import { waiverSchemas } from '../../src/schemas/waiver.ts';
import { ProblemSchema } from '../../src/schemas/problem.ts';

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
ajv.addSchema([...checkSchemas, ...waiverSchemas]);
const isProblem = ajv.compile(ProblemSchema);

export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly hint?: string;
  readonly errors?: readonly { readonly pointer: string; readonly in?: string; readonly detail: string }[];
}

/** Asserts that a response is the problem expected, in the one shape every problem has. */
export function assertProblem(t: Test, response: LightMyRequestResponse, status: number, code: string): ProblemBody {
  const body = response.json<ProblemBody>();
  t.equal(response.statusCode, status, `${code} answers ${status}`);
  t.equal(body.code, code);
  t.match(response.headers['content-type'], /^application\/problem\+json/);
  t.ok(isProblem(body), `shape: ${JSON.stringify(isProblem.errors)}`);
  t.equal(body.status, status);
  t.equal(body.type, `/problems/${code}`);
  t.notMatch(JSON.stringify(body), /\{[a-z]\w*\}/i, 'no placeholder is left unfilled');
  return body;
}

/** Where the faults of a problem are, in the order they were found. */
export function pointers(body: ProblemBody): string[] {
  return (body.errors ?? []).map(({ pointer }) => pointer);
}
