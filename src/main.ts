import { runBackup } from './cli/backup.ts';
import { runAudit } from './cli/audit.ts';
import { runCheck } from './cli/check.ts';
import { DemoRefused, runDemo } from './cli/demo.ts';
import { runImport } from './cli/import.ts';
import { runRestore } from './cli/restore.ts';
import { runKeys } from './cli/keys.ts';
import { usage } from './cli/usage.ts';
import { runVerify } from './cli/verify.ts';
import { ConfigRefused, readConfig, readThresholds, type Config } from './config.ts';
import { ThresholdRefused } from './domain/thresholds.ts';
import { editions } from './forms/editions.ts';
import { AdminKeyRefused } from './operations/ensure-admin-key.ts';
import { recheckReports } from './operations/recheck-reports.ts';
import { buildRulebook, buildService, type Rulebook, type Service } from './operations/service.ts';
import { ListenRefused, serve } from './serve.ts';
import { MigrationRefused } from './sqlite/migrations.ts';
import { DatabaseRefused } from './sqlite/open.ts';
import { openStore } from './sqlite/store.ts';
import { version } from './version.ts';

type Command = (rulebook: Rulebook, config: Config, args: readonly string[]) => Promise<void>;

/** What can be done from the command line. */
const commands = new Map<string, Command>([
  ['serve', onStore(serve)],
  ['demo', onStore(runDemo)],
  ['import', runImport],
  ['backup', async (_rulebook, config, args) => runBackup(config, args)],
  ['restore', runRestore],
  ['verify', async (rulebook, _config, args) => runVerify(rulebook, args)],
  ['keys', runKeys],
  ['audit', async (_rulebook, config, args) => runAudit(config, args)],
  ['check', async (rulebook, _config, args) => runCheck(rulebook, args)],
]);

async function main(): Promise<void> {
  const [name = 'serve', ...args] = process.argv.slice(2);
  const command = commands.get(name);
  if (!command) return usage(name === '--help' || name === '-h');
  const config = readConfig();
  await command(buildRulebook(editions, version, readThresholds(config)), config, args);
}

/** A command that works on the database, every report in it judged by the rules as they are; it takes no arguments. */
function onStore(run: (service: Service, config: Config) => Promise<void>): Command {
  return async (rulebook, config, args) => {
    if (args.length > 0) return usage(args.includes('--help') || args.includes('-h'));
    const service = buildService(rulebook, openStore(config.NIANBAO_DB), () => new Date());
    const judged = await recheckReports(service);
    if (judged > 0) process.stderr.write(`nianbao: ${judged} reports judged anew by the rules as they are now\n`);
    await run(service, config);
  };
}

const refusals = [
  AdminKeyRefused,
  ConfigRefused,
  DatabaseRefused,
  MigrationRefused,
  DemoRefused,
  ListenRefused,
  ThresholdRefused,
];

/** Refusals are for the operator: a sentence, not a stack. */
main().catch((error: unknown) => {
  const refusal = refusals.some((kind) => error instanceof kind);
  process.stderr.write(`nianbao: ${(error as Error)[refusal ? 'message' : 'stack']}\n`);
  process.exitCode = 1;
});
