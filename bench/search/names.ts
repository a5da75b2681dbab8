/**
 * Whether a name that is typed alone finds what has it: each name of a set's public definitions, by itself and behind what
 * holds it. Letters count, but for a word in lower case, which may be the beginning of a question.
 */

import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { SEARCH_FILE, SearchIndex } from '#search/index-format.ts'
import type { Searcher } from '#search/searcher.ts'
import { print } from '../measure.ts'

/** Of a form; of more, every so many-th is asked for. */
const MOST_NAMES = 1_500
const MOST_EXAMPLES = 4
/** As the index weighs what is of tests and of examples. */
const OWN = 0.6
const HEADINGS: ReadonlySet<string> = new Set(['section', 'guide', 'document'])

interface Definition {
  /** With what holds it, outermost first. */
  names: string[]
  file: string
  line: number
  isPublic: boolean
  isOwn: boolean
  /** References to it. */
  uses: number
}

interface Graph {
  components: { id: string; file: string; start_line: number; exported: boolean }[]
  edges: { to: string; origin: string }[]
}

type Form = (definition: Definition) => string | undefined

const FORMS: Record<string, Form> = {
  name: ({ names }) => names.at(-1),
  'Holder.member': ({ names }) => held(names, '.'),
  'Holder#member': ({ names }) => held(names, '#'),
  'holder::member': ({ names }) => held(names, '::'),
  // `Gson.Gson` is the constructor rather than the class of the file.
  'module.name': ({ names, file }) =>
    moduleOf(file) === names[0] ? undefined : `${moduleOf(file)}.${names.join('.')}`,
}

export async function tellNames(searcher: Searcher, folder: string, set: string): Promise<void> {
  const definitions = await readDefinitions(path.join(folder, set))
  const byPlace = new Map(definitions.map((each) => [`${each.file}:${each.line} ${each.names.join('.')}`, each]))
  for (const [form, write] of Object.entries(FORMS)) {
    const all = askFor(definitions, write)
    const step = Math.ceil(all.length / MOST_NAMES)
    const asked = all.filter((_, at) => at % step === 0)
    if (asked.length === 0) continue
    const wrong: string[] = []
    const times: number[] = []
    let exact = 0
    for (const [query, wanted] of asked) {
      const begin = performance.now()
      const [hit] = (await searcher.search(set, query, 10))?.hits ?? []
      times.push(performance.now() - begin)
      const names = hit === undefined || HEADINGS.has(hit.kind) ? [] : namesOf(hit.title, hit.kind)
      const found = byPlace.get(`${hit?.file}:${hit?.line} ${names.join('.')}`)
      if (found !== undefined && wanted.has(found)) exact += 1
      else if (!isWord(query) || names.at(-1)?.toLowerCase() !== query)
        wrong.push(`${query}: ${hit?.kind} ${hit?.title}`)
    }
    times.sort((a, b) => a - b)
    const at = (share: number): string => (times[Math.floor(times.length * share)] ?? 0).toFixed(1)
    const share = (count: number): string => `${((100 * count) / asked.length).toFixed(1)} %`
    print(
      `  ${set}, ${form}: of ${asked.length} first ${share(asked.length - wrong.length)}, by the letter ${share(exact)}; ${at(0.5)} ms, of 20 one ${at(0.95)} ms`,
    )
    for (const example of wrong.slice(0, MOST_EXAMPLES)) print(`    ${example}`)
  }
}

/** For each text what may come first: of all that it names, what is public, and what is used more. */
function askFor(definitions: readonly Definition[], write: Form): [string, Set<Definition>][] {
  const named = new Map<string, Definition[]>()
  for (const each of definitions) {
    const query = each.isOwn ? write(each) : undefined
    if (query !== undefined) named.set(query, [...(named.get(query) ?? []), each])
  }
  return [...named].flatMap(([query, all]) => {
    const offered = all.filter((each) => each.isPublic)
    const most = Math.max(...offered.map((each) => each.uses))
    const wanted = all.filter((each) => each.isPublic || each.uses > most)
    return offered.length === 0 ? [] : [[query, new Set(wanted)] as [string, Set<Definition>]]
  })
}

async function readDefinitions(set: string): Promise<Definition[]> {
  const { components, edges } = JSON.parse(await readFile(path.join(set, 'graph.json'), 'utf8')) as Graph
  const uses = new Map<string, number>()
  for (const { to, origin } of edges) if (origin !== 'unique-name') uses.set(to, (uses.get(to) ?? 0) + 1)
  const byLine = new Map(components.map((each) => [`${each.file}:${each.start_line}`, each]))
  const { rows, files, kinds } = SearchIndex.parse(JSON.parse(await readFile(path.join(set, SEARCH_FILE), 'utf8')))
  return rows.flatMap(([title, kind, , , number, line, weight]) => {
    const file = files[number]
    const names = namesOf(title)
    // What is exported without a name has none.
    if (file === undefined || HEADINGS.has(kinds[kind] ?? '') || !/\w/.test(names.at(-1) ?? '')) return []
    const { id = '', exported = false } = byLine.get(`${file}:${line}`) ?? {}
    return [{ names, file, line, isPublic: exported, isOwn: weight > OWN, uses: uses.get(id) ?? 0 }]
  })
}

/** Without what tells overloads apart: `Gson.toJson(Object)`. */
const namesOf = (title: string, kind = ''): string[] =>
  (kind === 'page' ? title.replace(/\.\w+$/, '').replace(/^.*\//, '') : title.replace(/(?<=[\p{L}\p{N}_$])\(.*$/u, ''))
    .split(/\.|::|#|\//)
    .filter((name) => name !== '')

/** A word, as people type it. */
const isWord = (query: string): boolean => /^[\p{Ll}\p{N}]+$/u.test(query)

const held = (names: string[], between: string): string | undefined =>
  names.length < 2 ? undefined : names.slice(-2).join(between)

/** The file without its ending, or the folder that it stands for. */
function moduleOf(file: string): string {
  const name = path.basename(file, path.extname(file))
  return /^(?:index|mod|lib|__init__)$/.test(name) ? path.basename(path.dirname(file)) : name
}
