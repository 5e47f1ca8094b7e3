// Parses a statement of one dialect and writes it in DuckDB's: polyglot.mjs FOLDER_WITH_NODE_MODULES DIALECT < sql. Answers with one JSON text.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
const polyglot = createRequire(process.argv[2] + '/')('@polyglot-sql/sdk');
if (polyglot.init) await polyglot.init();
const sql = readFileSync(0, 'utf8');
const parsed = polyglot.parse(sql, process.argv[3]);
const written = polyglot.transpile(sql, process.argv[3], 'duckdb');
const text = Array.isArray(written.sql) ? written.sql : [written.sql ?? written[0]];
process.stdout.write(JSON.stringify({ parsed: parsed.success === true, error: parsed.error ?? null, sql: text }));
