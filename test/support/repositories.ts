/**
 * Makes small bare git repositories for tests, from objects: files, commits, branches, tags, symbolic links, submodule
 * entries. Ids are the same on every machine: author, dates and messages are fixed. Needs the `git` program.
 */

import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { deflateSync } from 'node:zlib'

/** Text, bytes, or an entry that is no plain file. */
export type FileSpec = string | Uint8Array | { executable: string } | { symlink: string } | { submodule: string }

export interface CommitSpec {
  /** All files of the commit, not only those that changed. */
  files: Record<string, FileSpec>
  /** `commit 1`, `commit 2`, … */
  message?: string
  /** Without `refs/heads/`; `main`. Its tip becomes the commit's parent. */
  branch?: string
  /** A lightweight tag. */
  tag?: string
  /** An annotated tag. */
  annotatedTag?: string
}

export interface MadeRepository {
  /** Absolute; bare. */
  folder: string
  /** Full ids, in the order of the commits given. */
  commits: string[]
}

const WHEN = 1_700_000_000
const PERSON = 'Test Author <author@example.org>'

/**
 * Make a bare repository whose HEAD is the branch `main`.
 *
 * @param folder - Must not exist; its parents are made.
 * @param commits - One object of files is one commit on `main`; an empty list makes an empty repository.
 */
export async function makeRepository(
  folder: string,
  commits: Record<string, FileSpec> | CommitSpec[],
): Promise<MadeRepository> {
  await mkdir(folder, { recursive: true })
  await git(folder, ['init', '--quiet', '--bare', '--initial-branch=main', '.'])
  const specs = Array.isArray(commits) ? commits : [{ files: commits }]
  if (specs.length === 0) return { folder, commits: [] }
  const ids = await git(folder, ['fast-import', '--quiet'], fastImport(specs))
  return { folder, commits: ids.trim().split('\n') }
}

function fastImport(specs: CommitSpec[]): Buffer {
  const parts: (string | Uint8Array)[] = []
  const data = (bytes: string | Uint8Array): void => {
    const buffer = Buffer.from(bytes)
    parts.push(`data ${buffer.length}\n`, buffer, '\n')
  }
  specs.forEach((spec, index) => {
    const when = `${PERSON} ${WHEN + index} +0000`
    parts.push(`commit refs/heads/${spec.branch ?? 'main'}\nmark :${index + 1}\ncommitter ${when}\n`)
    data(spec.message ?? `commit ${index + 1}`)
    parts.push('deleteall\n')
    for (const [name, file] of Object.entries(spec.files)) {
      const quoted = `"${name.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`
      if (typeof file === 'object' && 'submodule' in file) {
        parts.push(`M 160000 ${file.submodule} ${quoted}\n`)
        continue
      }
      const [mode, bytes] = modeAndBytes(file)
      parts.push(`M ${mode} inline ${quoted}\n`)
      data(bytes)
    }
    parts.push(`\nget-mark :${index + 1}\n`)
    if (spec.tag !== undefined) parts.push(`reset refs/tags/${spec.tag}\nfrom :${index + 1}\n\n`)
    if (spec.annotatedTag !== undefined) {
      parts.push(`tag ${spec.annotatedTag}\nfrom :${index + 1}\ntagger ${when}\n`)
      data(`tag ${spec.annotatedTag}`)
    }
  })
  return Buffer.concat(parts.map((part) => Buffer.from(part)))
}

function modeAndBytes(file: Exclude<FileSpec, { submodule: string }>): [string, string | Uint8Array] {
  if (typeof file === 'string' || file instanceof Uint8Array) return ['100644', file]
  return 'symlink' in file ? ['120000', file.symlink] : ['100755', file.executable]
}

export interface RawEntry {
  /** Octal, as git writes it: `100644`, `40000`, … */
  mode: string
  /** As it stands in the tree, however hostile. */
  name: string | Uint8Array
  /** Full id. */
  id: string
}

/** Write a loose object as it is, without any of git's checks. Gives its id. */
export async function writeObject(folder: string, type: string, body: string | Uint8Array): Promise<string> {
  const bytes = Buffer.from(body)
  const whole = Buffer.concat([Buffer.from(`${type} ${bytes.length}\0`), bytes])
  const id = createHash('sha1').update(whole).digest('hex')
  const file = path.join(folder, 'objects', id.slice(0, 2), id.slice(2))
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, deflateSync(whole))
  return id
}

/** Write a tree that may hold any names in any order, for hostile repositories. Gives its id. */
export function writeTree(folder: string, entries: RawEntry[]): Promise<string> {
  const parts = entries.flatMap(({ mode, name, id }) => [
    Buffer.from(`${mode} `),
    Buffer.from(name),
    Buffer.from([0]),
    Buffer.from(id, 'hex'),
  ])
  return writeObject(folder, 'tree', Buffer.concat(parts))
}

/** Write a commit of a tree and let a branch point to it. Gives its id. */
export async function commitTree(folder: string, tree: string, branch = 'main'): Promise<string> {
  const when = `${PERSON} ${WHEN} +0000`
  const body = `tree ${tree}\nauthor ${when}\ncommitter ${when}\n\ncommit of a tree\n`
  const id = await writeObject(folder, 'commit', body)
  await git(folder, ['update-ref', `refs/heads/${branch}`, id])
  return id
}

/** Run git in a folder, without the configuration of the machine or the user. Gives what it writes. */
export function git(folder: string, args: string[], input: string | Uint8Array = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      'git',
      args,
      { cwd: folder, env: gitEnvironment(), maxBuffer: 64 * 1_048_576 },
      (error, stdout) => (error === null ? resolve(stdout) : reject(error)),
    )
    child.stdin?.on('error', () => {})
    child.stdin?.end(input)
  })
}

/** An environment in which git reads no configuration but the repository's own. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_AUTHOR_NAME: 'Test Author',
    GIT_AUTHOR_EMAIL: 'author@example.org',
    GIT_COMMITTER_NAME: 'Test Author',
    GIT_COMMITTER_EMAIL: 'author@example.org',
    GIT_AUTHOR_DATE: `${WHEN} +0000`,
    GIT_COMMITTER_DATE: `${WHEN} +0000`,
  }
}
