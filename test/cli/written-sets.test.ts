import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { createWrittenQueue } from '#cli/written-queue.ts'
import { createWrittenReader, findWrittenSets } from '#cli/written-sets.ts'
import { JobId } from '#http/job-in-path.ts'

const METADATA = {
  generation_info: {
    timestamp: '2026-10-02T08:00:00.000Z',
    main_model: 'offline',
    generator_version: '0.1.0',
    repo_path: 'https://git.example.org/acme/orbit',
    commit_id: 'a'.repeat(40),
  },
  statistics: { total_components: 1, files: 1, lines: 1, edges: 1 },
  files_generated: ['overview.md', 'stolen.md'],
}

describe('findWrittenSets', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'docspool-written-'))
    await mkdir(path.join(folder, 'docs', 'source'), { recursive: true })
    await writeFile(path.join(folder, 'secret'), 'a secret')
    await writeFile(path.join(folder, 'docs', 'metadata.json'), JSON.stringify(METADATA))
    await writeFile(path.join(folder, 'docs', 'overview.md'), '# Orbit')
    await writeFile(path.join(folder, 'docs', 'source', 'orbit.py'), 'x = 1\n')
  })

  afterEach(() => rm(folder, { recursive: true }))

  async function open(given = 'docs') {
    const [set] = await findWrittenSets(path.join(folder, given))
    assert.ok(set)
    return { key: set.manifest.key, reader: createWrittenReader([set]) }
  }

  it('reads files and sources', async () => {
    await writeFile(
      path.join(folder, 'docs', 'sources.json'),
      JSON.stringify({ files: [{ path: 'src/orbit.py', name: 'orbit.py' }] }),
    )
    const { key, reader } = await open()
    assert.equal(Buffer.from((await reader.readFile(key, 'overview.md')) ?? []).toString(), '# Orbit')
    assert.equal((await reader.readSource(key, 'orbit.py'))?.text, 'x = 1\n')
  })

  it('has a valid and unique job id for each set, whatever the repository is called', async () => {
    const [set] = await findWrittenSets(path.join(folder, 'docs'))
    assert.ok(set)
    const names = ['acme/orbit', 'acme/orbit', '.config/nvim', `me/${'x'.repeat(300)}`, '']
    const queue = createWrittenQueue(names.map((name) => ({ ...set, manifest: { ...set.manifest, full_name: name } })))
    const ids = (await queue.list({ limit: 10 })).jobs.map(({ view }) => view.job_id)
    assert.deepEqual(ids.slice(0, 3), ['acme--orbit', 'acme--orbit~2', '_config--nvim'])
    assert.equal(new Set(ids).size, names.length)
    for (const id of ids) assert.ok(JobId.safeParse(id).success, id)
  })

  it('finds a set through a symbolic link that the user gave', async () => {
    await symlink(path.join(folder, 'docs'), path.join(folder, 'link'))
    const { key, reader } = await open('link')
    assert.notEqual(await reader.readFile(key, 'overview.md'), undefined)
  })

  it('does not follow symbolic links in a set', async () => {
    await symlink(path.join(folder, 'secret'), path.join(folder, 'docs', 'stolen.md'))
    await symlink('/', path.join(folder, 'docs', 'source', 'root'))
    const names = ['root/etc/passwd', '../../secret', '../metadata.json']
    const files = names.map((name) => ({ path: name, name }))
    await writeFile(path.join(folder, 'docs', 'sources.json'), JSON.stringify({ files }))
    const { key, reader } = await open()
    assert.equal(await reader.readFile(key, 'stolen.md'), undefined)
    for (const name of names) assert.equal(await reader.readSource(key, name), undefined, name)
  })
})
