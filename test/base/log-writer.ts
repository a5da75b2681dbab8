/**
 * Logs what it is told to: for each number on a line of standard input, as many lines to standard error, then a line on standard
 * output with the bytes of its heap.
 */
import { createInterface } from 'node:readline'
import { createLog } from '#base/log.ts'

const log = createLog('writer', 'info')
let written = 0
for await (const line of createInterface(process.stdin)) {
  for (let count = Number(line); count > 0; count -= 1) log.info({ n: written++, text: 'x'.repeat(100) }, 'a line')
  // What can be written again is said after the turn in which it was.
  await new Promise(setImmediate)
  globalThis.gc?.()
  process.stdout.write(`${process.memoryUsage().heapUsed}\n`)
}
