/** Temporary folders of commands that were killed go with the next command; nothing else does. */
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { temporaryName } from '#base/files.ts'
import { readOwner } from '#base/owner.ts'
import { prepareFolders, prepareOutput } from '#cli/output-folder.ts'
import { makeWorkFolder } from '#cli/work-folder.ts'

async function setUp(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-left-'))
  const before = process.env.TMPDIR
  process.env.TMPDIR = folder
  t.after(async () => {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
    await rm(folder, { recursive: true, force: true })
  })
  return folder
}

const { boot, namespace, pid, start } = readOwner()
const DEAD = `${boot}-${namespace}-${pid}-${Number(start) + 1}`
const LIVE = `${boot}-${namespace}-${pid}-${start}`
const ELSEWHERE = `00000000-${namespace}-${pid}-1`

test('clones of killed commands are removed', async (t) => {
  const folder = await setUp(t)
  for (const name of [`docspool-${DEAD}-abcdef`, `docspool-${LIVE}-abcdef`, 'docspool-abcdef', `x-${DEAD}-abcdef`]) {
    await mkdir(path.join(folder, name, 'clone'), { recursive: true })
  }
  await symlink('/etc', path.join(folder, `docspool-${DEAD}-ghijkl`))
  for (const name of [`docspool-${ELSEWHERE}-aaaaaa`, `docspool-${ELSEWHERE}-bbbbbb`])
    await mkdir(path.join(folder, name))
  const longAgo = new Date(Date.now() - 25 * 3_600_000)
  await utimes(path.join(folder, `docspool-${ELSEWHERE}-bbbbbb`), longAgo, longAgo)
  const made = await makeWorkFolder()
  assert.ok(path.basename(made).startsWith(`docspool-${LIVE}-`))
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name !== path.basename(made)),
    [
      'docspool-abcdef',
      `docspool-${DEAD}-ghijkl`,
      `docspool-${LIVE}-abcdef`,
      `docspool-${ELSEWHERE}-aaaaaa`,
      `x-${DEAD}-abcdef`,
    ].sort(),
  )
})

test('unfinished output of killed commands is removed by the next one beside it', async (t) => {
  const folder = await setUp(t)
  await mkdir(path.join(folder, `.tmp-${DEAD}-x-0`))
  await mkdir(path.join(folder, temporaryName()))
  await writeFile(path.join(folder, `.tmp-${DEAD}-x-1`), 'a file')
  const made = await prepareOutput(path.join(folder, 'out'), false)
  const left = await readdir(folder)
  assert.ok(left.includes(path.basename(made)))
  assert.equal(left.length, 3)
  assert.ok(!left.includes(`.tmp-${DEAD}-x-0`))
})

test('a website is not replaced by Markdown, nor Markdown by a website', async (t) => {
  const output = path.join(await setUp(t), 'out')
  await mkdir(output)
  await prepareOutput(output, true)
  for (const [list, isSite] of [
    ['site.json', true],
    ['metadata.json', false],
  ] as const) {
    await writeFile(path.join(output, list), JSON.stringify({ files_generated: [list] }))
    await prepareOutput(output, isSite)
    await assert.rejects(prepareOutput(output, !isSite), { code: 'OUTPUT_FOLDER_IN_USE' })
    await rm(path.join(output, list))
  }
})

test('a folder for temporary files that is not there is named', async (t) => {
  const folder = await setUp(t)
  process.env.TMPDIR = path.join(folder, 'none')
  await assert.rejects(makeWorkFolder(), { code: 'NO_TEMPORARY_FOLDER', message: /none: ENOENT/, hint: /TMPDIR/ })
  await assert.rejects(prepareFolders(path.join(folder, 'out'), false), { code: 'NO_TEMPORARY_FOLDER' })
  assert.deepEqual(await readdir(folder), [])
})
