/** `make chaos`: one run with what the command line says, its ledger, and exit code 1 when something is not as it must be. */

import { randomInt } from 'node:crypto'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { runChaos } from './chaos.ts'
import { faultsOf, reportOf } from './report.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '120' },
    seed: { type: 'string', default: '' },
    storage: { type: 'string', default: 'spool' },
    // Another checkout, to see that a fault built into it is found.
    checkout: { type: 'string' },
    log: { type: 'string' },
  },
})
const seconds = Number(values.seconds)
const seed = values.seed === '' ? randomInt(2 ** 31) : Number(values.seed)
if (!(seconds > 0) || !Number.isInteger(seed)) throw new Error('Expected --seconds=NUMBER and --seed=WHOLE NUMBER.')

const { storage } = values
if (storage !== 'spool' && storage !== 'postgres') throw new Error('Expected --storage=spool or --storage=postgres.')

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())

process.stdout.write(`chaos: ${seconds} s on ${storage === 'spool' ? 'a spool' : 'PostgreSQL'} with seed ${seed}\n`)
const entry = values.checkout === undefined ? {} : { entry: path.resolve(values.checkout, 'src/docspool.mjs') }
const log = values.log === undefined ? {} : { logFile: values.log }
const result = await runChaos({ seconds, seed, storage, signal: stop.signal, ...entry, ...log })
for (const line of reportOf(result, { seconds, seed })) process.stdout.write(`  ${line}\n`)
const isWell = faultsOf(result).every(([, what]) => what.length === 0)
process.stdout.write(
  isWell ? 'chaos: all as it must be\n' : `chaos: NOT as it must be; again with STORAGE=${storage} SEED=${seed}\n`,
)
process.exitCode = isWell ? 0 : 1
