/**
 * Names itself, or judges somebody. `owner-process.ts name`: its name, until it is killed. `owner-process.ts judge NAME`:
 * whether that one is gone. `owner-process.ts both`: what it says of a child, and what a child with a /proc of its own
 * says of it.
 */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { isOwnerGone, ownerName, parseOwner } from '#base/owner.ts'

const [action = '', name = ''] = process.argv.slice(2)
const self = ['--import', 'tsx', fileURLToPath(import.meta.url)]

const judge = (other: string): string => {
  const owner = parseOwner(other)
  return owner === undefined ? 'no owner' : String(isOwnerGone(owner))
}

if (action === 'name') {
  console.log(ownerName())
  setInterval(() => undefined, 60_000)
} else if (action === 'judge') {
  console.log(judge(name))
} else {
  const child = spawn(process.execPath, [...self, 'name'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(child.stdout, 'data')
  const ofChild = judge(String(line).trim())
  child.kill('SIGKILL')
  const seen = execFileSync('unshare', ['--mount-proc', process.execPath, ...self, 'judge', ownerName()])
  console.log(`${ofChild} ${String(seen).trim()}`)
}
