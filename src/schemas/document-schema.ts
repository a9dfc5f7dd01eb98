import type { CheckedForm } from '../domain/compile.ts';
import { reportSchemas } from './report.ts';
import { componentName } from './section-of.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** The JSON Schema (2020-12) of a whole report as it is written, complete in itself: components become `$defs`. */
export function documentSchema(form: CheckedForm): Json {
  const components = reportSchemas(form).map((schema) => JSON.parse(JSON.stringify(schema)) as Record<string, Json>);
  const byName = new Map(components.map(({ $id, ...schema }) => [$id as string, localRefs(schema)]));
  const root = componentName(form, 'Report', 'write');
  const names = namesReached(root, byName);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $ref: `#/$defs/${root}`,
    $defs: Object.fromEntries(names.map((name) => [name, byName.get(name) as Json])),
  };
}

function localRefs(schema: Json): Json {
  return JSON.parse(JSON.stringify(schema).replaceAll(/"\$ref":"(\w+)#"/g, '"$ref":"#/$defs/$1"')) as Json;
}

/** A component and every other it refers to, each once. */
function namesReached(root: string, byName: ReadonlyMap<string, Json>): string[] {
  const reached = new Set([root]);
  for (const name of reached) {
    for (const [, other] of JSON.stringify(byName.get(name)).matchAll(/#\/\$defs\/(\w+)/g))
      reached.add(other as string);
  }
  return [...reached];
}
