// Parses a statement of one dialect and writes it in DuckDB's: polyglot.mjs FOLDER_WITH_NODE_MODULES DIALECT < sql. Answers with one JSON text.
import { pathToFileURL } from 'node:url';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
const folder = join(process.argv[2], 'node_modules', '@polyglot-sql', 'sdk');
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const main = manifest.exports?.['.']?.import?.default ?? manifest.exports?.['.']?.import ?? manifest.module ?? manifest.main;
const polyglot = await import(pathToFileURL(join(folder, main)).href);
if (polyglot.init) await polyglot.init();
const sql = readFileSync(0, 'utf8');
const parsed = polyglot.parse(sql, process.argv[3]);
const written = polyglot.transpile(sql, process.argv[3], 'duckdb');
const text = Array.isArray(written.sql) ? written.sql : [written.sql ?? written[0]];
process.stdout.write(JSON.stringify({ parsed: parsed.success === true, error: parsed.error ?? null, sql: text }));
