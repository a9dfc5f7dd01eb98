import { parseArgs } from 'node:util';
import { usage } from './usage.ts';

/** The one file a command is about; `undefined` where that cannot be understood, which has been said. */
export function fileArgument(args: readonly string[]): string | undefined {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h', default: false } },
    });
    if (!values.help && positionals.length === 1) return positionals[0];
    usage(values.help);
  } catch {
    usage(false);
  }
  return undefined;
}
