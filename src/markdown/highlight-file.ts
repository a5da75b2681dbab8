/** Syntax highlighting of whole source files. The result is stored separately from the text; see `#base/packed-colours.ts`. */

import { common, createLowlight } from 'lowlight'
import { COLOURS, packColours, type Run } from '#base/packed-colours.ts'

const lowlight = createLowlight(common)

/** Maximum numbers of characters and of runs of one colour in a file: highlighting and rendering larger ones takes too long. */
const MAX_CHARS = 1_048_576
const MAX_RUNS = 120_000
/** The class of code embedded in a string, which is not coloured as a string. */
const PLAIN = 'hljs-subst'

const NUMBERS: ReadonlyMap<string, number> = new Map(COLOURS.map((name, number) => [name, number]))
/** Languages that have another name in the highlighter. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['objective-c', 'objectivec'],
  ['objective-cpp', 'objectivec'],
  ['cuda', 'cpp'],
  ['cython', 'python'],
  ['starlark', 'python'],
  ['html', 'xml'],
  ['vue', 'xml'],
  ['svelte', 'xml'],
  ['svg', 'xml'],
  ['jsonc', 'json'],
  ['json5', 'json'],
  ['dotenv', 'ini'],
  ['toml', 'ini'],
  ['visual-basic', 'vbnet'],
])

type Node = ReturnType<typeof lowlight.highlight>['children'][number]

/** Empty when the language is unknown or the file is too long. Never throws because of the content, but may take long. */
export function colourSource(text: string, language: string | null): Uint8Array<ArrayBuffer> {
  const name = language === null ? null : (ALIASES.get(language) ?? language)
  if (name === null || text.length > MAX_CHARS || !lowlight.registered(name)) return new Uint8Array()
  const runs: Run[] = []
  let at = 0
  const stack: { node: Node; colour: number | null }[] = []
  const push = (nodes: readonly Node[], colour: number | null): void => {
    for (let index = nodes.length - 1; index >= 0; index--) {
      const node = nodes[index]
      if (node !== undefined) stack.push({ node, colour })
    }
  }
  push(lowlight.highlight(name, text).children, null)
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, colour } = next
    if (node.type === 'element') push(node.children, colourOf(node.properties.className, colour))
    if (node.type !== 'text') continue
    const start = at
    at += node.value.length
    if (colour === null || at === start) continue
    const last = runs.at(-1)
    if (last?.end === start && last.colour === colour) last.end = at
    else runs.push({ start, end: at, colour })
  }
  // If the highlighter lost or added characters, the positions are wrong.
  return at !== text.length || runs.length > MAX_RUNS ? new Uint8Array() : packColours(runs)
}

/** An element without its own colour has the colour of its parent. */
function colourOf(classes: unknown, around: number | null): number | null {
  if (!Array.isArray(classes)) return around
  const [first = ''] = classes.map(String)
  if (first === PLAIN) return null
  return NUMBERS.get(classes.includes('class_') ? `${first} class_` : first) ?? NUMBERS.get(first) ?? around
}
