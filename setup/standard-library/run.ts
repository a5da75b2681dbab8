/** Writes the table of the standard library, or with `--check` says whether it is the one that would be written. */

import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeTable } from './write-table.ts'

const TABLE = fileURLToPath(new URL('../../src/generate/analyse/typescript/library/table.ts', import.meta.url))

const text = writeTable()
const shown = path.relative(process.cwd(), TABLE)
if (!process.argv.includes('--check')) {
  writeFileSync(TABLE, text)
  process.stdout.write(`${shown}: ${text.length} characters\n`)
} else if (readFileSync(TABLE, 'utf8') !== text) {
  process.stderr.write(
    `${shown} is not what the compiler's libraries say; node --import tsx setup/standard-library/run.ts\n`,
  )
  process.exitCode = 1
}
