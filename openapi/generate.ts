import { writeFileSync } from 'node:fs';
import { openApiDocument, recordExamples } from './examples.ts';

/** `npm run openapi`: sends the examples, writes down what came back, and writes the document. */
await recordExamples();
writeFileSync(new URL('openapi.json', import.meta.url), await openApiDocument());
