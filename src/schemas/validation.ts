import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { TSchema } from 'typebox';
import { isExactAmount } from '../domain/cell.ts';
import { Problem, type Fault } from '../domain/problem.ts';
import { faultsOf } from './faults.ts';

/** Which part of a request a schema is for, in Fastify's words. */
export type HttpPart = 'body' | 'params' | 'querystring' | 'headers';

/** Answers a validator for a schema, which may refer to any component by `$ref: 'Name#'`. */
export interface Validators {
  readonly compile: (schema: unknown, part: HttpPart) => ValidateFunction;
  /** The validator of a component, for bodies whose schema depends on more than the route. */
  readonly component: (name: string) => ValidateFunction;
}

/**
 * Bodies are held to the letter: nothing is coerced or removed, and every fault is found. Addresses and queries are
 * text by nature: their numbers and booleans are read from it.
 */
export function buildValidators(components: readonly TSchema[]): Validators {
  const strict = buildAjv(components, false);
  const coercing = buildAjv(components, true);
  const byName = new Map<string, ValidateFunction>();
  return {
    compile: (schema, part) => {
      const own = part === 'headers' ? inLowerCase(schema as TSchema) : (schema as object);
      return (part === 'body' ? strict : coercing).compile(own);
    },
    component: (name) => {
      const known = byName.get(name) ?? (strict.getSchema(`${name}#`) as ValidateFunction);
      byName.set(name, known);
      return known;
    },
  };
}

/** Documented as they are usually written, headers come in lower case. */
function inLowerCase(schema: TSchema): object {
  const { properties } = schema as unknown as { properties: Record<string, object> };
  const lower = Object.entries(properties).map(([name, property]) => [name.toLowerCase(), property] as const);
  return { ...schema, properties: Object.fromEntries(lower) };
}

/** @throws Problem `request-invalid` with every fault of the body. */
export function validateBody(validate: ValidateFunction, body: unknown): void {
  const faults = faultsIn(validate, body);
  if (faults.length > 0) throw new Problem('request-invalid', { faults });
}

/** Every fault of a body. */
export function faultsIn(validate: ValidateFunction, body: unknown): Fault[] {
  return validate(body) ? [] : faultsOf(validate.errors as ErrorObject[], 'body');
}

function buildAjv(components: readonly TSchema[], coerceTypes: boolean): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    // In one piece the code of a report's schema is so long that V8 leaves it slow: in pieces it takes a quarter of the time.
    inlineRefs: false,
    verbose: true,
    coerceTypes,
    useDefaults: coerceTypes,
    strict: true,
    allowUnionTypes: true,
  });
  addFormats.default(ajv, ['date', 'date-time', 'uri', 'uri-reference']);
  ajv.addKeyword({
    keyword: 'x-maxDecimals',
    type: 'number',
    errors: false,
    validate: (_: number, amount: number) => isExactAmount(amount),
  });
  for (const component of components) ajv.addSchema(component);
  return ajv;
}
