#!/usr/bin/env node
// Plain JavaScript, so that a Node too old for the rest says so in a sentence instead of a syntax error.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(`nianbao: needs Node.js 22.18 or newer; this is ${process.versions.node}.\n`);
  process.exitCode = 1;
} else {
  await import('./main.ts');
}
