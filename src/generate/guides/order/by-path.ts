/** Orders a folder of documents without a navigation file: by the positions they state, else by name. */

import { memoizedByText } from '#base/memoize.ts'
import { at, textAt } from '#generate/formats/located.ts'
import { readJson } from '#generate/formats/read-json.ts'
import { readYaml } from '#generate/formats/read-yaml.ts'
import { type Library, type NavItem, plainName, titleOf } from '#generate/guides/library.ts'
import { compareText } from '#generate/model.ts'
import { folderOf, nameOf } from '#generate/paths.ts'

/** Documents in folders that are nested more deeply are not ordered; they are listed after the rest. */
const MAX_DEPTH = 6
/** Names of documents to read first: `getting-started`, `Overview`. */
const FIRST =
  /^(?:readme|index|_index|introduction|intro|overview|home|getting[-_ ]?started|quick[-_ ]?(?:start|guide)|installation|install|(?:basic[-_ ]?)?usage|tutorial|user[-_ ]?(?:guide|manual)|manual)$/i
/** Names of documents about versions, benchmarks and the project itself, which are read last. */
const LAST =
  /^(?:authors|change(?:s|[-_ ]?log)|code[-_]of[-_]conduct|contribut|governance|history|license|maintain|news(?![a-z])|release|security|upgrad)|(?:^|[^a-z])(?:benchmarks?|changelog|migrat(?:e|ing|ion)|upgrad(?:e|ing))(?![a-z])/i
/** Names of the document that represents its folder. */
const HEAD = /^(?:readme|index|_index)$/i

/** The position of documents without one; greater than any number at the start of a name. */
const MIDDLE = 100_000

interface Placed {
  item: NavItem
  position: number
  name: string
}

/** Like `byPath` for a whole folder, cached: a configuration may name one folder thousands of times. */
export const folderOrder = memoizedByText((library: Library, folder) => byPath(library, folder, new Set()))

/** @param taken - Documents that are listed elsewhere. */
export function byPath(library: Library, folder: string, taken: ReadonlySet<string>, depth = 0): NavItem[] {
  const files = library.inFolder(folder).filter((path) => !taken.has(path))
  const placed: Placed[] = files.map((path) => ({
    item: { title: null, path, children: [] },
    position: library.documentAt(path)?.position ?? numberOf(path) ?? rankOf(path),
    name: nameOf(path),
  }))
  // `plan.md` beside the folder `plan` represents it, as `plan/index.md` would.
  const named = new Map(placed.map((one) => [plainName(one.name).toLowerCase(), one]))
  for (const inner of depth < MAX_DEPTH ? library.foldersIn(folder) : []) {
    const below = byPath(library, inner, taken, depth + 1)
    const { title, position } = categoryOf(library, inner)
    const own = (isHead: (name: string) => boolean): NavItem | undefined =>
      below.find(({ path }) => path !== null && folderOf(path) === inner && isHead(plainName(path)))
    const key = plainName(inner).toLowerCase()
    const index = own((name) => HEAD.test(name))
    const beside = index === undefined && title === null ? named.get(key) : undefined
    if (beside !== undefined) {
      beside.item = { ...beside.item, children: below }
      // Of several such folders, one can be represented: `01-plan` and `02-plan`.
      named.delete(key)
      continue
    }
    const head = index ?? own((name) => name.toLowerCase() === key)
    const children = below.filter((item) => item !== head)
    if (head === undefined && children.length === 0) continue
    const stated = head?.path === undefined || head.path === null ? undefined : library.documentAt(head.path)?.position
    // A folder without a title or a document of its own that contains only one thing is replaced by it.
    const [only] = children
    const item =
      head === undefined && children.length === 1 && only !== undefined && title === null
        ? only
        : { title: title ?? (head === undefined ? titleOf(inner) : null), path: head?.path ?? null, children }
    placed.push({
      item,
      position: position ?? stated ?? numberOf(inner) ?? (LAST.test(nameOf(inner)) ? MIDDLE + 1 : MIDDLE),
      name: nameOf(inner),
    })
  }
  placed.sort((a, b) => a.position - b.position || compareText(a.name.toLowerCase(), b.name.toLowerCase()))
  return placed.map(({ item }) => item)
}

function rankOf(path: string): number {
  const name = plainName(path)
  if (HEAD.test(name)) return -1
  if (FIRST.test(name)) return MIDDLE - 1
  return LAST.test(name) ? MIDDLE + 1 : MIDDLE
}

function numberOf(path: string): number | null {
  const digits = /^(\d{1,4})[-_. ]/.exec(nameOf(path))?.[1]
  return digits === undefined ? null : Number(digits)
}

/** The category file of Docusaurus. */
function categoryOf(library: Library, folder: string): { title: string | null; position: number | null } {
  for (const [name, read] of [
    ['_category_.json', readJson],
    ['_category_.yml', readYaml],
    ['_category_.yaml', readYaml],
  ] as const) {
    const text = library.text(`${folder}/${name}`)
    const value = text === null ? undefined : read(text)
    const position = Number(at(value, 'position')?.text ?? Number.NaN)
    if (value !== undefined)
      return { title: textAt(value, 'label') ?? null, position: Number.isFinite(position) ? position : null }
  }
  return { title: null, position: null }
}
