/** Reads front matter above a document, YAML between lines of `---` or TOML between `+++`: title, position and URL. */

import { at, textAt } from '#generate/formats/located.ts'
import { readToml } from '#generate/formats/read-toml.ts'
import { readYaml } from '#generate/formats/read-yaml.ts'

export interface FrontMatter {
  title: string | null
  id: string | null
  slug: string | null
  position: number | null
  isHidden: boolean
}

const NONE: FrontMatter = { title: null, id: null, slug: null, position: null, isHidden: false }
/** Limit on the lines of front matter. */
const MAX_LINES = 200
const POSITIONS = [
  ['sidebar_position'],
  ['weight'],
  ['order'],
  ['nav_order'],
  ['sidebar', 'order'],
  ['position'],
  ['menu', 'main', 'weight'],
]

/** @returns The front matter, and the text without it. */
export function readFrontMatter(source: string): { matter: FrontMatter; text: string } {
  const manual = manualTitle(source)
  if (manual !== undefined) return manual
  const fence = /^(---|\+\+\+)[ \t]*\r?\n/.exec(source)?.[1]
  if (fence === undefined) return { matter: NONE, text: source }
  const lines = source.split('\n')
  const end = lines.findIndex((line, index) => index > 0 && index < MAX_LINES && line.trimEnd() === fence)
  if (end < 0) return { matter: NONE, text: source }
  const text = lines.slice(end + 1).join('\n')
  const fields = (fence === '+++' ? readToml : readYaml)(lines.slice(1, end).join('\n'))
  if (fields === undefined) return { matter: NONE, text }
  const position = POSITIONS.map((keys) => Number(at(fields, ...keys)?.text ?? Number.NaN)).find(Number.isFinite)
  const isTrue = (...keys: string[]): boolean => at(fields, ...keys)?.text === 'true'
  return {
    matter: {
      title: textAt(fields, 'sidebar_label') ?? textAt(fields, 'title') ?? null,
      id: textAt(fields, 'id') ?? null,
      slug: textAt(fields, 'slug') ?? textAt(fields, 'permalink') ?? null,
      position: position ?? null,
      isHidden: isTrue('draft') || isTrue('unlisted') || isTrue('nav_exclude'),
    },
    text,
  }
}

/** The title block of manual pages in Pandoc: `% ORBIT(1) orbit 1.0 | Manual`, and the lines below it. */
function manualTitle(source: string): ReturnType<typeof readFrontMatter> | undefined {
  const title = /^% {1,8}([^\n|]{1,200})/.exec(source)?.[1]
  if (title === undefined) return undefined
  const lines = source.split('\n', MAX_LINES)
  const end = lines.findIndex((line) => !line.startsWith('%'))
  const name = /^\S{1,80}\(\d\w{0,4}\)/.exec(title)?.[0] ?? title
  return { matter: { ...NONE, title: name.trim() }, text: end < 0 ? '' : source.split('\n').slice(end).join('\n') }
}
