/** The payloads' repositories made into documents by a running docspool, and all addresses at which it shows payloads. */

import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { unzipSync } from 'fflate'
import { hasEnded, post, readSet, waitFor } from '../../../test/support/client.ts'
import { typable } from '../../../test/support/typed.ts'
import { startDocspool, startServer } from '../../programs.ts'
import { inChunks, marksIn } from './repository.ts'
import type { Visit } from './visit.ts'

export interface Made {
  /** By the kind of page. */
  served: Map<string, Visit[]>
  /** Of the sites, opened as files. */
  exported: Visit[]
  /** Of what stands in the pages of documents and in the lists of sources. */
  marks: Set<string>
  origin: string
  /** The folder of the sites, as an address. */
  sites: string
  stop(): Promise<void>
}

const JOB_MS = 600_000
/** Of a search, a question for the list of jobs, an address in the form, notes for a model. Characters. */
const ROOM = { search: 200, find: 200, form: 1_900, notes: 3_900, path: 1_000 }
/** Of the pages of sources, which differ in little once they are files: one in so many. */
const EVERY_EXPORTED = 10
/** Texts that are typed into the search of one page. */
const PER_BOX = 100
/** Of the questions for the list of jobs, which stand in the same form as the addresses. */
const EVERY_FOUND = 10

export async function make(
  folder: string,
  repositories: readonly string[],
  payloads: readonly string[],
  env: Record<string, string>,
  program?: string,
): Promise<Made> {
  const spool = await mkdtemp(path.join(folder, 'spool-'))
  const all = { DOCSPOOL_SPOOL_DIR: spool, ...env }
  const server = await startServer(all, program)
  const origin = server.found
  const isReady = (line: string): string | undefined => (line.includes('jobs are confined') ? line : undefined)
  const supervisor = await startDocspool(['supervise'], all, isReady, [], program)
  const served = new Map<string, Visit[]>()
  const add = (kind: string, visits: Visit[]): unknown => served.set(kind, [...(served.get(kind) ?? []), ...visits])
  const found = payloads.filter((_, number) => number % EVERY_FOUND === 0)
  add('index', inChunksAt(`${origin}/?repo_url=`, payloads, ROOM.form))
  add('index', inChunksAt(`${origin}/?repo=`, found, ROOM.find))
  const exported: Visit[] = []
  const marks = new Set<string>()
  const sites = `${spool}-sites`
  for (const [at, url] of repositories.entries()) {
    const { body } = await post(origin, { repo_url: url })
    const job = await waitFor(origin, body.job_id, hasEnded, JOB_MS)
    if (job.docs_path === null) throw new Error(`${job.error_code}: ${job.error_message}`)
    const docs = new URL(job.docs_path, origin).href
    const some = payloads.filter((_, number) => number % repositories.length === at)
    const pages = [...(await readSet(origin, docs)).keys()].filter((name) => name.endsWith('.md'))
    const archive = unzipSync(await bytesOf(`${docs.slice(0, -1)}.site.zip`))
    const site = await unpack(archive, path.join(sites, String(at)))
    const sources = site.filter((name) => name.startsWith('source/'))
    const addresses: [kind: string, urls: string[]][] = [
      ['documents', pages.map((name) => docs + (name === 'overview.md' ? '' : name))],
      ['sources', sources.map((name) => docs + name.replace(/\.html$/, ''))],
      ['list of sources', [`${docs}source/`]],
      ['job', [`${origin}/jobs/${job.job_id}`]],
    ]
    for (const [kind, urls] of addresses)
      add(
        kind,
        urls.map((url) => ({ url })),
      )
    add('search', inChunksAt(`${docs}?q=`, some, ROOM.search))
    const texts = some.flatMap(typable)
    for (let from = 0; from < texts.length; from += PER_BOX)
      add('search box', [{ url: docs, typed: texts.slice(from, from + PER_BOX) }])
    add('no such page', inChunksAt(`${docs}x`, some, ROOM.path, true))
    const rare = new Set(sources.filter((_, number) => number % EVERY_EXPORTED !== 0))
    for (const name of site)
      if (!rare.has(name) && !name.endsWith('diagram.html'))
        exported.push({ url: pathToFileURL(path.join(sites, String(at), name)).href })
  }
  await supervisor.stop()
  for (const notes of inChunks(payloads.map(withoutControls), ROOM.notes))
    add('job', [{ url: `${origin}/jobs/${await submit(origin, repositories[0] ?? '', notes)}` }])
  return {
    served,
    exported,
    marks,
    origin,
    sites: `${pathToFileURL(sites).href}/`,
    stop: () => server.stop(),
  }

  /** @returns Names of its pages. */
  async function unpack(archive: Record<string, Uint8Array>, to: string): Promise<string[]> {
    for (const [name, body] of Object.entries(archive)) {
      const file = path.join(to, name.slice(name.indexOf('/') + 1))
      await mkdir(path.dirname(file), { recursive: true })
      await writeFile(file, body)
      // In the page of a source stands the whole file.
      if (/\.html$/.test(name) && !/^[^/]*\/source\//.test(name))
        for (const mark of marksIn(Buffer.from(body).toString())) marks.add(mark)
    }
    return (await readdir(to, { recursive: true })).filter((name) => name.endsWith('.html'))
  }
}

/** It waits for ever, since nobody works any more. */
async function submit(origin: string, repoUrl: string, notes: string): Promise<string> {
  const answer = await fetch(`${origin}/api/jobs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ repo_url: repoUrl, options: { notes } }),
  })
  const { job_id, detail } = (await answer.json()) as { job_id?: string; detail?: string }
  if (job_id === undefined) throw new Error(`${answer.status}: ${detail}`)
  return job_id
}

const withoutControls = (text: string): string => text.replace(/\p{Cc}/gu, ' ')

function inChunksAt(before: string, payloads: readonly string[], maxChars: number, isRefused = false): Visit[] {
  return inChunks(payloads, maxChars).map((text) => ({ url: before + encodeURIComponent(text), isRefused }))
}

const bytesOf = async (url: string): Promise<Uint8Array> => new Uint8Array(await (await fetch(url)).arrayBuffer())
