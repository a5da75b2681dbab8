/** Reads the steering files of a repository. */

import type { z } from 'zod'
import { AppError } from '#base/errors.ts'
import { append } from '#base/long-arrays.ts'
import { Incidents } from '#generate/incidents.ts'
import type { CommitTree, Steering, SteeringNote } from '#generate/model.ts'
import { docspoolJson, unknownKeys } from './docspool-json.ts'
import { wikiJson } from './wiki-json.ts'

const DOCSPOOL = 'docspool.json'
const WIKI = '.devin/wiki.json'
const MAX_BYTES = 262_144
const MAX_ISSUES = 3
const MAX_WORD = 60

/**
 * Never throws because of file contents: a file that is too large, not JSON or not of the right schema is ignored as a
 * whole and reported in `ignored`. `docspool.json` comes first in all lists.
 */
export async function readSteering(tree: CommitTree, incidents = new Incidents()): Promise<Steering> {
  const steering: Steering = {
    title: null,
    notes: [],
    include: [],
    exclude: [],
    modules: [],
    pages: [],
    follow: null,
    read: [],
    ignored: [],
  }
  const own = await readJson(tree, DOCSPOOL, docspoolJson, steering, incidents)
  if (own !== undefined) {
    const { parsed, raw } = own
    steering.title = parsed.title ?? null
    append(
      steering.notes,
      (parsed.notes ?? []).map((note): SteeringNote => ({ ...note, from: DOCSPOOL })),
    )
    steering.follow = parsed.follow ?? null
    append(steering.include, parsed.include ?? [])
    append(steering.exclude, parsed.exclude ?? [])
    for (const { path, title, note } of parsed.modules ?? []) {
      steering.modules.push({
        path: path.replace(/(?<!\/)\/+$/, ''),
        title: title ?? null,
        note: note ?? null,
        from: DOCSPOOL,
      })
    }
    for (const key of unknownKeys(raw)) steering.ignored.push(`${DOCSPOOL}: unknown key ${shown(key)}`)
  }
  const wiki = await readJson(tree, WIKI, wikiJson, steering, incidents)
  if (wiki !== undefined) {
    const { repo_notes, pages } = wiki.parsed
    append(
      steering.notes,
      (repo_notes ?? []).map((note): SteeringNote => ({ ...note, from: WIKI })),
    )
    for (const { title, purpose, page_notes } of pages ?? []) {
      const notes = [purpose ?? '', ...(page_notes ?? []).map(({ content }) => content)].filter((text) => text !== '')
      steering.pages.push({
        title: title.replace(/\s+/g, ' '),
        purpose: purpose ?? '',
        note: notes.join('\n\n'),
        from: WIKI,
      })
    }
  }
  return steering
}

async function readJson<T extends z.ZodType>(
  tree: CommitTree,
  path: string,
  schema: T,
  steering: Steering,
  incidents: Incidents,
): Promise<{ parsed: z.output<T>; raw: object } | undefined> {
  const entry = tree.entries.find((one) => one.path === path)
  if (entry === undefined) return undefined
  const ignore = (why: string): undefined => {
    steering.ignored.push(`${path} is ignored: ${why}`)
  }
  if (entry.kind !== 'file') return ignore(`it is a ${entry.kind}`)
  try {
    const bytes = await tree.read(entry.blob)
    if (bytes.byteLength > MAX_BYTES) return ignore(`it is larger than ${MAX_BYTES} bytes`)
    const raw: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    const result = incidents.attemptInTime('steering', path, () => schema.safeParse(raw))
    if (result === undefined) return ignore('it takes too long to read')
    if (!result.success) return ignore(whyNot(result.error))
    steering.read.push(path)
    return { parsed: result.data, raw: raw as object }
  } catch (error) {
    return ignore(error instanceof AppError ? error.message : 'it is not JSON in UTF-8')
  }
}

/** Joins the first few issues: `modules.0.path: …`. */
function whyNot(error: z.ZodError): string {
  const found = error.issues.slice(0, MAX_ISSUES).map(({ path, message }) => {
    const place = path.map(String).join('.')
    return `${place === '' ? '' : `${shown(place)}: `}${shown(message)}`
  })
  return found.join('; ')
}

/** A word of the file, safe for a log: one line, without control characters, truncated. */
function shown(word: string): string {
  const plain = word.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, ' ')
  return plain.length > MAX_WORD ? `${plain.slice(0, MAX_WORD)}…` : plain
}
