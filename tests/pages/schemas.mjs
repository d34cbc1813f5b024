// node schemas.mjs FOLDER SCHEMA: every JSON report against the schema that the program ships.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const [folder, schema] = process.argv.slice(2);
const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, allowUnionTypes: true });
addFormats(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')));
let failed = false;
for (const name of readdirSync(folder).filter(file => file.endsWith('.json') && !file.endsWith('.asff.json'))) {
  if (validate(JSON.parse(readFileSync(path.join(folder, name), 'utf8')))) {
    console.log(`${name}: keeps the schema`);
  } else {
    failed = true;
    console.log(`${name}: ${ajv.errorsText(validate.errors.slice(0, 5))}`);
  }
}
process.exit(failed ? 1 : 0);
