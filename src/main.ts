import { parseArgs } from 'node:util';
import { DemoRefused, runDemo } from './cli/demo.ts';
import { usage } from './cli/usage.ts';
import { ConfigRefused, readConfig, type Config } from './config.ts';
import { editions } from './forms/editions.ts';
import { buildService, type Service } from './operations/service.ts';
import { ListenRefused, serve } from './serve.ts';
import { MigrationRefused } from './sqlite/migrations.ts';
import { DatabaseRefused } from './sqlite/open.ts';
import { openStore } from './sqlite/store.ts';

/** What can be done from the command line; the store is opened for all of it. */
const commands = new Map<string, (service: Service, config: Config) => Promise<void>>([
  ['serve', serve],
  ['demo', runDemo],
]);

async function main(): Promise<void> {
  const { name, help } = readArguments();
  const command = commands.get(name);
  if (help || !command) {
    usage(help);
    return;
  }
  const config = readConfig();
  const service = buildService(openStore(config.NIANBAO_DB), editions, () => new Date());
  await command(service, config);
}

/** The command named and whether help was asked for; what is no command's name cannot be understood. */
function readArguments(): { name: string; help: boolean } {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    strict: false,
    options: { help: { type: 'boolean', short: 'h' } },
  });
  const { help = false, ...unknown } = values;
  const understood = positionals.length <= 1 && Object.keys(unknown).length === 0;
  return { name: understood ? (positionals[0] ?? 'serve') : '', help: help === true };
}

const refusals = [ConfigRefused, DatabaseRefused, MigrationRefused, DemoRefused, ListenRefused];

/** Refusals are for the operator: a sentence, not a stack. */
main().catch((error: unknown) => {
  const refusal = refusals.some((kind) => error instanceof kind);
  process.stderr.write(`nianbao: ${(error as Error)[refusal ? 'message' : 'stack']}\n`);
  process.exitCode = 1;
});
