import { Ajv } from 'ajv';
import { Type, type Static } from 'typebox';

/** Every environment variable with its default and what it is for; the README's table says the same. */
export const ConfigSchema = Type.Object({
  HOST: Type.String({ default: '127.0.0.1', description: 'Address to listen on' }),
  PORT: Type.Integer({
    default: 3000,
    minimum: 0,
    maximum: 65_535,
    description: 'Port to listen on; 0 takes a free one',
  }),
  NIANBAO_DB: Type.String({ default: 'data/nianbao.db', minLength: 1, description: 'Database file, made if missing' }),
  NIANBAO_ADMIN_KEY: Type.Optional(
    Type.String({ pattern: '^[\\x21-\\x7E]{32,}$', description: 'Admin key, 32 or more visible ASCII characters' }),
  ),
  LOG_LEVEL: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], { default: 'info' }),
  BODY_LIMIT: Type.Integer({ default: 1_048_576, minimum: 1_024, description: 'Most bytes of a request body' }),
  IMPORT_LIMIT: Type.Integer({
    default: 33_554_432,
    minimum: 1_024,
    description: 'Most bytes of the documents of one import',
  }),
  RULE_THRESHOLDS: Type.String({
    default: '{}',
    description: 'Thresholds of rules that are set otherwise, as JSON: {"requests.backlog":{"share":0.3}}',
  }),
  RATE_LIMIT_MAX: Type.Integer({
    default: 6_000,
    minimum: 0,
    description: 'Most requests a minute by one key, or from one address without a key; 0 is no limit',
  }),
  TRUST_PROXY: Type.String({
    default: 'false',
    pattern: '^(true|false|((loopback|linklocal|uniquelocal|[0-9a-fA-F.:]+(/[0-9]+)?)(, *)?)+)$',
    description: 'Whose X-Forwarded-* headers are believed: true, false, or addresses',
  }),
});

/** What the environment says; the only place that reads it. */
export type Config = Static<typeof ConfigSchema>;

/** An environment the service cannot start with, named by variable. The value is not told: it may be a secret. */
export class ConfigRefused extends Error {
  override readonly name = 'ConfigRefused';
}

/**
 * The thresholds the environment sets.
 *
 * @throws ConfigRefused where they are no JSON object of numbers by rule and name.
 */
export function readThresholds({ RULE_THRESHOLDS: text }: Config): Static<typeof ThresholdsSchema> {
  try {
    const thresholds: unknown = JSON.parse(text);
    if (new Ajv().validate<Static<typeof ThresholdsSchema>>(ThresholdsSchema, thresholds)) return thresholds;
  } catch {
    // Told below like any other text that is not what is wanted.
  }
  throw new ConfigRefused('RULE_THRESHOLDS must be JSON like {"requests.backlog":{"share":0.3}}');
}

const ThresholdsSchema = Type.Record(Type.String(), Type.Record(Type.String(), Type.Number({ minimum: 0 })));

/** @throws ConfigRefused naming every variable that is wrong, and what it may be. */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const known = Object.keys(ConfigSchema.properties);
  const given = known.flatMap((name) => (environment[name] ? [[name, environment[name]] as const] : []));
  const config: unknown = Object.fromEntries(given);
  const validate = new Ajv({ allErrors: true, coerceTypes: true, useDefaults: true }).compile<Config>(ConfigSchema);
  if (validate(config)) return config;
  const faults = (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const allowed = 'allowedValues' in params ? ` (${(params['allowedValues'] as string[]).join(', ')})` : '';
    return `${instancePath.slice(1)} ${message ?? 'is wrong'}${allowed}`;
  });
  throw new ConfigRefused(faults.join('; '));
}
