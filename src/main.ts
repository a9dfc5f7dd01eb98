import { parseArgs } from 'node:util';
import { DemoRefused, runDemo } from './cli/demo.ts';
import { usage } from './cli/usage.ts';
import { ConfigRefused, readConfig, type Config } from './config.ts';
import { editions } from './forms/editions.ts';
import { buildService, type Service } from './operations/service.ts';
import { serve } from './serve.ts';
import { MigrationRefused } from './sqlite/migrations.ts';
import { openStore } from './sqlite/store.ts';

/** What can be done from the command line; the store is opened for all of it. */
const commands: Readonly<Record<string, (service: Service, config: Config) => Promise<void>>> = {
  serve,
  demo: runDemo,
};

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h' } },
  });
  const command = commands[positionals[0] ?? 'serve'];
  if (values.help || !command || positionals.length > 1) {
    usage(command !== undefined);
    return;
  }
  const config = readConfig();
  const service = buildService(openStore(config.NIANBAO_DB), editions, () => new Date());
  await command(service, config);
}

const refusals = [ConfigRefused, MigrationRefused, DemoRefused];

/** Refusals are for the operator: a sentence, not a stack. */
main().catch((error: unknown) => {
  const refusal = refusals.some((kind) => error instanceof kind);
  process.stderr.write(`nianbao: ${(error as Error)[refusal ? 'message' : 'stack']}\n`);
  process.exitCode = 1;
});
