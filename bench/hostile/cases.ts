/** Repositories that are made to do harm, and hosts that are none. */

import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { createGitListener, type GitHttpServer } from '../../test/support/git-http.ts'
import { makeNastyRepository } from '../../test/support/nasty-names.ts'
import {
  commitTree,
  git,
  makeRepository,
  type RawEntry,
  writeObject,
  writeTree,
} from '../../test/support/repositories.ts'

export interface World {
  /** Folder of the repositories, `<root>/o/<name>.git`. */
  root: string
  server: GitHttpServer
  untrusted: { url: string; close(): void }
  /** A file that no job may read. */
  canary: string
}

export interface Case {
  name: string
  /** Makes the repository in this folder; the rest is its host's doing. */
  make(folder: string, world: World): Promise<void>
  faults?: GitHttpServer['faults']
  /** From the host that nobody vouches for. */
  isUntrusted?: true
}

const CODE = { 'a.py': 'def a():\n    """Does a."""\n' }
const honest = async (folder: string): Promise<void> => void (await makeRepository(folder, CODE))
const MB = 1_048_576

/** What it needs, others may. */
export const HONEST: Case = { name: 'an honest one', make: honest }

export const CASES: readonly Case[] = [
  {
    name: 'links out of it, submodules',
    async make(folder, { canary }) {
      await makeRepository(folder, {
        ...CODE,
        'README.md': { symlink: canary },
        'b.py': { symlink: canary },
        'c.py': { symlink: `${'../'.repeat(40)}${canary.slice(1)}` },
        'docspool.json': { symlink: canary },
        'package.json': { symlink: canary },
        'dev.py': { symlink: '/dev/zero' },
        'self.py': { symlink: 'self.py' },
        '.gitmodules': `[submodule "x"]\n\tpath = sub\n\turl = file://${path.dirname(canary)}\n`,
        sub: { submodule: 'a'.repeat(40) },
      })
    },
  },
  {
    name: 'nasty names, as files, folders and links',
    make: (folder, { canary }) => makeNastyRepository(folder, canary),
  },
  {
    name: '300 MB blob in a small pack',
    async make(folder) {
      await makeRepository(folder, { ...CODE, 'bomb.py': new Uint8Array(300 * MB) })
      await git(folder, ['repack', '-adq'])
    },
  },
  {
    name: '200,000 files',
    async make(folder) {
      const file = (at: number) => [`d${at % 400}/f${at}.py`, `def f${at}():\n    pass\n`]
      await makeRepository(folder, Object.fromEntries(Array.from({ length: 200_000 }, (_, at) => file(at))))
    },
  },
  {
    name: '1,000 folders in each other',
    make: async (folder) =>
      void (await makeRepository(folder, { ...CODE, [`${'d/'.repeat(1_000)}deep.py`]: CODE['a.py'] })),
  },
  {
    name: 'few trees that stand for 10 billion files',
    async make(folder) {
      await makeRepository(folder, [])
      let id = await writeObject(folder, 'blob', CODE['a.py'])
      for (let depth = 0; depth < 10; depth++) {
        const [mode, below] = [depth === 0 ? '100644' : '40000', id]
        const entries = Array.from({ length: 10 }, (_, at): RawEntry => ({ mode, name: `${at}.py`, id: below }))
        id = await writeTree(folder, entries)
      }
      await commitTree(folder, id)
    },
  },
]

/** With a short time for a clone, of at most 5 MB. */
export const HOSTS: readonly Case[] = [
  {
    name: '58 MB of noise, 5 allowed',
    make: async (folder) => void (await makeRepository(folder, { ...CODE, noise: randomBytes(58 * MB) })),
  },
  { name: 'a host that hangs', make: honest, faults: { hang: '' } },
  { name: 'a host that sends no pack', make: honest, faults: { hang: '/git-upload-pack' } },
  { name: 'a host that sends a byte now and then', make: honest, faults: { drip: true } },
  { name: 'a host with a bad certificate', make: honest, isUntrusted: true },
]

/** An https server of the same repositories with a certificate of its own making. */
export async function startUntrusted(root: string): Promise<{ url: string; close(): void }> {
  const [key, cert] = [path.join(root, 'key.pem'), path.join(root, 'cert.pem')]
  const name = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
  const form = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  execFileSync('openssl', ['req', '-x509', ...form, '-keyout', key, '-out', cert, ...name], { stdio: 'ignore' })
  const backend = createGitListener(root)
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, backend.listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = (): void => {
    backend.end()
    server.closeAllConnections()
    server.close()
  }
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, close }
}
