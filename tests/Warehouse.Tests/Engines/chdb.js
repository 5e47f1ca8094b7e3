// Runs statements, one JSON text a line, in an embedded ClickHouse (npm chdb) and answers each with one line: {"rows": [...]} or {"error": "..."}.
const { createRequire } = require('module');
const { Session } = createRequire(process.argv[2] + '/')('chdb');
const session = new Session();
const lines = require('readline').createInterface({ input: process.stdin });
lines.on('line', line => {
  let answer;
  try {
    const text = session.query(JSON.parse(line), 'JSONCompactEachRow');
    answer = { rows: String(text || '').trim().split('\n').filter(row => row).map(row => JSON.parse(row)) };
  } catch (error) {
    answer = { error: String(error.message || error) };
  }
  process.stdout.write(JSON.stringify(answer) + '\n');
});
lines.on('close', () => { session.cleanup(); process.exit(0); });
