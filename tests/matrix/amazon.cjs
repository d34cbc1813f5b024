// What s2n-tls on AWS-LC, Amazon's TLS library, says of each server of a matrix, by the public client library aws-crt.
//   NODE_PATH=DIR/node_modules node amazon.cjs FOLDER      FOLDER holds plan.tsv and root.pem; called by run.sh
// Writes FOLDER/amazon.tsv: a line for each port, "PORT<tab>accept" or "PORT<tab>reject ERROR".
const fs = require('fs');
const path = require('path');
const { io, http } = require('aws-crt');

const NAME = 'matrix.example.test';
const AT_ONCE = 24;
// s2n-tls waits up to 30 s before it reports a handshake that it refuses (blinding).
const PATIENCE = 45_000;

const folder = process.argv[2];
const options = new io.TlsContextOptions();
options.override_default_trust_store(fs.readFileSync(path.join(folder, 'root.pem'), 'utf8'));
options.verify_peer = true;
options.min_tls_version = io.TlsVersion.TLSv1; // the library then takes its policy CloudFront-TLS-1-0-2014
const context = new io.ClientTlsContext(options);
const bootstrap = new io.ClientBootstrap();

function ask(port) {
  return new Promise(resolve => {
    const tls = new io.TlsConnectionOptions(context, NAME);
    const socket = new io.SocketOptions(io.SocketType.STREAM, io.SocketDomain.IPV4, 5000);
    const connection = new http.HttpClientConnection(bootstrap, '127.0.0.1', port, socket, tls);
    const timer = setTimeout(() => resolve(`reject no answer in ${PATIENCE / 1000} s`), PATIENCE);
    const end = answer => { clearTimeout(timer); resolve(answer); };
    connection.on('connect', () => { end('accept'); connection.close(); });
    connection.on('error', error => end(`reject ${error.error_name ?? error.error ?? error.message}`));
  });
}

async function main() {
  const ports = [...new Set(fs.readFileSync(path.join(folder, 'plan.tsv'), 'utf8').trim().split('\n').map(line => Number(line.split('\t')[1])))];
  const answers = new Map();
  const waiting = [...ports];
  const worker = async () => {
    for (let port = waiting.shift(); port !== undefined; port = waiting.shift()) answers.set(port, await ask(port));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  fs.writeFileSync(path.join(folder, 'amazon.tsv'), ports.map(port => `${port}\t${answers.get(port)}\n`).join(''));
  process.exit(0);
}

main().catch(error => { console.error(error); process.exit(1); });
