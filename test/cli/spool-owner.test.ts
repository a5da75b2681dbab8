import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { lacking } from '../support/skips.ts'

const NOBODY = 65_534

/** Its first look into the spool is the moment at which the owner of the folder above puts a link in place of the spool. */
const PROGRAM = `
  import fs from 'node:fs'
  import { syncBuiltinESMExports } from 'node:module'
  const [folder] = process.argv.slice(-1)
  const { lstatSync } = fs
  fs.lstatSync = (file, ...others) => {
    const found = lstatSync(file, ...others)
    if (String(file).endsWith('/LAYOUT') && !fs.existsSync(folder + '/moved')) {
      fs.renameSync(folder + '/spool', folder + '/moved')
      fs.symlinkSync(folder + '/of-root', folder + '/spool')
    }
    return found
  }
  syncBuiltinESMExports()
  const { becomeOwner } = await import('#cli/spool-owner.ts')
  const asRoot = (spool) => console.log(fs.realpathSync(spool))
  const { spoolDir } = becomeOwner({ spoolDir: folder + '/spool' }, 'fsck', { asRoot })
  console.log(process.geteuid(), fs.readdirSync(spoolDir).join())
`

test('root works in the folder whose owner it has found, also if another one takes its place', async (t) => {
  if (process.getuid?.() !== 0) return t.skip(lacking('the right to start programs as somebody else'))
  for (const owner of [NOBODY, 0]) {
    const folder = await mkdtemp(path.join(tmpdir(), 'owner-'))
    t.after(() => rm(folder, { recursive: true, force: true }))
    await mkdir(path.join(folder, 'spool'))
    await mkdir(path.join(folder, 'of-root'))
    await writeFile(path.join(folder, 'spool', 'LAYOUT'), '')
    await writeFile(path.join(folder, 'of-root', 'secret'), '')
    for (const one of ['.', 'spool', 'spool/LAYOUT']) await chown(path.join(folder, one), owner, owner)
    const args = ['--import=tsx', '--input-type=module', '-e', PROGRAM, folder]
    const { stdout } = await promisify(execFile)(process.execPath, args)
    assert.equal(stdout, owner === 0 ? '0 LAYOUT\n' : `${folder}/moved\n${NOBODY} LAYOUT\n`)
  }
})
