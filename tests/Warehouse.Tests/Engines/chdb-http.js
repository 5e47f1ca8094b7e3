// An embedded ClickHouse (npm chdb) behind ClickHouse's own HTTP interface, as far as MaySend speaks it: a statement by POST, settings, database and
// form of the answer in the query. Prints the port on which it listens.
const { createRequire } = require('module');
const { Session } = createRequire(process.argv[2] + '/')('chdb');
const session = new Session();
const madeIn = new Map(); // a temporary table -> its session: there is only one session here, and each of the interface must see but its own
const ofTheInterface = ['database', 'session_id', 'session_timeout', 'wait_end_of_query', 'default_format'];
const server = require('http').createServer((request, response) => {
  const asked = new URL(request.url, 'http://localhost').searchParams;
  const parts = [];
  request.on('data', part => parts.push(part));
  request.on('end', () => {
    try {
      for (const [name, value] of asked)
        if (!ofTheInterface.includes(name)) session.query(`SET ${name} = '${value}'`);
      session.query(`USE ${asked.get('database')}`);
      const sql = Buffer.concat(parts).toString();
      const [, temporary] = /^CREATE TEMPORARY (?:TABLE|VIEW) (\w+)/.exec(sql) || [];
      if (temporary) {
        if (madeIn.has(temporary) && madeIn.get(temporary) !== asked.get('session_id')) session.query(`DROP TEMPORARY TABLE IF EXISTS ${temporary}`);
        madeIn.set(temporary, asked.get('session_id'));
      }
      const answer = session.query(sql, asked.get('default_format'));
      response.end(String(answer || ''));
    } catch (error) {
      response.statusCode = 500;
      response.end(String(error.message || error).replace('Query failed: ', ''));
    }
  });
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.on('end', () => { session.cleanup(); process.exit(0); }).resume();
