/**
 * Loaded first by the programs of a machine: another boot, another host and another clock than those of the programs of the
 * other machines, which run on the same host.
 */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import os from 'node:os'

// Workers inherit the options of Node, and nothing else that could tell.
const { searchParams } = new URL(import.meta.url)
const name = searchParams.get('machine') ?? ''
const BOOT_ID = '/proc/sys/kernel/random/boot_id'
const { readFileSync } = fs
const own = createHash('sha256').update(name).update(readFileSync(BOOT_ID)).digest('hex')

fs.readFileSync = (file, ...rest) => (file === BOOT_ID ? own : readFileSync(file, ...rest))
os.hostname = () => name
syncBuiltinESMExports()

const aheadMs = Number(searchParams.get('ahead'))
if (aheadMs !== 0) {
  const RealDate = Date
  globalThis.Date = class extends RealDate {
    constructor(...parts) {
      super(...(parts.length === 0 ? [RealDate.now() + aheadMs] : parts))
    }
    static now() {
      return RealDate.now() + aheadMs
    }
  }
}
