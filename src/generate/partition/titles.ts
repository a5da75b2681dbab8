/** Makes titles that distinguish modules. */

import { nameOf } from '#generate/paths.ts'
import { isHead, isInside, meaningfulSegments } from './names.ts'
import type { Part } from './part.ts'
import { retitled, type Titled, titled } from './title.ts'

const MAX_EXTRA = 6

/** Makes titles unique: `tests` becomes `v3/tests`, with as much of its path as necessary, else the id. */
export function titlesOf(parts: readonly Part[]): Map<Part, Titled> {
  const titles = new Map(parts.map((part): [Part, Titled] => [part, part]))
  const twice = (): Part[] => {
    const counts = new Map<string, number>()
    for (const { title } of titles.values()) counts.set(title, (counts.get(title) ?? 0) + 1)
    return parts.filter((part) => (counts.get(titles.get(part)?.title ?? '') ?? 0) > 1)
  }
  const first = twice().find((part) => part.id === 'top-level files')
  // A folder with a meaningless name may contain the code of the repository. It gets the repository's name, unless the
  // program begins above it.
  if (first !== undefined && isBegun(first)) {
    for (const part of twice())
      if (part !== first && part.title === first.title && part.path !== '') titles.set(part, { title: part.path })
  } else if (first !== undefined)
    titles.set(
      first,
      titled((words) => words.topFiles),
    )
  for (const part of twice()) {
    const around = parts.filter(
      (other) => other !== part && other.title === part.title && isInside(part.path, other.path),
    )
    const outer = around.find((other) => other.path !== '')
    const inside = folderOf(part).slice((outer?.path.length ?? 0) + 1)
    if (outer !== undefined)
      titles.set(
        part,
        retitled(part, (title) => `${title}/${inside}`),
      )
  }
  for (let extra = 1; extra <= MAX_EXTRA; extra++) {
    const same = twice()
    if (same.length === 0) return titles
    for (const part of same) titles.set(part, extended(part, extra))
  }
  for (const part of twice()) {
    if (part.path !== '' && meaningfulSegments(part.path).length === 0)
      titles.set(
        part,
        titled((words) => words.of(part.titleIn?.(words) ?? part.title, part.path)),
      )
  }
  for (const part of twice())
    titles.set(part, part.path === '' ? part : retitled(part, (title) => `${title} (${folderOf(part)})`))
  for (const part of twice()) titles.set(part, { title: part.id })
  return titles
}

/** Whether a part contains a file that users begin with: `index.js`, `main.go`, `rack.rb` of `rack`. */
function isBegun({ units, title }: Part): boolean {
  return units.some(({ path, isCode }) => {
    const [stem = '', extension] = nameOf(path).toLowerCase().split('.')
    return isCode && (isHead(path) || (extension !== undefined && stem === title.toLowerCase()))
  })
}

/** The title with `extra` meaningful names of the folders around it, or with those inside the folder it names: `core/orbit`. */
function extended(part: Part, extra: number): Titled {
  const own = part.title.split(': ')[0]?.split('/') ?? []
  const meaningful = meaningfulSegments(folderOf(part))
  const at = meaningful.lastIndexOf(own.at(-1) ?? '')
  const after = at === -1 ? [] : meaningful.slice(at + 1, at + 1 + extra)
  if (after.length > 0) return retitled(part, (title) => [title, ...after].join('/'))
  const above = meaningful.slice(0, at === -1 ? meaningful.length : Math.max(0, meaningful.length - own.length))
  return retitled(part, (title) => [...above.slice(-extra), title].join('/'))
}

/** The folder that a part was made from. That of a source set, `src/main`, is above the folders of its packages. */
const folderOf = ({ id, path }: Part): string => (path.startsWith(`${id}/`) ? id : path)
