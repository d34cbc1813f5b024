// config.mjs FOLDER SCHEMA PROGRAM...: what an editor says of each configuration file by the schema, and what the program says of it.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import { parse } from 'yaml';

const [folder, schema, program, ...words] = process.argv.slice(2);
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(JSON.parse(readFileSync(schema, 'utf8')));
let failed = false;
for (const name of readdirSync(folder).filter(file => file.endsWith('.yaml'))) {
  const file = path.join(folder, name);
  const byEditor = validate(parse(readFileSync(file, 'utf8')));
  const byProgram = accepts(file);
  const wanted = !name.startsWith('wrong-');
  const right = byEditor === wanted && byProgram === wanted;
  console.log(`${name}: ${right ? `${wanted ? 'taken' : 'refused'} by both` : `taken by the schema: ${byEditor}, by the program: ${byProgram} ${JSON.stringify(validate.errors)}`}`);
  failed ||= !right;
}
process.exit(failed ? 1 : 0);

function accepts(file) {
  try {
    execFileSync(program, [...words, 'config', '--config', file], { stdio: 'ignore' });
    return true;
  } catch (error) {
    if (error.status !== 2) throw error;
    return false;
  }
}
