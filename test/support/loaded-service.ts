import { once } from 'node:events';
import { flushCompileCache } from 'node:module';
import { readConfig } from '../../src/config.ts';
import { editions } from '../../src/forms/editions.ts';
import { recheckReports } from '../../src/operations/recheck-reports.ts';
import { buildRulebook, buildService } from '../../src/operations/service.ts';
import { serve } from '../../src/serve.ts';
import { openStore } from '../../src/sqlite/store.ts';
import { version } from '../../src/version.ts';

/**
 * The service as `src/main.ts` starts it, which is loaded beforehand and opens its database when it is told to on
 * standard input: most of the time a start takes is for loading, and a test that starts it often loads the next
 * while this one runs.
 */
const config = readConfig();
const rulebook = buildRulebook(editions, version);
// Kept where NODE_COMPILE_CACHE says: a program that is killed keeps nothing by itself.
flushCompileCache();
await once(process.stdin, 'data');
process.stdin.destroy();
const service = buildService(rulebook, openStore(config.NIANBAO_DB), () => new Date());
await recheckReports(service);
await serve(service, config);
