// node junit.mjs FOLDER: every JUnit file through two parsers that CI systems use, and the counts compared with the cases.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'junit2json';
import { convertJUnitToCTRFReport } from 'junit-to-ctrf';

const folder = process.argv[2];
let failed = false;
for (const name of readdirSync(folder).filter(file => file.endsWith('.junit.xml'))) {
  const file = path.join(folder, name);
  const suites = await parse(readFileSync(file, 'utf8'));
  const cases = suites.testsuite.flatMap(suite => suite.testcase ?? []);
  const counted = { tests: cases.length, failures: cases.filter(one => one.failure).length, skipped: cases.filter(one => one.skipped).length };
  const said = { tests: suites.tests, failures: suites.failures, skipped: suites.skipped };
  const summary = (await convertJUnitToCTRFReport(file)).results.summary;
  const right = JSON.stringify(counted) === JSON.stringify(said) && summary.tests === counted.tests && summary.skipped === counted.skipped
    && summary.failed === counted.failures + cases.filter(one => one.error).length;
  console.log(`${name}: ${right ? 'read alike' : `counted ${JSON.stringify(counted)}, said ${JSON.stringify(said)}, CTRF ${JSON.stringify(summary)}`}`);
  failed ||= !right;
}
process.exit(failed ? 1 : 0);
