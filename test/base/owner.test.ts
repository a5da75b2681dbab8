/** Whether the process that a name tells of is gone: never said of one that lives, in whatever namespaces. */
import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { isOwnerGone, ownerName, parseOwner } from '#base/owner.ts'
import { lacking, missingTool } from '../support/skips.ts'

const script = ['--import', 'tsx', fileURLToPath(new URL('owner-process.ts', import.meta.url))]
const canUnshare = (...flags: string[]): boolean => spawnSync('unshare', [...flags, 'true']).status === 0

/** A process that lives to the end of the test, and the name that it has for itself. */
async function start(t: TestContext, ...command: string[]) {
  const [file = '', ...args] = [...command, process.execPath, ...script, 'name']
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  t.after(() => child.kill('SIGKILL'))
  const [line] = await once(child.stdout, 'data')
  return { child, owner: parseOwner(String(line).trim()) ?? assert.fail(`no owner: ${line}`) }
}

test('a process is not gone while it lives, and gone when it has ended', async (t) => {
  assert.equal(isOwnerGone(parseOwner(ownerName()) ?? assert.fail()), false)
  const { child, owner } = await start(t)
  assert.equal(isOwnerGone(owner), false)
  child.kill('SIGKILL')
  await once(child, 'close')
  assert.equal(isOwnerGone(owner), true)
})

test('one of another time namespace, whose start times are others, may live', async (t) => {
  const flags = ['-T', '--boottime', '100000']
  if (!canUnshare(...flags)) return t.skip(missingTool('unshare') || lacking('time namespaces'))
  const { owner } = await start(t, 'unshare', ...flags, '-f', '--kill-child')
  assert.equal(isOwnerGone(owner), undefined)
})

test('where /proc is of an outer pid namespace nobody is said to be gone, and one who writes there is found alive', (t) => {
  const flags = ['-p', '-f', '--kill-child']
  if (!canUnshare(...flags)) return t.skip(missingTool('unshare') || lacking('pid namespaces'))
  const out = execFileSync('unshare', [...flags, process.execPath, ...script, 'both'], { encoding: 'utf8' })
  assert.equal(out.trim(), 'undefined false')
})
