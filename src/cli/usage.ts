const text = `nianbao [serve]           serve the API (default)
nianbao demo              load a small fictional city into the database
nianbao check FILE…       check reports in files of JSON or NDJSON; - is standard input
        --format text|json
        --language zh-CN|en
nianbao import FILE…      read published reports in files and folders of any kind, and check them
        --commit                      write what leaves nothing to decide; otherwise nothing is stored
        --blanks-are-zero             cells printed blank mean 0 (what remarks call blanksAreZero)
        --agency ID  --year YEAR      whose report it is and of which year (what remarks call
                                      agencyId and year); of a single file
        --format text|json
        --language zh-CN|en
nianbao backup FILE       copy the database to a new file, while the service runs or not
nianbao restore FILE      make the database of a backup; there must be none yet
nianbao verify FILE       look whether everything in a database or a backup is as it should be
nianbao keys create       issue a key; its secret alone goes to standard output, once
        --role admin|collector|reporter|reader
        --agency ID                   with everything below it; bound to none where left out
        --name NAME  --id ID  --expires DATE
nianbao keys list         every key, revoked ones as well
nianbao keys rotate ID    give a key a new secret; the one before works for seven days more
        --old-valid-until DATE        until then instead
nianbao keys revoke ID    take a key back
        --language zh-CN|en           for all of them; they may be used while the service runs
nianbao audit verify      look whether the record of everything written is as it was written, in the database
        --expect SEQUENCE:HASH        an entry noted earlier, which has to be there

The environment variables are listed in the README.
`;

/** Says what commands there are: on standard output when asked for, else as an error. */
export function usage(asked: boolean): void {
  (asked ? process.stdout : process.stderr).write(text);
  if (!asked) process.exitCode = 2;
}
