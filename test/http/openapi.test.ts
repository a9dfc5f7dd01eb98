import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import t from 'tap';
import { openApiDocument, sendExample } from '../../openapi/examples.ts';
import { readExamples } from '../../src/http/openapi.ts';
import { unreadWords } from '../../src/operations/unread-words.ts';

interface Operation {
  operationId?: string;
  summary?: string;
  tags?: string[];
  responses: Record<string, { content?: Record<string, { schema: object; example?: unknown }> }>;
}

const committed = fileURLToPath(new URL('../../openapi/openapi.json', import.meta.url));
const document = JSON.parse(readFileSync(committed, 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
  components: object;
};
const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
const examples = readExamples();

await t.test('the committed document is that of the program (mend: npm run openapi)', async (t) => {
  t.equal(await openApiDocument(), readFileSync(committed, 'utf8'), 'run npm run openapi and commit what it writes');
});

await t.test('the document is valid', async (t) => {
  const redocly = fileURLToPath(new URL('../../node_modules/.bin/redocly', import.meta.url));
  const lint = promisify(execFile)(redocly, ['lint', committed], { env: { ...process.env, REDOCLY_TELEMETRY: 'off' } });
  await t.resolves(lint, 'npx redocly lint openapi/openapi.json');
});

await t.test('every operation is named, summed up, tagged, and has problems and an example', async (t) => {
  t.ok(operations.length >= 27);
  for (const { operationId = '', summary, tags, responses } of operations) {
    t.ok(operationId && summary && tags?.length === 1, operationId);
    t.ok(examples.has(operationId), `openapi/examples/${operationId}.json`);
    t.ok(responses['500']?.content?.['application/problem+json'], `${operationId} says what it is refused with`);
  }
  const ids = operations.map(({ operationId }) => operationId);
  t.equal(new Set(ids).size, ids.length, 'operationIds are unique');
  t.same([...examples.keys()].sort(), ids.sort(), 'every example is of an operation');
});

await t.test('every example is what really comes back (mend: npm run openapi)', async (t) => {
  const ajv = new Ajv2020({ strict: false, validateFormats: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'api', components: document.components });
  for (const [operation, example] of examples) {
    const response = await sendExample(example);
    t.same(response, example.response, operation);
    const described = operations.find(({ operationId }) => operationId === operation)?.responses[response.status];
    t.ok(described, `${operation} documents ${response.status}`);
    const schema = Object.values(described?.content ?? {})[0]?.schema;
    if (!schema || response.body === undefined) continue;
    const validate = ajv.compile(
      JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"api#/components')) as object,
    );
    t.ok(validate(response.body), `${operation}: ${ajv.errorsText(validate.errors)}`);
  }
});

await t.test('rows and columns are titled in official words', async (t) => {
  const text = JSON.stringify(document.components);
  for (const label of [
    '三（三）3.危及“三安全一稳定”',
    '法人或其他组织·商业企业',
    '本年收费金额（万元）',
    '三、收到和处理政府信息公开申请情况',
  ]) {
    t.ok(text.includes(`"title":${JSON.stringify(label)}`), label);
  }
});

await t.test('every reason why something was not read is in the document', async (t) => {
  const { schemas } = document.components as {
    schemas: Record<string, { properties: Record<string, { enum: string[] }> }>;
  };
  t.same(schemas['Unread']?.properties['reason']?.enum, Object.keys(unreadWords));
  const codes = schemas['LeftImport']?.properties['code']?.enum ?? [];
  for (const code of ['repeated', 'blank-not-zero', 'report-state']) t.ok(codes.includes(code), code);
});
